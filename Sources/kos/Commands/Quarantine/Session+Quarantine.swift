import CRDT
import CaseModel
import SyncClient

extension Session {
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
    return [head] + (lines(work.records) + work.texts.map(\.shown)).map { "    " + $0 }
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
