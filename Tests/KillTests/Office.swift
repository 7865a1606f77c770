import CRDT
import CaseModel
import SyncClient

/// How people come to have replicas and a case.
struct Office {
  let folder: String
  let url: String
  let day: CalendarDay

  @Sendable static func noPassphrase() throws -> String { throw ReplicaError(.locked) }

  init(folder: String, url: String) {
    self.folder = folder
    self.url = url
    guard let day = try? CalendarDay("2020-07-01") else { preconditionFailure("a day that is none") }
    self.day = day
  }

  nonisolated(nonsending) func enroll(_ name: String, code: String) async throws -> Replica {
    try await Replica.enroll(
      home: folder + "/" + name, serverURL: url, code: code, deviceName: name, authorityFile: nil,
      protection: .unprotected, passphrase: Self.noPassphrase)
  }

  nonisolated(nonsending) func colleague(
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
  nonisolated(nonsending) func openCase(
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

  nonisolated(nonsending) static func sync(_ replica: Replica) async throws {
    let outcome = try await replica.sync(passphrase: noPassphrase, timeout: .seconds(60))
    try require(outcome == .upToDate, "\(replica.profile.personName) could not sync: \(outcome)")
  }
}
