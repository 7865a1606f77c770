import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// The main job over the machines alone: one family's case and four people.
@Suite struct SceneTests {
  @Test func fourPeopleWorkOnOneCase() throws {
    let scene = try Scene()
    try scene.theLeaderOpensAndAllocatesTheCase()
    try scene.twoEditOneAssessmentOffline()
    try scene.theHospitalSendsNews()
    try scene.theUpdateIsTriaged()
    try scene.everybodyEndsWithTheSame()
    scene.theHospitalReceivedNothingElse()
  }
}

/// What happens, act by act.
private final class Scene {
  let exchange: Exchange
  let leader: Workstation
  let coordinator: Workstation
  let psychologist: Workstation
  let day: CalendarDay
  let caseID: Identifier
  let assessment: Identifier
  private var hospital: Workstation?
  /// Texts of the case that only its own people may have.
  private let canaries = [
    "canary-label-F01", "canary-child-walks", "canary-family-job", "canary-family-respite",
    "canary-parenting-warm", "canary-settled", "canary-note", "canary-triage-reason",
  ]
  private let news = "canary-news walking aid refused"

  init() throws {
    exchange = try Exchange(seed: 2020)
    day = try CalendarDay(year: 2020, month: 7, day: 1)
    leader = try exchange.newcomer("Lene", as: .leader)
    caseID = exchange.identifier()
    assessment = exchange.identifier()
    try exchange.write([CaseWork.person(id: leader.person, name: "Lene")], at: leader)
    coordinator = try Self.colleague("Karin", as: .familyCoordinator, by: leader, exchange)
    psychologist = try Self.colleague("Poul", as: .coreTeam, by: leader, exchange)
  }

  /// Writes a person, invites her, and enrols her device.
  private static func colleague(
    _ name: String, as role: Role, by inviter: Workstation, _ exchange: Exchange,
    person: Identifier? = nil, case caseID: Identifier? = nil
  ) throws -> Workstation {
    let id = person ?? exchange.identifier()
    try exchange.connect(inviter)
    if person == nil { try exchange.write([CaseWork.person(id: id, name: name)], at: inviter) }
    exchange.run()
    let (request, code) = exchange.invitation(1, to: role, person: id, name: name, case: caseID)
    try exchange.invite(request, by: inviter)
    exchange.run()
    exchange.cut(inviter)
    return try exchange.enrol(name, with: code)
  }

  /// The leader opens a case and allocates it; the coordinator's running session shows it.
  func theLeaderOpensAndAllocatesTheCase() throws {
    try exchange.connect(coordinator)
    exchange.run()
    #expect(coordinator.record(caseID) == nil)
    try exchange.write(
      CaseWork.open(
        case: caseID, label: canaries[0], on: day, creator: leader.person, as: .leader,
        identify: { _ in exchange.identifier() }), at: leader)
    try exchange.write(
      CaseWork.allocate(
        CaseFile(id: caseID, records: leader.replica.records), coordinator: coordinator.person,
        members: [psychologist.person], on: day, identify: { _ in exchange.identifier() }), at: leader)
    try exchange.sync(leader)
    #expect(coordinator.record(caseID)?.text(Field.Case.label) == canaries[0])
    let file = CaseFile(id: caseID, records: coordinator.replica.records)
    #expect(file.coordinator == coordinator.person)
    exchange.cut(coordinator)
    try exchange.sync(psychologist)
    #expect(psychologist.record(caseID) != nil)
  }

  /// Different fields merge; one same field is a conflict that shows both values with their authors and
  /// times, and is settled by one for both.
  func twoEditOneAssessmentOffline() throws {
    try exchange.write(
      [CaseWork.assessment(id: assessment, in: caseID, notes: [:], on: day)], at: coordinator)
    try exchange.sync(coordinator)
    try exchange.sync(psychologist)
    try annotate(Field.Assessment.childNotes, canaries[1], at: coordinator)
    try annotate(Field.Assessment.familyNotes, canaries[2], at: coordinator)
    try annotate(Field.Assessment.parentingNotes, canaries[4], at: psychologist)
    try annotate(Field.Assessment.familyNotes, canaries[3], at: psychologist)
    for station in [coordinator, psychologist, coordinator] { try exchange.sync(station) }
    let hers = try #require(coordinator.record(assessment))
    let his = try #require(psychologist.record(assessment))
    #expect(hers.state == his.state)
    #expect(hers.text(Field.Assessment.childNotes) == canaries[1])
    #expect(hers.text(Field.Assessment.parentingNotes) == canaries[4])
    let conflicts = RecordConflict.all(in: [hers])
    #expect(conflicts.map(\.fieldName) == ["family_notes"])
    let sides = conflicts.flatMap(\.operations)
    #expect(Set(sides.map(\.value)) == [.text(canaries[2]), .text(canaries[3])])
    #expect(Set(sides.map(\.context.author)) == [coordinator.person, psychologist.person])
    #expect(sides.allSatisfy { $0.context.receivedAt != nil && $0.context.writtenAt > 0 })

    try annotate(Field.Assessment.familyNotes, canaries[5], at: coordinator)
    for station in [coordinator, psychologist] { try exchange.sync(station) }
    let settled = try #require(psychologist.record(assessment))
    #expect(RecordConflict.all(in: [settled]).isEmpty)
    #expect(settled.text(Field.Assessment.familyNotes) == canaries[5])
  }

  /// News that was written offline arrives once, although its frame is sent twice, its verdicts are lost, and
  /// the same act is tried again.
  func theHospitalSendsNews() throws {
    let person = exchange.identifier()
    let alias = exchange.identifier()
    try exchange.write(
      [CaseWork.note(id: exchange.identifier(), in: caseID, text: canaries[6], on: day)], at: coordinator)
    try exchange.write(
      [
        CaseWork.person(id: person, name: "Hospitalet"),
        CaseWork.participant(
          id: exchange.identifier(), in: caseID, person: person, role: .externalReporter, alias: alias,
          since: day),
      ], at: coordinator)
    let hospital = try Self.colleague(
      "Hospitalet", as: .externalReporter, by: coordinator, exchange, person: person, case: caseID)
    self.hospital = hospital
    try exchange.sync(hospital)
    #expect(hospital.replica.records.isEmpty)

    try exchange.connect(coordinator)
    exchange.run()
    let update = CaseWork.externalUpdate(
      id: exchange.identifier(), alias: alias, text: news, urgency: "normal", on: day)
    try exchange.write([update], at: hospital)
    #expect(throws: ReplicaModel.Fault.recordExists) { try exchange.write([update], at: hospital) }
    var pushes = 0
    var verdicts = 0
    let line = try exchange.connect(hospital)
    exchange.onFrame = { frame in
      guard frame.connection == line else { return [frame] }
      if Line.of(frame).hasPrefix("> push") {
        pushes += 2
        return [frame, frame]
      }
      if Line.of(frame).hasPrefix("< verdicts") {
        verdicts += 1
        return []
      }
      return [frame]
    }
    exchange.run()
    exchange.cut(hospital)
    exchange.onFrame = { [$0] }
    #expect(pushes == 2 && verdicts == 2)
    #expect(hospital.replica.pendingEntries(after: 0, limit: 9).count == 1)
    // It is in the coordinator's running session already, and stays one when the hospital pushes it again.
    #expect(coordinator.texts(.externalUpdate, Field.ExternalUpdate.text) == [news])
    try exchange.sync(hospital)
    #expect(hospital.replica.pendingEntries(after: 0, limit: 9).isEmpty)
    #expect(hospital.replica.refused.isEmpty)
    exchange.run()
    #expect(coordinator.texts(.externalUpdate, Field.ExternalUpdate.text) == [news])
    #expect(
      exchange.server.store.log.count { $0.change.header.id.actor == hospital.actor } == 1)
  }

  /// The coordinator triages; the hospital sees that, and not why.
  func theUpdateIsTriaged() throws {
    let hospital = try #require(hospital)
    let update = try #require(coordinator.replica.records.first { $0.kind == .externalUpdate })
    try exchange.write(
      CaseWork.triage(
        update: update, in: caseID, outcome: "accepted", reason: canaries[7], on: day,
        identify: { _ in exchange.identifier() }), at: coordinator)
    exchange.run()
    try exchange.sync(hospital)
    #expect(hospital.replica.records.map(\.kind).sorted() == [.externalUpdate, .updateReceipt])
  }

  func everybodyEndsWithTheSame() throws {
    exchange.cut(coordinator)
    for station in [leader, coordinator, psychologist] { try exchange.sync(station) }
    let all = exchange.server.store.records
    for station in [leader, coordinator, psychologist, try #require(hospital)] {
      #expect(station.faults.isEmpty)
      #expect(station.replica.pendingEntries(after: 0, limit: 9).isEmpty)
      for (id, snapshot) in station.replica.snapshots {
        #expect(snapshot == all[id], "\(station.name)")
      }
    }
    #expect(coordinator.replica.snapshots.count > psychologist.replica.snapshots.count)
  }

  /// Every message that the hospital ever received, its enrolment's included, and what its replica holds.
  func theHospitalReceivedNothingElse() {
    guard let hospital else { return }
    #expect(hospital.received.count > 8)
    let own = hospital.received
    let hers = coordinator.received
    for canary in canaries {
      #expect(!Bytes.occurs(canary, in: own), "\(canary)")
      #expect(!Bytes.occurs(canary, in: hospital.replica.snapshots.values.map(\.encoded)), "\(canary)")
    }
    // The search finds what is there: the same texts where they may be, and the hospital's own.
    for canary in canaries where !Bytes.occurs(canary, in: hers) {
      // What she wrote herself she was not sent.
      let written = coordinator.replica.entries.flatMap(\.linked.entry.changes).map(\.payload)
      #expect(Bytes.occurs(canary, in: written), "\(canary)")
    }
    for canary in [canaries[0], canaries[3], canaries[4], news] {
      #expect(Bytes.occurs(canary, in: hers), "\(canary)")
    }
    #expect(Bytes.occurs(news, in: hospital.replica.snapshots.values.map(\.encoded)))
    // Neither may it learn the case's id, or those of its people and records.
    let secrets = [caseID, assessment, leader.person, psychologist.person]
    for secret in secrets {
      #expect(!Bytes.occurs(secret.bytes, in: own))
      #expect(Bytes.occurs(secret.bytes, in: hers))
    }
  }

  private func annotate(_ field: FieldDefinition, _ text: String, at station: Workstation) throws {
    var draft = RecordDraft.change(try #require(station.record(assessment)))
    draft.write(field, text)
    try exchange.write([draft], at: station)
  }
}
