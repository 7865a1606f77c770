import CRDT
import CaseModel
import Replication

/// Acts of people in a town, drawn at random: most of them sensible, some not.
struct TownLife {
  static let hour: Int64 = 3_600_000
  let day: CalendarDay
  var random: SplitMix64

  init(seed: UInt64) throws {
    random = SplitMix64(seed: seed)
    day = try CalendarDay(year: 2020, month: 7, day: 2)
  }

  /// An act with who does it.
  struct Act {
    let place: Int
    let drafts: [RecordDraft]
  }

  mutating func chance(_ percent: Int) -> Bool { random.below(100) < percent }
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[random.below(elements.count)] }

  mutating func some<Element>(_ elements: [Element]) -> [Element] {
    let chosen = elements.filter { _ in chance(60) }
    return chosen.isEmpty ? [pick(elements)] : chosen
  }

  /// - Parameters:
  ///   - id: of what is created.
  ///   - records: what may be changed; anything when `nil`.
  mutating func act(in town: Town, id: Identifier, changing records: [Identifier]? = nil) -> Act {
    switch random.below(20) {
    case 0..<7: return content(in: town, id: id)
    case 7..<11: return change(in: town, of: records ?? Array(town.store.records.keys).sorted(), orNew: id)
    case 11: return update(in: town, id: id)
    default: return governing(in: town, id: id)
    }
  }

  // MARK: Content

  private mutating func place(in town: Town, _ caseID: Identifier) -> Int {
    if chance(15) { return random.below(town.residents.count) }
    return caseID == town.cases[0]
      ? pick([Place.leader, Place.coordinator, Place.core, Place.core, Place.mother, Place.professional])
      : pick([Place.leader, Place.otherCoordinator, Place.otherCore])
  }

  private mutating func pickCase(_ town: Town) -> Identifier { town.cases[chance(75) ? 0 : 1] }

  mutating func content(in town: Town, id: Identifier) -> Act {
    let caseID = pickCase(town)
    let author = place(in: town, caseID)
    let about = some(town.children)
    let type = pick([InformationType.health, .social, .economy])
    var draft: RecordDraft
    switch random.below(6) {
    case 0:
      draft = CaseWork.contact(
        id: id, in: caseID, about: about, form: "visit", by: town.residents[author].person, text: text(),
        on: day)
    case 1:
      draft = CaseWork.attachment(
        id: id, in: caseID, about: about, name: "file", mediaType: "text/plain", size: Self.file.count,
        digest: AttachmentReplicaModel.digest(of: Self.file).bytes, informationType: type, on: day)
    case 2: draft = .new(.inquiry, id: id, in: caseID, about: about)
    case 3:
      draft = CaseWork.protectedContact(
        id: id, in: caseID, about: about, sort: "address", text: text(),
        audience: [pick(town.residents).person])
    default:
      draft = CaseWork.note(
        id: id, in: caseID, about: about, text: text(), informationType: type, on: day)
    }
    return Act(place: author, drafts: [draft])
  }

  /// The bytes of every file.
  static let file = Array("a file's bytes".utf8)

  /// Now and then one that fills half a delivery.
  private mutating func text() -> String {
    chance(4) ? denseText(48_000, seed: random.next()) : "text \(random.below(10_000))"
  }

  private mutating func update(in town: Town, id: Identifier) -> Act {
    var draft = RecordDraft.new(.externalUpdate, id: id, in: town.alias)
    draft.write(Field.ExternalUpdate.text, text())
    return Act(place: Place.reporter, drafts: [draft])
  }

  private mutating func change(in town: Town, of records: [Identifier], orNew id: Identifier) -> Act {
    guard !records.isEmpty, let record = town.caseRecord(pick(records)) else {
      return content(in: town, id: id)
    }
    var draft = RecordDraft.change(record)
    let author = place(in: town, record.caseID ?? town.cases[0])
    switch record.kind {
    case .note: draft.write(Field.Note.title, text())
    case .contact: draft.write(Field.Contact.text, text())
    case .consent:
      let mother = town.residents[Place.mother].person
      draft.add(chance(50) ? Field.Consent.withdrawals : Field.Consent.signatures, [mother])
      return Act(place: chance(50) ? Place.mother : Place.coordinator, drafts: [draft])
    case .participant where chance(40):
      return Act(place: Place.leader, drafts: [CaseWork.end(participant: record, on: day)])
    case .custody where chance(30):
      return Act(place: Place.coordinator, drafts: [CaseWork.end(custody: record)])
    case .withholding:
      return Act(place: Place.coordinator, drafts: [CaseWork.lift(withholding: record)])
    case .erasure: return confirm(record, in: town)
    case .release, .breakGlass, .ground:
      guard let end = CaseWork.end(governing: record) else { break }
      return Act(place: Place.leader, drafts: [end])
    default: return content(in: town, id: id)
    }
    return Act(place: author, drafts: [draft])
  }

  // MARK: What governs

  mutating func governing(in town: Town, id: Identifier) -> Act {
    let caseID = pickCase(town)
    let first = caseID == town.cases[0]
    let governor = chance(50) ? Place.leader : first ? Place.coordinator : Place.otherCoordinator
    let person = pick(town.residents)
    let start = town.now + Int64(random.below(3)) * Self.hour
    let end = start + Self.hour * Int64(1 + random.below(8))
    let drafts: [RecordDraft]
    switch random.below(10) {
    case 9: return erasing(in: town, caseID, governor, id: id)
    case 0, 1: drafts = [consent(in: town, caseID, id: id, from: start, until: end)]
    case 2:
      drafts = [
        CaseWork.release(
          id: id, in: caseID, to: town.residents[pick([Place.mother, Place.father])].person,
          types: some([.health, .social, .economy]), about: some(town.children),
          from: chance(50) ? start : nil, until: chance(50) ? end : nil)
      ]
    case 3:
      let whole = chance(15)
      drafts = [
        CaseWork.withhold(
          id: id, in: caseID, from: person.person, about: whole ? [] : some(town.children), wholeCase: whole)
      ]
    case 4: return closing(in: town, caseID, governor, id: id)
    case 5:
      let glass = CaseWork.breakGlass(id: id, in: caseID, reason: "unreachable")
      return Act(place: Place.otherLeader, drafts: [glass])
    case 6:
      drafts = [
        CaseWork.custody(
          id: id, in: caseID, of: pick(town.children), holder: town.residents[Place.father].person,
          source: "civil_register", from: chance(50) ? start : nil, until: chance(50) ? end : nil)
      ]
    default: drafts = [participant(person, in: town, caseID, id: id, from: start, until: end)]
    }
    return Act(place: governor, drafts: drafts)
  }

  private mutating func consent(
    in town: Town, _ caseID: Identifier, id: Identifier, from start: Int64, until end: Int64
  ) -> RecordDraft {
    let recipient = pick([Place.professional, Place.otherProfessional, Place.analyst])
    let disclosure = CaseWork.Disclosure(
      to: town.residents[recipient].person, about: some(town.children),
      types: some([.health, .social, .economy]), purpose: "coordination", from: start, until: end,
      horizon: chance(30) ? town.now - Self.hour : nil)
    return CaseWork.consent(
      id: id, in: caseID, disclosure, form: "written", evidence: random.identifier(),
      signatures: [town.residents[Place.mother].person, town.residents[Place.father].person])
  }

  /// A record gets another audience, or is about others.
  private mutating func closing(
    in town: Town, _ caseID: Identifier, _ governor: Int, id: Identifier
  ) -> Act {
    let records = town.notes(in: caseID)
    guard !records.isEmpty else { return content(in: town, id: id) }
    let record = pick(records)
    let persons = town.residents.map(\.person)
    // One after the other: as one expression it is too much for the compiler.
    let about = few(town.children)
    let types = few([InformationType.economy])
    let audience = few(persons)
    let roles = few([Role.leader, .familyCoordinator, .coreTeam])
    let excluded = few(persons)
    let draft = CaseWork.reclassify(
      id: id, in: caseID, record: record, about: about, types: types, audience: audience, roles: roles,
      excluding: excluded)
    return Act(place: governor, drafts: [draft])
  }

  /// A record is proposed for erasure, or an erasure is confirmed.
  private mutating func erasing(
    in town: Town, _ caseID: Identifier, _ governor: Int, id: Identifier
  ) -> Act {
    let proposed = town.store.records.keys.sorted().compactMap(town.caseRecord).filter {
      $0.kind == .erasure && $0.caseID == caseID && $0.identifier(Field.Erasure.confirmedBy) == nil
    }
    if let first = proposed.first, chance(70) { return confirm(first, in: town) }
    let records = town.notes(in: caseID)
    guard !records.isEmpty else { return content(in: town, id: id) }
    let draft = CaseWork.erase(id: id, in: caseID, records: [pick(records)], ground: text())
    return Act(place: governor, drafts: [draft])
  }

  private mutating func confirm(_ erasure: CaseRecord, in town: Town) -> Act {
    let place = pick([Place.leader, Place.otherLeader])
    return Act(
      place: place, drafts: [CaseWork.confirm(erasure, by: town.residents[place].person)])
  }

  private mutating func few<Element>(_ elements: [Element]) -> [Element] {
    guard chance(30) else { return [] }
    return [pick(elements)]
  }

  private mutating func participant(
    _ resident: Resident, in town: Town, _ caseID: Identifier, id: Identifier, from start: Int64,
    until end: Int64
  ) -> RecordDraft {
    let isTimed = chance(50)
    return CaseWork.participant(
      id: id, in: caseID, person: resident.person, role: resident.role,
      alias: resident.role == .externalReporter ? random.identifier() : nil,
      organisation: resident.role == .involvedProfessional ? pick(town.organisations) : nil,
      from: isTimed && chance(50) ? start : nil, until: isTimed ? end : nil)
  }
}

extension Town {
  /// The notes of a case.
  func notes(in caseID: Identifier) -> [Identifier] {
    store.records.keys.sorted().filter { id in
      let reference = reference(id)
      return reference?.kind == .note && reference?.caseID == caseID
    }
  }
}
