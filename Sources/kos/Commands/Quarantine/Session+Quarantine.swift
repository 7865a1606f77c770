import CRDT
import CaseModel
import SyncClient

extension Session {
  /// The list of it, whose numbers commands take.
  static let waitingWork = "quarantine"

  /// What tells it from each other.
  func names(_ works: [QuarantinedWork]) -> [Identifier] {
    works.map { replica.identifier(named: "quarantine \($0.id)") }
  }

  /// The id of what a number of the list, an id or the beginning of one names. The server is asked: what
  /// waits is not kept here.
  ///
  /// - Throws: `Failure` where there is none or there are several, or the number meant another when the list
  ///   was shown last.
  func quarantined(named word: String) async throws -> String {
    let works = try await replica.quarantine(passphrase: passphrase)
    guard let number = Int(word), word.count < 4, works.indices.contains(number - 1) else {
      return try Self.id(startingWith: word, among: works.map(\.id))
    }
    let work = works[number - 1]
    let line = "\(work.id) (\(work.author.shown))"
    // What is decided here is not taken back, so nobody decides on what she was not shown.
    guard let shown = try replica.numbers(of: Self.waitingWork), shown.indices.contains(number - 1) else {
      throw Failure(.usage, .numberUnseen, word, line)
    }
    for name in names([work]) { try check(number, means: name, in: Self.waitingWork) { line } }
    return work.id
  }

  /// The one id that is a word or begins with it. A word that goes on behind the device is a whole id: one
  /// that was decided on may be what another begins with.
  ///
  /// - Throws: `Failure` where there is none or there are several.
  static func id(startingWith word: String, among ids: [String]) throws -> String {
    let wanted = word.lowercased()
    if ids.contains(wanted) { return wanted }
    let found = wanted.count < 4 || wanted.contains("-") ? [] : ids.filter { $0.hasPrefix(wanted) }
    guard let first = found.first else { throw Failure(.usage, .notInQuarantine, word) }
    guard found.count == 1 else { throw Failure(.usage, .severalInQuarantine, word) }
    return first
  }

  /// What programs are told of work that waits for this person.
  func members(_ work: QuarantinedWork) throws -> [(String, JSON)] {
    [
      ("id", .string(work.id)), ("author", JSON(work.author)), ("device", JSON(work.device)),
      ("received_at", .integer(work.receivedAt)), ("written_at", .integer(work.writtenAt)),
      ("code", .string(work.code)),
      ("records", try opened(work.records)), ("text", .array(work.texts.map { JSON($0) })),
    ]
  }

  /// What people are told of it: whose it is, since when it waits, what it is, and what it says.
  func lines(_ work: QuarantinedWork) throws -> [String] {
    let head = output.say(
      .quarantined, work.id, work.author.shown, work.device.shown, Clock.text(work.receivedAt))
    return [head] + (try lines(work.records) + work.texts.map(\.shown)).map { "    " + $0 }
  }

  /// Says what of the own work waits for somebody, and how much waits for this person.
  func tellQuarantine(_ summary: ReplicaSummary) {
    if !summary.quarantined.isEmpty {
      output.notice(output.say(.ownInQuarantine, String(summary.quarantined.count)))
    }
    if summary.waitingForDecision > 0 {
      output.notice(output.say(.waitsForYou, String(summary.waitingForDecision)))
    }
  }
}
