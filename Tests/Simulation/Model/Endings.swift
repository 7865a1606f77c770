import CRDT
import CaseModel
import Replication

/// Whose access ended, and who asked for it, as it is known from outside.
struct Endings {
  enum Subject: Hashable {
    /// A device, by the actor that it was enrolled as.
    case device(ActorID)
    case person(Identifier)
  }

  struct Wish: Hashable {
    let subject: Subject
    let reason: RevocationReason
    let asker: Identifier
  }

  /// The actor that each device was enrolled as, by the device's id.
  private(set) var firstActors: [Identifier: ActorID] = [:]
  /// The same by each of the actors that it has been since.
  private(set) var actors: [ActorID: ActorID] = [:]
  private(set) var personOfDevice: [ActorID: Identifier] = [:]
  private(set) var revoked: [ActorID: RevocationReason] = [:]
  private var wishes: Set<Wish> = []

  mutating func ask(_ wish: Wish) { wishes.insert(wish) }

  /// Whether the access of the device behind an actor ended.
  func hasEnded(_ actor: ActorID) -> Bool { actors[actor].map { revoked[$0] != nil } ?? false }

  func id(of device: ActorID) -> Identifier? { firstActors.first { $0.value == device }?.key }

  mutating func enrolled(_ device: Device, of person: Identifier?) {
    if let first = firstActors[device.id] { return actors[device.actor] = first }
    guard device.predecessor == nil else { return }
    actors[device.actor] = device.actor
    firstActors[device.id] = device.actor
    personOfDevice[device.actor] = person
  }

  /// The access of a device ended, as somebody asked for who may.
  mutating func revoke(_ revocation: Revocation, _ roles: [Identifier: Role]) throws {
    guard let device = firstActors[revocation.device] else {
      throw Violation(.access, "the access of a device ended that nobody enrolled")
    }
    let person = personOfDevice[device]
    let isAsked = wishes.contains { wish in
      guard wish.reason == revocation.reason else { return false }
      return switch wish.subject {
      case .device(let one): one == device && wish.asker == person && wish.reason != .left
      case .person(let one): one == person && wish.asker != person && roles[wish.asker] == .leader
      }
    }
    guard isAsked else { throw Violation(.access, "the access of \(device) ended, and nobody asked who may") }
    revoked[device] = revocation.reason
  }
}

extension Oracle {
  /// What a group says of devices and accounts.
  mutating func noteDevices(in group: CommitGroup) throws {
    for (_, device) in group.devices.sorted(by: { $0.key < $1.key }) {
      let account = group.accounts.last { $0.id == device.account }
      endings.enrolled(device, of: account?.person ?? persons[device.account])
    }
    for account in group.accounts { persons[account.id] = account.person }
    for revocation in group.revocations { try endings.revoke(revocation, readers.roles) }
    for account in group.accounts where account.endedAt != nil { readers.roles[account.person] = nil }
  }
}
