import ArgumentParser
import CRDT
import CaseModel
import SyncClient

extension Session {
  /// How long a command waits for an attachment's bytes while none of them arrive.
  static let transferPatience = Duration.seconds(20)

  /// Sends what was attached, for as long as it gets on.
  func sendBytes(of record: Identifier) async throws -> Delivery {
    let outcome = try await replica.sync(
      passphrase: passphrase, timeout: Self.transferPatience, onProgress: { tell($0) })
    let standing = try replica.standing(ofAttachment: record)
    switch (standing.place, outcome) {
    case (.refused, _): return .refused(standing.refusal ?? "")
    case (.sent, _): return .sent
    case (_, .refused(let code)): return .refused(code)
    case (_, .offline(let reason)): return .queued(Failure(.offline, .offline, reason))
    default: return .queued(nil)
    }
  }

  /// Tells how far an attachment has come, while it is on its way. Programs get a line for each chunk.
  func tell(_ progress: AttachmentProgress) {
    guard progress.size > 0, progress.bytes < progress.size else { return output.endProgress() }
    let percent = progress.bytes * 100 / progress.size
    output.object([
      ("progress", .string(progress.direction.rawValue)), ("record", JSON(progress.record)),
      ("bytes", .integer(Int64(progress.bytes))), ("size", .integer(Int64(progress.size))),
    ])
    let phrase: Phrase = progress.direction == .sending ? .sendingBytes : .fetchingBytes
    output.progress(output.say(phrase, short(progress.record), String(percent), Self.size(progress.size)))
  }

  /// Tells which files are not all at the server.
  func tell(_ backlog: AttachmentBacklog) {
    if backlog.count > 0, let since = backlog.since {
      let waiting = output.say(
        .attachmentBacklog, String(backlog.count), Self.size(backlog.bytes), Clock.text(since))
      output.line(output.say(.attachments) + ": " + waiting)
    }
    if backlog.refused > 0 { output.line(output.say(.attachmentsRefused) + ": \(backlog.refused)") }
  }

  /// What programs are told of an attachment's bytes.
  func byteMembers(_ record: Identifier, size: UInt64) throws -> [(String, JSON)] {
    let standing = try replica.standing(ofAttachment: record)
    return [
      ("size", .integer(Int64(size))), ("state", .string(standing.place.rawValue)),
      ("bytes_here", .integer(Int64(standing.present))), ("bytes_sent", .integer(Int64(standing.sent))),
    ]
  }

  /// The attachment that an id, the beginning of one, or a whole name means.
  func attachment(_ word: String) throws -> CaseRecord {
    let all = try replica.records().filter { $0.kind == .attachment }
    var found = word.count < 4 ? [] : all.filter { $0.id.description.hasPrefix(word.lowercased()) }
    if found.isEmpty { found = all.filter { $0.text(Field.Attachment.name) == word } }
    guard let first = found.first else { throw Failure(.usage, .noSuchFile, word) }
    guard found.count == 1 else { throw Failure(.usage, .severalFiles, word) }
    return first
  }

  /// Where an attachment's bytes are, in the reader's language.
  func state(_ attachment: CaseRecord) throws -> String {
    let standing = try replica.standing(ofAttachment: attachment.id)
    switch standing.place {
    case .unsent:
      return output.say(.attachmentUnsent, Self.size(standing.sent), Self.size(standing.present))
    case .refused: return output.say(.attachmentRefused, output.label(standing.refusal ?? ""))
    case .sent: return output.say(.attachmentSent)
    case .awaited: return output.say(.attachmentAwaited, try author(of: attachment))
    case .available: return output.say(.attachmentAvailable)
    case .here: return output.say(.attachmentHere)
    }
  }

  /// Who attached it, from whose device the bytes are awaited.
  func author(of attachment: CaseRecord) throws -> String {
    guard let first = attachment.state.values(Field.Attachment.digest.id).first else {
      return output.say(.unknownPerson)
    }
    return try author(of: first)
  }

  /// A size for people.
  static func size(_ bytes: UInt64) -> String {
    switch bytes {
    case ..<1_000: "\(bytes) B"
    case ..<1_000_000: "\(bytes / 1_000) kB"
    default: "\(bytes / 1_000_000).\(bytes / 100_000 % 10) MB"
    }
  }
}
