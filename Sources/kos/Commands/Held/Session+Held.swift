import CRDT
import CaseModel
import SyncClient

extension Session {
  /// What programs are told of own work that is held.
  func members(_ work: HeldWork) throws -> [(String, JSON)] {
    [
      ("id", .string(work.id)), ("written_at", .integer(work.writtenAt)),
      ("held_since", .integer(work.heldSince)), ("for_others_from", .integer(work.forOthersFrom)),
      ("records", try opened(work.records)), ("text", .array(work.texts.map { JSON($0) })),
      (
        "readers",
        .array(
          work.readers.map { record in
            .object([
              ("record", JSON(record.id)), ("kind", JSON(record.kind.definition?.name)),
              ("person", record.identifier(Field.Release.person).map { JSON($0) } ?? .null),
            ])
          })
      ), ("unknown_readers", .integer(Int64(work.unknownReaders))),
    ]
  }

  /// What people are told of it: since when, what it is and says, and who may read it now.
  func lines(_ work: HeldWork) throws -> [String] {
    let head = output.say(.held, work.id, Clock.text(work.heldSince), Clock.text(work.forOthersFrom))
    let readers = try work.readers.map { record in
      guard record.kind == .release, let person = record.identifier(Field.Release.person) else {
        return output.say(.heldReclassified, short(record.id))
      }
      return output.say(.heldReleased, try replica.name(of: person).shown)
    }
    let others = work.unknownReaders > 0 ? [output.say(.heldOthers)] : []
    return [head] + (try lines(work.records) + work.texts.map(\.shown) + readers + others).map { "    " + $0 }
  }

  /// Says how much of the own work is held.
  func tellHeld(_ summary: ReplicaSummary) {
    if !summary.held.isEmpty { output.notice(output.say(.ownHeld, String(summary.held.count))) }
  }
}
