import CRDT
import CaseModel
import SyncClient

extension Session {
  /// What programs are told of work that waits for this person.
  func members(_ work: QuarantinedWork) throws -> [(String, JSON)] {
    let named = Set(work.records.map(\.id))
    try open(try replica.records().filter { named.contains($0.id) })
    return [
      ("id", .string(work.id)), ("author", JSON(work.author)), ("device", JSON(work.device)),
      ("received_at", .integer(work.receivedAt)), ("written_at", .integer(work.writtenAt)),
      ("code", .string(work.code)),
      (
        "records",
        .array(
          work.records.map { record in
            .object([
              ("record", JSON(record.id)), ("kind", JSON(record.kind?.definition?.name)),
              ("case", record.caseID.map { JSON($0) } ?? .null),
            ])
          })
      ),
      ("text", .array(work.texts.map { JSON($0) })),
    ]
  }

  /// What people are told of it: whose it is, since when it waits, what it is, and what it says.
  func lines(_ work: QuarantinedWork) throws -> [String] {
    let records = work.records.map { record in
      let kind = record.kind.map(kind) ?? "–"
      return "\(record.caseID.flatMap(reference) ?? "–")  \(kind)  \(short(record.id))"
    }
    let head = output.say(
      .quarantined, work.id, work.author.shown, work.device.shown, Clock.text(work.receivedAt))
    return [head] + records.map { "    " + $0 } + work.texts.map { "    " + $0.shown }
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
