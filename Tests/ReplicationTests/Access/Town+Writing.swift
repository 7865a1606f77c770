import CRDT
import CaseModel
import WireProtocol

@testable import Replication

/// What people of a town write, in the server's own terms: one entry an act.
extension Town {
  /// An act as an entry of a device, by somebody who has seen all that there is.
  func entry(_ act: [RecordDraft], by resident: Resident, device: Int, salt: Identifier) -> JournalEntry {
    let actor = resident.actors[device]
    let changes = act.map { draft in
      let snapshot = store.records[draft.id] ?? RecordSnapshot(record: draft.id)
      let facts = RecordFacts(
        tenant: tenant.id, caseID: draft.caseID, kind: draft.kind.rawValue, created: now, about: draft.about,
        informationType: draft.informationType.rawValue)
      let header = ChangeHeader(
        record: draft.id,
        id: ChangeID(actor: actor, number: (snapshot.heads[actor]?.id.number ?? 0) + 1),
        author: resident.account, writtenAt: now, version: snapshot.state.version,
        creates: draft.isNew ? facts : nil)
      return EncodedChange(
        header: header, payload: Payload(salt: salt, operations: draft.operations).encoded)
    }
    let journal = machine.directory.devices[actor]?.journal.entries ?? 0
    return JournalEntry(number: journal + 1, changes: changes)
  }

  /// Submits an entry as if it had come on a session of which nothing else is seen.
  mutating func submit(_ entry: JournalEntry, of actor: ActorID) {
    submit(.push(Push(entries: [entry], signature: [UInt8](repeating: 0, count: 64)), from: actor))
  }

  mutating func submit(_ submission: ServerSession.Submission) {
    machine.submissions.append(
      .init(connection: ConnectionNumber(rawValue: 0), submission: .write(submission)))
  }

  /// Writes an act, commits it, and says whether it was accepted.
  @discardableResult
  mutating func write(
    _ act: [RecordDraft], by place: Int, using random: inout SplitMix64
  ) throws -> Bool {
    let resident = residents[place]
    let salt = random.identifier()
    submit(entry(act, by: resident, device: 0, salt: salt), of: resident.actors[0])
    try commit()
    return verdicts.removeValue(forKey: resident.actors[0])?.last == .some(nil)
  }

  // MARK: Founding

  /// The two cases with who works in them, what governs them, and something to read.
  mutating func found(using random: inout SplitMix64) throws {
    let day = try CalendarDay(year: 2020, month: 7, day: 1)
    for (caseID, (leader, coordinator, core)) in zip(
      cases,
      [
        (Place.leader, Place.coordinator, Place.core),
        (Place.leader, Place.otherCoordinator, Place.otherCore),
      ])
    {
      let opening = CaseWork.open(
        case: caseID, label: "F", on: day, creator: residents[leader].person, as: .leader,
        identify: { _ in random.identifier() })
      try must(opening, by: leader, using: &random)
      let file = CaseFile(id: caseID, records: store.records.keys.compactMap(caseRecord))
      let allocation = CaseWork.allocate(
        file, coordinator: residents[coordinator].person, members: [residents[core].person], on: day,
        identify: { _ in random.identifier() })
      try must(allocation, by: leader, using: &random)
    }
    try letTakePart(using: &random)
    try giveSomethingToRead(on: day, using: &random)
  }

  private mutating func letTakePart(using random: inout SplitMix64) throws {
    for (organisation, place) in zip(organisations, [Place.professional, Place.otherProfessional]) {
      let vouching = CaseWork.vouching(
        id: random.identifier(), organisation: organisation, person: residents[place].person,
        voucher: random.identifier(), from: now, until: now + 90 * 86_400_000)
      try must([vouching], by: Place.leader, using: &random)
    }
    for place in [
      Place.reporter, Place.analyst, Place.professional, Place.otherProfessional, Place.mother, Place.father,
    ] {
      let resident = residents[place]
      let isOfSecond = place == Place.otherProfessional
      let part = CaseWork.participant(
        id: random.identifier(), in: cases[0], person: resident.person, role: resident.role,
        alias: resident.role == .externalReporter ? alias : nil,
        organisation: resident.role == .involvedProfessional ? organisations[isOfSecond ? 1 : 0] : nil)
      try must([part], by: Place.leader, using: &random)
    }
    for child in children {
      let custody = CaseWork.custody(
        id: random.identifier(), in: cases[0], of: child, holder: residents[Place.mother].person,
        source: "civil_register")
      try must([custody], by: Place.coordinator, using: &random)
    }
  }

  private mutating func giveSomethingToRead(on day: CalendarDay, using random: inout SplitMix64) throws {
    for caseID in cases {
      let author = caseID == cases[0] ? Place.core : Place.otherCore
      for (child, type) in zip(children, [InformationType.health, .social, .economy]) {
        let note = CaseWork.note(
          id: random.identifier(), in: caseID, about: [child], text: "first", informationType: type, on: day)
        try must([note], by: author, using: &random)
      }
    }
    let disclosure = CaseWork.Disclosure(
      to: residents[Place.professional].person, about: children, types: [.health, .social],
      purpose: "coordination", from: now, until: now + 30 * 86_400_000)
    try must(
      [
        CaseWork.consent(
          id: random.identifier(), in: cases[0], disclosure, form: "written", evidence: random.identifier(),
          signatures: [residents[Place.mother].person])
      ], by: Place.coordinator, using: &random)
    try must(
      [
        CaseWork.release(
          id: random.identifier(), in: cases[0], to: residents[Place.mother].person,
          types: [.health, .social], about: children)
      ], by: Place.coordinator, using: &random)
  }

  private struct Unfounded: Error {}

  private mutating func must(
    _ act: [RecordDraft], by place: Int, using random: inout SplitMix64
  ) throws {
    guard try write(act, by: place, using: &random) else { throw Unfounded() }
  }
}
