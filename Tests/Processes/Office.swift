public import CRDT
public import CaseModel
public import SyncClient

/// How people come to have replicas and a case.
public struct Office {
  private let folder: String
  private let url: String
  private let day: CalendarDay

  /// The replicas of a test have no passphrase.
  @Sendable public static func noPassphrase() throws -> String { throw ReplicaError(.locked) }

  /// - Parameters:
  ///   - folder: holds a folder for each replica.
  ///   - port: where the server is on this machine.
  public init(folder: String, port: Int) throws {
    self.folder = folder
    url = "ws://127.0.0.1:\(port)"
    day = try CalendarDay("2020-07-01")
  }

  /// Makes a replica with a one-time code.
  public nonisolated(nonsending) func enroll(_ name: String, code: String) async throws -> Replica {
    try await Replica.enroll(
      home: folder + "/" + name, serverURL: url, code: code, deviceName: name, authorityFile: nil,
      protection: .unprotected, passphrase: Self.noPassphrase)
  }

  /// The first leader's replica, with her own record in the register.
  public nonisolated(nonsending) func leader(_ name: String, code: String) async throws -> Replica {
    let leader = try await enroll(name, code: code)
    try leader.write([[CaseWork.person(id: leader.profile.person, name: name)]])
    try await Self.sync(leader)
    return leader
  }

  /// Somebody with a record in the register and a replica of her own.
  public nonisolated(nonsending) func colleague(
    _ name: String, as role: Role, of leader: Replica
  ) async throws -> Replica {
    let person = leader.newIdentifier()
    try leader.write([[CaseWork.person(id: person, name: name)]])
    try await Self.sync(leader)
    let invitation = try await leader.invite(
      role: role, person: person, name: name, case: nil, passphrase: Self.noPassphrase)
    return try await enroll(name, code: invitation.code)
  }

  /// The leader opens a case and allocates it to the first of the team; she begins assessment notes.
  public nonisolated(nonsending) func openCase(
    _ caseID: Identifier, assessment: Identifier, leader: Replica, team: [Replica]
  ) async throws {
    try leader.write([
      CaseWork.open(
        case: caseID, label: "F01", on: day, creator: leader.profile.person, as: .leader,
        identify: { _ in leader.newIdentifier() })
    ])
    let opened = CaseFile(id: caseID, records: try leader.records())
    try leader.write([
      CaseWork.allocate(
        opened, coordinator: team[0].profile.person, members: team.dropFirst().map(\.profile.person),
        on: day, identify: { _ in leader.newIdentifier() })
    ])
    try await Self.sync(leader)
    try await Self.sync(team[0])
    try team[0].write([[CaseWork.assessment(id: assessment, in: caseID, notes: [:], on: day)]])
    for replica in team { try await Self.sync(replica) }
  }

  /// Exchanges until nothing waits on either side.
  ///
  /// - Throws: when that does not come about.
  public nonisolated(nonsending) static func sync(_ replica: Replica) async throws {
    let outcome = try await replica.sync(passphrase: noPassphrase, timeout: .seconds(60))
    guard outcome == .upToDate else {
      throw ProcessFailure("\(replica.profile.personName) could not sync: \(outcome)")
    }
  }
}
