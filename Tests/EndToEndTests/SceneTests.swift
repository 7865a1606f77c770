import CRDT
import CaseModel
import SyncClient
import Testing

/// The main job over real sockets and files: one family's case and four people.
@Suite(.serialized) struct SceneTests {
  @Test func fourPeopleWorkOnOneCase() async throws {
    let place = try await Workplace()
    let leader = place.leader
    let coordinator = try await place.colleague("Karin", as: .familyCoordinator, invitedBy: leader)
    let psychologist = try await place.colleague("Poul", as: .coreTeam, invitedBy: leader)

    // The leader opens and allocates a case in one act; both colleagues get it.
    let caseID = leader.newIdentifier()
    try leader.write([
      CaseWork.open(
        case: caseID, label: "F01", on: place.day, creator: leader.profile.person, as: .leader,
        identify: { _ in leader.newIdentifier() })
    ])
    let opened = CaseFile(id: caseID, records: try leader.records())
    try leader.write([
      CaseWork.allocate(
        opened, coordinator: coordinator.profile.person, members: [psychologist.profile.person],
        on: place.day, identify: { _ in leader.newIdentifier() })
    ])
    #expect(try await place.sync(leader) == .upToDate)
    #expect(try await place.sync(coordinator) == .upToDate)
    #expect(try await place.sync(psychologist) == .upToDate)
    #expect(try coordinator.records().contains { $0.id == caseID })
    #expect(try psychologist.records().contains { $0.id == caseID })

    // Coordinator and psychologist edit one assessment offline: different fields, and one same field.
    let assessment = coordinator.newIdentifier()
    try coordinator.write([
      [CaseWork.assessment(id: assessment, in: caseID, notes: [:], on: place.day)]
    ])
    try await place.sync(coordinator)
    try await place.sync(psychologist)
    let hers = try #require(try coordinator.records().first { $0.id == assessment })
    let his = try #require(try psychologist.records().first { $0.id == assessment })
    try coordinator.write([[draft(hers, Field.Assessment.childNotes, "walks with support")]])
    try coordinator.write([[draft(hers, Field.Assessment.familyNotes, "job first")]])
    try psychologist.write([[draft(his, Field.Assessment.parentingNotes, "calm and warm")]])
    try psychologist.write([[draft(his, Field.Assessment.familyNotes, "respite first")]])
    try await place.sync(coordinator)
    try await place.sync(psychologist)
    try await place.sync(coordinator)
    let ours = try #require(try coordinator.records().first { $0.id == assessment })
    let theirs = try #require(try psychologist.records().first { $0.id == assessment })
    #expect(ours.state == theirs.state)
    let conflicts = RecordConflict.all(in: [ours])
    #expect(conflicts.map(\.fieldName) == ["family_notes"])
    #expect(
      Set(conflicts.flatMap(\.operations).map(\.value)) == [.text("job first"), .text("respite first")])

    // Settled by one, settled for both.
    try coordinator.write([[draft(ours, Field.Assessment.familyNotes, "job and respite")]])
    try await place.sync(coordinator)
    try await place.sync(psychologist)
    let settled = try #require(try psychologist.records().first { $0.id == assessment })
    #expect(RecordConflict.all(in: [settled]).isEmpty)
    #expect(settled.text(Field.Assessment.familyNotes) == "job and respite")

    try await theHospitalSendsNews(place, coordinator: coordinator, caseID: caseID, canary: "job and respite")
    await place.close()
  }

  /// An outside professional sends news, made offline, once though written twice under one name; it reaches
  /// the coordinator, and the hospital's replica holds nothing else of the case.
  private func theHospitalSendsNews(
    _ place: Workplace, coordinator: Replica, caseID: Identifier, canary: String
  ) async throws {
    let person = coordinator.newIdentifier()
    let alias = coordinator.newIdentifier()
    let participant = coordinator.newIdentifier()
    try coordinator.write([
      [
        CaseWork.person(id: person, name: "Hospitalet"),
        CaseWork.participant(
          id: participant, in: caseID, person: person, role: .externalReporter, alias: alias, since: place.day
        ),
      ]
    ])
    try await place.sync(coordinator)
    let hospital = try await place.colleague(
      "hospital", as: .externalReporter, invitedBy: coordinator, person: person, case: caseID)
    #expect(try await place.sync(hospital) == .upToDate)
    #expect(hospital.profile.aliases == [alias])
    let update = hospital.identifier(named: "visit-17")
    try hospital.write([
      [
        CaseWork.externalUpdate(
          id: update, alias: alias, text: "walking aid refused", urgency: "normal", on: place.day)
      ]
    ])
    #expect(throws: ReplicaError(.recordExists)) {
      try hospital.write([
        [
          CaseWork.externalUpdate(
            id: update, alias: alias, text: "walking aid refused", urgency: "normal", on: place.day)
        ]
      ])
    }
    #expect(try await place.sync(hospital) == .upToDate)
    #expect(try await place.sync(coordinator) == .upToDate)
    let arrived = try coordinator.records().filter { $0.kind == .externalUpdate }
    #expect(arrived.map { $0.text(Field.ExternalUpdate.text) } == ["walking aid refused"])
    let held = try hospital.records()
    #expect(held.map(\.id) == [update])
    #expect(!held.contains { $0.state.fields.values.joined().contains { $0.value == .text(canary) } })
  }

  /// What was acknowledged is there after the server was stopped and started, and work goes on.
  @Test func acknowledgedWorkOutlivesTheServer() async throws {
    let place = try await Workplace()
    let colleague = try await place.colleague("Karin", as: .familyCoordinator, invitedBy: place.leader)
    try place.leader.write([[CaseWork.person(id: place.leader.newIdentifier(), name: "before")]])
    #expect(try await place.sync(place.leader) == .upToDate)
    try await place.restartServer()
    try place.leader.write([[CaseWork.person(id: place.leader.newIdentifier(), name: "after")]])
    #expect(try await place.sync(place.leader) == .upToDate)
    #expect(try await place.sync(colleague) == .upToDate)
    let names = Set(try colleague.records().compactMap { $0.text(Field.Person.name) })
    #expect(names.isSuperset(of: ["before", "after"]))
    await place.close()
  }

  /// A coordinator who allocates a case to herself is refused, sees why, and others see nothing of it.
  @Test func aRefusedChangeStaysWithItsAuthor() async throws {
    let place = try await Workplace()
    let caseID = place.leader.newIdentifier()
    try place.leader.write([
      CaseWork.open(
        case: caseID, label: "F02", on: place.day, creator: place.leader.profile.person, as: .leader,
        identify: { _ in place.leader.newIdentifier() })
    ])
    try await place.sync(place.leader)
    let intruder = try await place.colleague("Ib", as: .coreTeam, invitedBy: place.leader)
    let note = intruder.newIdentifier()
    try intruder.write([
      [CaseWork.contact(id: note, in: caseID, form: "call", by: nil, text: "let me in", on: place.day)]
    ])
    #expect(try await place.sync(intruder) == .upToDate)
    let refused = try intruder.status().refused
    #expect(refused.map(\.code) == ["NOT_AVAILABLE"])
    #expect(refused.first?.texts.contains("let me in") == true)
    try await place.sync(place.leader)
    #expect(try !place.leader.records().contains { $0.id == note })
    #expect(try !intruder.records().contains { $0.caseID == caseID })
    await place.close()
  }

  private func draft(_ record: CaseRecord, _ field: FieldDefinition, _ text: String) -> RecordDraft {
    var draft = RecordDraft.change(record)
    draft.write(field, text)
    return draft
  }
}
