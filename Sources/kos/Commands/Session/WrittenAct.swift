import CRDT
import CaseModel
import SyncClient

/// What was saved here and may now be sent.
struct WrittenAct {
  /// The records that it wrote to.
  let records: Set<Identifier>
  /// What had been refused before, so that an older refusal of the same record is not taken for this one's.
  let refusedBefore: Set<Refusal>
  /// What waited for somebody's decision before, likewise.
  let quarantinedBefore: Set<Refusal>
  /// What was held before, likewise.
  let heldBefore: Set<Refusal>

  /// What is saved into a replica that stands so.
  init(records: Set<Identifier>, standing: ReplicaSummary) {
    self.records = records
    refusedBefore = Set(standing.refused.map(\.refusal))
    quarantinedBefore = Set(standing.quarantined.map(\.refusal))
    heldBefore = Set(standing.held.map(\.refusal))
  }

  /// Tells one refusal from another.
  struct Refusal: Hashable {
    let record: Identifier
    let at: Int64
    let code: String
  }
}

extension RefusedWork {
  /// Tells this refusal from another.
  var refusal: WrittenAct.Refusal { WrittenAct.Refusal(record: record, at: at, code: code) }
}
