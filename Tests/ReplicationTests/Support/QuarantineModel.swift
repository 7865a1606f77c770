import CRDT
import Replication

/// What a server's store holds of quarantine, in memory.
struct QuarantineModel {
  private(set) var waiting: [QuarantineName: [OfferedChange]] = [:]
  private(set) var decided: [QuarantineName: QuarantineDecision] = [:]
  private(set) var contacts: [ActorID: DeviceContact] = [:]

  mutating func apply(_ writes: QuarantineWrites) {
    for added in writes.added { waiting[added.entry.name] = added.changes }
    for decision in writes.decided {
      waiting[decision.name] = nil
      decided[decision.name] = decision
    }
    for contact in writes.contacts { contacts[contact.actor] = contact }
  }

  /// The server was set back to before it knew anything of them.
  mutating func forget() { self = QuarantineModel() }
}
