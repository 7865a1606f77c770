import CRDT
import CaseModel
import SyncClient

/// A coordinator's cases as a year leaves them: enrolled families with a plan, a contact and a long note.
struct Caseload {
  let tenant: Tenant
  let coordinator: Identifier

  /// Writes cases at the leader's device and sends them.
  func open(_ count: Int) async throws {
    for number in 0..<count { try tenant.leader.write([try drafts(number)]) }
    try await tenant.sync(tenant.leader)
  }

  /// A device of the coordinator, whose replica is sealed under the passphrase in a file.
  func device(named name: String, passphraseFile: String) async throws -> Replica {
    let invitation = try await tenant.leader.invite(
      role: .familyCoordinator, person: coordinator, name: "Koordinator", case: nil,
      passphrase: noPassphrase)
    return try await Replica.enroll(
      home: tenant.folder.path + "/" + name, serverURL: tenant.server.url, code: invitation.code,
      deviceName: name, authorityFile: nil, protection: .passphraseFile(passphraseFile),
      passphrase: { Self.passphrase })
  }

  /// What the replica is sealed under.
  static let passphrase = "en lang adgangssætning"

  /// What a note says; one in a hundred has the word that is looked for.
  static func note(_ number: Int) -> String {
    let rare = number.isMultiple(of: 100) ? "gangstativ " : ""
    return rare
      + String(repeating: "Familien blev besøgt, og søvnen er bedre; vi taltes ved om skolen. ", count: 30)
  }

  private func drafts(_ number: Int) throws -> [RecordDraft] {
    let leader = tenant.leader
    let (caseID, child) = (leader.newIdentifier(), leader.newIdentifier())
    let day = try leader.today().adding(days: -(number % 80) - 1)
    let empty = CaseFile(id: caseID, records: [CaseRecord]())
    let start = CaseWork.open(
      case: caseID, label: "B\(number)", on: day, creator: leader.profile.person, as: .leader,
      identify: { _ in leader.newIdentifier() })
    let allocation = CaseWork.allocate(
      empty, coordinator: coordinator, members: [], on: day, identify: { _ in leader.newIdentifier() })
    return start + allocation + [
      CaseWork.child(id: child, in: caseID, name: "Anna", born: try day.adding(months: -30)),
      CaseWork.enrol(id: leader.newIdentifier(), in: caseID, children: [child], on: day),
      CaseWork.plan(id: leader.newIdentifier(), in: caseID, about: [child], version: 1, on: day),
      CaseWork.contact(
        id: leader.newIdentifier(), in: caseID, about: [child], form: "home_visit",
        by: leader.profile.person, text: "set", on: day),
      CaseWork.note(
        id: leader.newIdentifier(), in: caseID, about: [child], text: Self.note(number), on: day),
    ]
  }
}
