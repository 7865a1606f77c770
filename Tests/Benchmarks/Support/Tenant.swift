import CRDT
import CaseModel
import SyncClient
import SyncServer

/// A tenant on a server of its own, with a leader and her devices.
final class Tenant {
  let folder: TemporaryFolder
  let server: ServerProcess
  /// The leader's first device.
  let leader: Replica

  init() async throws {
    folder = try TemporaryFolder()
    let first = try TenantSetup.create(
      directory: folder.path + "/tenant", tenantName: "Ishøj", leaderName: "Leder")
    server = try ServerProcess(directory: folder.path + "/tenant")
    leader = try await Self.enroll("leader", in: folder, server, code: first.code)
    try leader.write([[CaseWork.person(id: leader.profile.person, name: "Leder")]])
    try await sync(leader)
  }

  /// Another device of the leader.
  func secondDevice() async throws -> Replica {
    try await Self.enroll("second", in: folder, server, code: try await invitation().code)
  }

  /// A device of somebody new, who takes part in nothing yet.
  func colleague(_ name: String) async throws -> Replica {
    let invitation = try await leader.invite(
      role: .coreTeam, person: leader.newIdentifier(), name: name, case: nil, passphrase: noPassphrase)
    return try await Self.enroll(name, in: folder, server, code: invitation.code)
  }

  /// A person's part in a case.
  func participation(of person: Identifier, in caseID: Identifier) -> RecordDraft {
    CaseWork.participant(id: leader.newIdentifier(), in: caseID, person: person, role: .coreTeam)
  }

  /// A one-time code for another device of the leader.
  func invitation() async throws -> Invitation {
    try await leader.invite(
      role: .leader, person: leader.profile.person, name: "Leder", case: nil, passphrase: noPassphrase)
  }

  /// Exchanges until nothing waits.
  func sync(_ replica: Replica) async throws {
    let outcome = try await replica.sync(passphrase: noPassphrase, timeout: .seconds(600))
    guard outcome == .upToDate else { throw BenchmarkError(description: "sync ended with \(outcome)") }
  }

  /// Opens a case at the leader's device.
  func openCase() throws -> Identifier {
    let leader = leader
    let id = leader.newIdentifier()
    try leader.write([
      CaseWork.open(
        case: id, label: "B01", on: leader.today(), creator: leader.profile.person, as: .leader,
        identify: { _ in leader.newIdentifier() })
    ])
    return id
  }

  private static func enroll(
    _ name: String, in folder: TemporaryFolder, _ server: ServerProcess, code: String
  ) async throws -> Replica {
    try await Replica.enroll(
      home: folder.path + "/" + name, serverURL: server.url, code: code, deviceName: name,
      authorityFile: nil, protection: .unprotected, passphrase: noPassphrase)
  }
}

/// The replicas of a benchmark have no passphrase.
@Sendable func noPassphrase() throws -> String {
  throw BenchmarkError(description: "a passphrase was asked for")
}
