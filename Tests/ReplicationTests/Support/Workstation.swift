import CRDT
import CaseModel
import Replication
import WireProtocol

/// A person's device: her keys, her replica, and the session that is running.
final class Workstation {
  let name: String
  /// The key of the actor that the device writes as.
  var signingKey: SigningKey { replica.key }
  var epoch: Identifier { replica.epoch }
  let tenantKey: [UInt8]
  var replica: ReplicaModel
  /// What drives the connection that is open, or was last.
  var machine: ReplicaMachine?
  /// Names the bundle that was last taken in.
  var lastBundle: Digest?
  /// What drives attachments' bytes on it, if anything does.
  var attachments: AttachmentMachine?
  /// Attachments' bytes here.
  var bytes = AttachmentReplicaModel()
  /// How far they had come, each time that was told.
  var progress: [UInt64] = []
  /// Which connection it runs on.
  var connection: Int?
  /// What the sessions told, in order.
  var reports: [ReplicaMachine.Report] = []
  /// What the replica did not take in.
  var faults: [String] = []
  /// Every message that came in, of all sessions.
  var received: [[UInt8]] = []

  init(name: String, signingKey: SigningKey, _ enrolled: EnrolmentSession.Enrolled) {
    self.name = name
    tenantKey = enrolled.server.key
    replica = ReplicaModel(
      tenant: enrolled.server.tenant, actor: Transcript.actor(of: signingKey.publicKey),
      membership: enrolled.membership, token: enrolled.token, epoch: enrolled.server.epoch, key: signingKey)
  }

  /// Another device with the same replica and the same keys.
  init(cloning other: Workstation) {
    name = other.name + "'s clone"
    tenantKey = other.tenantKey
    replica = other.replica
  }

  var person: Identifier { replica.membership.person }
  var actor: ActorID { replica.actor }
  /// The session that runs, or ran last.
  var session: ClientSession? { machine?.session }

  /// Who the device is, as its next session will say it.
  var identity: ClientIdentity {
    ClientIdentity(
      tenant: replica.tenant, tenantKey: tenantKey, actor: actor, signingKey: signingKey, epoch: epoch,
      token: replica.token, cursor: replica.cursor,
      deliveries: replica.deliveredUpTo, wipes: replica.wipeCount, holdings: replica.holdings,
      successor: replica.successor, isHealing: replica.isHealing, isUnproved: replica.isUnproved,
      isConfirmed: replica.isConfirmed, lineage: replica.lineage)
  }

  /// The record as it is shown here.
  func record(_ id: Identifier) -> CaseRecord? { replica.record(id) }

  /// The texts of a field over all records shown, in order.
  func texts(_ kind: RecordKind, _ field: FieldDefinition) -> [String] {
    replica.records.filter { $0.kind == kind }.compactMap { $0.text(field) }.sorted()
  }

  /// The orders that the replica was given.
  var watermarks: [BackupWatermark] { replica.watermarks }

  func takeReports() -> [ReplicaMachine.Report] {
    defer { reports = [] }
    return reports
  }
}
