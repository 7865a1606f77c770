import CRDT
import CaseModel
import SyncClient
import TestProcesses

/// A municipality whose programs are killed: a tenant that `kosd` serves, one case, and four people who take
/// part in it and so may read the same.
@MainActor
final class Site {
  static let names = ["Karin", "Poul", "Pia", "Per"]

  let folder: TemporaryFolder
  let port: Int
  let caseID: Identifier
  /// Assessment notes in which all of them write.
  let assessment: Identifier
  private(set) var kosd: Kosd

  var tenant: String { folder.path + "/tenant" }
  var log: String { folder.path + "/kosd.log" }

  /// The folder of somebody's replica.
  func home(_ name: String) -> String { folder.path + "/" + name }

  init() async throws {
    folder = try TemporaryFolder("kos-kill")
    port = try FreePort.find()
    let code = try Kosd.initialise(
      data: folder.path + "/tenant", tenant: "Prøvekommune", leader: "Lene", port: port)
    kosd = try Kosd(data: folder.path + "/tenant", port: port, log: folder.path + "/kosd.log")
    try kosd.awaitListening()
    let office = try Office(folder: folder.path, port: port)
    let leader = try await office.leader("Lene", code: code)
    var people: [Replica] = []
    for name in Self.names {
      let role: Role = name == "Karin" ? .familyCoordinator : .coreTeam
      people.append(try await office.colleague(name, as: role, of: leader))
    }
    caseID = leader.newIdentifier()
    assessment = leader.newIdentifier()
    try await office.openCase(caseID, assessment: assessment, leader: leader, team: people)
    for replica in people + [leader] { replica.close() }
  }

  /// Starts the server anew on the same data. It need not listen yet.
  func startServer() throws { kosd = try Kosd(data: tenant, port: port, log: log) }

  /// Another device of somebody, in a folder of its own.
  func addDevice(of name: String, as device: String) async throws {
    let replica = try Replica(home: home(name))
    defer { replica.close() }
    let office = try Office(folder: folder.path, port: port)
    let invitation = try await replica.invite(
      role: replica.profile.role, person: replica.profile.person, name: replica.profile.personName, case: nil,
      passphrase: Office.noPassphrase)
    try await office.enroll(device, code: invitation.code).close()
  }
}
