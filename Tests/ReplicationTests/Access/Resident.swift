import CRDT
import CaseModel
import Replication
import WireProtocol

/// A person of a town, with an account and two devices: what is written on one leaves no trace in the
/// numbers of the other.
struct Resident {
  let person: Identifier
  let account: Identifier
  let role: Role
  let keys: [SigningKey]

  var actors: [ActorID] { keys.map { Transcript.actor(of: $0.publicKey) } }

  init(_ role: Role, using random: inout SplitMix64) throws {
    self.role = role
    person = random.identifier()
    account = random.identifier()
    keys = try (0..<2).map { _ in try SigningKey(secret: random.bytes(32)) }
  }
}

/// Who lives in a town, by their places in `Town.residents`.
enum Place {
  static let leader = 0, otherLeader = 1, coordinator = 2, core = 3, otherCore = 4, otherCoordinator = 5
  static let reporter = 6, analyst = 7, professional = 8, otherProfessional = 9, mother = 10, father = 11
  static let officer = 12, administrator = 13

  static let roles: [Role] = [
    .leader, .leader, .familyCoordinator, .coreTeam, .coreTeam, .familyCoordinator, .externalReporter,
    .analysisTeam, .involvedProfessional, .involvedProfessional, .parent, .parent, .dataProtectionOfficer,
    .administrator,
  ]
}
