import CRDT
import CaseModel
import Replication
import SimulatedDisk
import Storage
import WireProtocol

/// A person's device: its process, its disk, and the session that runs.
final class DeviceNode {
  let index: Int
  let name: String
  let person: Identifier
  let role: Role
  let signingKey: SigningKey
  let agreementKey: [UInt8]
  let disk: SimulatedDisk
  var model: DeviceModel

  var store: ReplicaStore?
  var machine: ReplicaMachine?
  /// What goes on about attachments' bytes, and about what was shown; and whether nothing waits but these.
  var attachments: AttachmentMachine?
  var openings = OpeningExchange()
  var pushedOpenings: [WaitingOpening] = []
  var awaitsRest = false
  var enrolment: EnrolmentSession?
  /// The code that the device is to enrol with; `nil` once it has.
  var code: EnrolmentCode?
  var connection: Int?
  var backoff = Backoff()
  var process: Int32 = 0
  /// Whether the process runs.
  var isUp = false
  /// Whether a connection is tried again by itself, as `kos watch` does.
  var isWatching = true
  /// What a person confirms the device by, while it is sent nothing; and the actor that shows it.
  var digits: UInt32?
  var unconfirmed: ActorID?
  /// What waits for its person, as she was shown it.
  var toDecide: [ReceivedQuarantine] = []
  var asksForQuarantine = false
  /// Whether somebody typed in other devices' digits here.
  var hasConfirmed = false
  /// Why the device gets no session any more.
  var isShutOut: ErrorCode?
  /// Added to the simulated time.
  var clock: Int64 = 0
  var pausedUntil: Int64 = 0
  /// After how many steps of its work the process ends.
  var stepsLeft: Int?
  /// After how many more messages its connection breaks, and whether it stays half open then.
  var cut: (messagesLeft: Int, isHalfOpen: Bool)?
  /// Whether a fault of the disk may have struck this process.
  var diskIsFaulty = false
  /// What happened while the process stood still.
  var held: [Event] = []
  /// The log's position when the session began, the records that the person could read then, and whether it
  /// has caught up since.
  var followedFrom: UInt64 = 0
  var readable: Set<Identifier> = []
  var isCaughtUp = false
  /// A copy of the disk from earlier, and what was known then.
  var snapshot: (disk: SimulatedDisk, model: DeviceModel)?

  var home: String { disk.path + "/home" }
  var actor: ActorID { model.actor }
  /// The actor that it was enrolled as.
  var firstActor: ActorID { Transcript.actor(of: signingKey.publicKey) }
  var isEnrolled: Bool { code == nil }

  init(
    index: Int, name: String, person: Identifier, role: Role, signingKey: SigningKey,
    agreementKey: [UInt8], disk: SimulatedDisk, code: EnrolmentCode?
  ) {
    self.index = index
    self.name = name
    self.person = person
    self.role = role
    self.signingKey = signingKey
    model = DeviceModel(actor: Transcript.actor(of: signingKey.publicKey))
    self.agreementKey = agreementKey
    self.disk = disk
    self.code = code
  }

  /// The key of an actor, as the device's keys derive it.
  func signingKey(_ salt: [UInt8]?) throws -> SigningKey {
    guard let salt else { return signingKey }
    return try SigningKey(secret: Digest(hashing: agreementKey + salt).bytes)
  }

  /// What the replica is sealed with. The salt is always the same, so that a seed replays to the byte.
  private func seal() throws -> StoreSeal {
    StoreSeal(try StoreKeys(secrets: [Digest(hashing: agreementKey).bytes]), salt: { (0, 0) })
  }

  /// Opens the replica.
  func opened() throws -> ReplicaStore { ready(try ReplicaStore(home: home, seal: try seal())) }

  /// Makes the replica.
  func made(home meta: ReplicaMeta) throws -> ReplicaStore {
    ready(try ReplicaStore.create(home: home, meta: meta, seal: try seal()))
  }

  private func ready(_ store: ReplicaStore) -> ReplicaStore {
    store.successor = { [weak self] salt in
      (try? self?.signingKey(salt)).map { Transcript.actor(of: $0.publicKey) }
    }
    return store
  }
}
