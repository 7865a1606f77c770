import CRDT
import CaseModel
import GRDB
public import Replication
import WireProtocol

/// Taking in a delivery bundle.
extension ReplicaStore {
  /// Stores what the intake of a bundle says, in one transaction. It is durable after `flush`.
  ///
  /// - Parameter now: milliseconds since 1970 by this device's clock.
  /// - Throws: `StorageError` when it cannot be stored, and then nothing of it is. What does not fit what is
  ///   here throws nothing: then the cursor is forgotten, so that the next session or bundle brings
  ///   everything.
  public func carryOut(_ write: BundleIntake.Write, at now: Int64) throws -> Outcome {
    do {
      switch write {
      case .verdicts(let verdicts): return .judged(try apply(verdicts: verdicts))
      case .standing(let digits): return try carryOut(ReplicaMachine.Write.standing(digits: digits))
      case .opened(let events, let time):
        try noteTaken(events, at: time)
        return .stored
      case .logs(let outcomes):
        try keep(outcomes, at: now)
        return .stored
      case .delivery(let delivery, let end): return .delivered(try apply(delivery, end))
      }
    } catch let error as StorageError where [.gap, .unknownRecord, .notReady].contains(error.code) {
      _ = try carryOut(ReplicaMachine.Write.forgetCursor)
      return .didNotFit
    }
  }

  /// Takes in a delivery that goes on from the cursor that is here. Numbers of deliveries are the sessions',
  /// so none is noted.
  private func apply(_ delivery: ReceivedDelivery, _ end: BundleIntake.End?) throws -> AppliedDelivery {
    try writing(.later) { db, staged in
      var applied = AppliedDelivery(number: delivery.number)
      for enter in delivery.enters where try isNew(enter, &staged, db) {
        try apply(enter, &applied, &staged, db)
      }
      for change in delivery.changes { try apply(change, &applied, &staged, db) }
      guard let end else { return applied }
      try stage(&staged, db) { meta in
        meta.lastBundle = end.bundle
        if let cursor = delivery.cursor { meta.cursor = cursor }
        meta.aliases = end.membership.aliases
        meta.role = Role(rawValue: end.membership.role)
        meta.personName = end.membership.personName
      }
      return applied
    }
  }

  /// Whether a state tells more than what is here: a session may have brought a newer one since the bundle
  /// was written, and been broken off before its cursor came.
  ///
  /// - Throws: `notReady` when each of the two has something that the other lacks.
  private func isNew(
    _ enter: ReceivedDelivery.Enter, _ staged: inout Staged, _ db: Database
  ) throws -> Bool {
    let id = enter.snapshot.record
    guard let known = try take(id, &staged, db) else { return true }
    defer { staged.replicas[id] = known }
    guard known.generation >= enter.generation else { return true }
    if known.snapshot.state.version.contains(enter.snapshot.state.version) { return false }
    guard enter.snapshot.state.version.contains(known.snapshot.state.version) else {
      throw StorageError(.notReady, record: id)
    }
    return true
  }
}
