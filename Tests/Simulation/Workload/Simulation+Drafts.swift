import CRDT
import CaseModel
import Storage
import WireProtocol

/// What the acts write. Records are taken from what the device shows, as a person takes them.
extension Simulation {
  func draft(_ kind: OperationKind, _ device: DeviceNode, _ store: ReplicaStore) throws -> Draft? {
    switch kind {
    case .note, .largeText: try note(device, store, isLarge: kind == .largeText)
    case .register, .sameField, .clear, .sameValue: try edit(kind, device, store)
    case .addToSet, .removeFromSet: try editSet(kind, device, store)
    case .act: try severalRecords(device, store)
    case .resolve: try resolution(device, store)
    case .person: try person(device, store)
    case .update: update(device)
    case .triage: try triage(device, store)
    case .participant, .endParticipation, .allocation: try governed(kind, device, store)
    case .erasure: try erasure(device, store)
    case .timedParticipant, .withholding, .lifting: try right(kind, device, store)
    case .forbidden, .forbiddenAct: try forbidden(kind, device, store)
    case .unknownKind: try unknownKind(device, store)
    case .attach: try attach(device, store)
    case .consent: try consenting(device, store)
    case .formalDecision: try formalDecision(device, store)
    case .opening: try opening(device, store)
    case .invitation, .secondDevice, .fetch, .decision, .ending: nil
    }
  }

  // MARK: Expectations

  /// What may be said of work in a case: it is accepted if the person takes part for certain and the record
  /// is there for certain.
  func expectation(_ device: DeviceNode, on records: [Identifier] = []) -> Expectation {
    // What is there now may be erased before this is there.
    let mayBeErased =
      plan.operations.contains(.erasure) && records.contains { oracle.facts[$0]?.kind != .case }
    let isCertain = records.allSatisfy { oracle.facts[$0]?.isCertain == true } && !mayBeErased
    // A record takes in no more than fits into a delivery; what others put into it meanwhile counts. What
    // stands beside characters that found no room names what is not there.
    let isFull: Set<ErrorCode> = isLargeWork ? [.tooManyValues, .causality] : []
    if isCertain, steadyPersons.contains(device.person) {
      return isFull.isEmpty ? .accepted : .either(isFull)
    }
    return .either(isFull.union([.notAvailable, .forbidden, .causality] + (mayBeErased ? [.erased] : [])))
  }

  /// A case that the person takes part in, as far as the device knows.
  func anyCase(_ device: DeviceNode, _ store: ReplicaStore) throws -> Identifier? {
    let heads = try store.records(kinds: [.case]).map(\.id).sorted()
    let parts = try store.records(kinds: [.participant])
    return random.pick(heads.filter { takesPart(device, in: $0, parts) })
  }

  private func takesPart(_ device: DeviceNode, in caseID: Identifier, _ parts: [CaseRecord]) -> Bool {
    parts.contains { record in
      record.caseID == caseID
        && Participation(record).map { $0.person == device.person && $0.role.isStaff } == true
    }
  }

  // MARK: Texts

  /// A text that is known wherever it turns up.
  func text(in record: Identifier, _ kind: RecordKind, _ home: Identifier?, isLarge: Bool = false) -> String {
    let number = random.next() & 0x3_ffff_ffff_ffff
    oracle.add(number, Canary(record: record, kind: kind, home: home))
    let words = [
      "gåtur", "🧑🏽‍🦽", "e\u{301}", "\u{e9}", "👩‍👧‍👦 sagt",
      "\u{202e}omvendt", "nul\u{0}tegn", "𝄞", "",
    ]
    let rest = isLarge ? incompressible(count: 30_000 + random.below(24_000)) : ""
    return "\(random.pick(words) ?? "") \(Canary.word(number)) \(random.pick(words) ?? "")\(rest)"
  }

  private func text(_ draft: RecordDraft, mayBeLarge: Bool = false) -> String {
    let isLarge = mayBeLarge && isLargeWork && random.chance(0.6)
    return text(in: draft.id, draft.kind, draft.caseID, isLarge: isLarge)
  }

  /// Whether records grow until deliveries come in parts, and until nothing more fits into them.
  private var isLargeWork: Bool { plan.operations.contains(.largeText) }

  /// Letters that take nearly as much room when they are compressed.
  private func incompressible(count: Int) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-".utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 10)
    while bytes.count < count {
      var chance = random.next()
      for _ in 0..<10 {
        bytes.append(letters[Int(chance & 63)])
        chance >>= 6
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  // MARK: Drafts

  private func note(_ device: DeviceNode, _ store: ReplicaStore, isLarge: Bool) throws -> Draft? {
    guard let caseID = try anyCase(device, store) else { return nil }
    if isLarge, random.chance(0.7), let draft = try largeEdits(in: caseID, device, store) { return draft }
    let isOfFamily = !isLarge && plan.operations.contains(.consent) && random.chance(0.6)
    let act = isOfFamily ? familyNote(in: caseID) : newNote(in: caseID, isLarge: isLarge)
    return Draft(
      act: [act], expectation: expectation(device, on: [caseID]))
  }

  /// Large texts in several records that others hold, at once: what is new of them takes several deliveries.
  private func largeEdits(
    in caseID: Identifier, _ device: DeviceNode, _ store: ReplicaStore
  ) throws -> Draft? {
    var records = try store.records(kinds: [.assessment, .note, .goal], caseID: caseID)
      .sorted { $0.id < $1.id }
    guard records.count > 3 else { return nil }
    while records.count > 6 { records.remove(at: random.below(records.count)) }
    let act = records.map { record in
      var draft = RecordDraft.change(record)
      let field =
        record.kind == .assessment
        ? Field.Assessment.childNotes : record.kind == .goal ? Field.Goal.title : Field.Note.title
      draft.write(field, text(in: record.id, record.kind, caseID, isLarge: true))
      return draft
    }
    return Draft(act: act, expectation: expectation(device, on: records.map(\.id)))
  }

  func newNote(in caseID: Identifier, isLarge: Bool = false) -> RecordDraft {
    let id = random.identifier()
    return CaseWork.note(
      id: id, in: caseID, text: text(in: id, .note, caseID, isLarge: isLarge), on: Self.day)
  }

  private func edit(_ kind: OperationKind, _ device: DeviceNode, _ store: ReplicaStore) throws -> Draft? {
    guard
      let record = try anyContent(device, store, kind == .sameField ? [.assessment] : [.assessment, .note])
    else { return nil }
    var draft = RecordDraft.change(record)
    if record.kind == .note, random.chance(0.5) {
      // A text: something is put in somewhere or all is replaced; nothing is drafted when it says so
      // already.
      let before = record.text(Field.Note.text) ?? ""
      let new = text(draft, mayBeLarge: true)
      let after = random.chance(0.5) ? before + " " + new : new
      let act = CaseWork.edit(note: record, to: after)
      return act.isEmpty ? nil : Draft(act: act, expectation: expectation(device, on: [record.id]))
    }
    let fields =
      record.kind == .note
      ? [Field.Note.title]
      : kind == .sameField
        ? [Field.Assessment.childNotes]
        : [Field.Assessment.childNotes, Field.Assessment.childResources, Field.Assessment.childProblems]
    guard let field = random.pick(fields) else { return nil }
    switch kind {
    case .clear: draft.clear(field)
    case .sameValue: draft.write(field, "the same for everybody")
    default: draft.write(field, text(draft, mayBeLarge: true))
    }
    if random.chance(0.2) { draft.write(field, text(draft)) }
    return Draft(act: [draft], expectation: expectation(device, on: [record.id]))
  }

  /// A record of a case that the person takes part in.
  private func anyContent(
    _ device: DeviceNode, _ store: ReplicaStore, _ kinds: Set<RecordKind>
  ) throws -> CaseRecord? {
    guard let caseID = try anyCase(device, store) else { return nil }
    return random.pick(try store.records(kinds: kinds, caseID: caseID).sorted { $0.id < $1.id })
  }

  private func editSet(_ kind: OperationKind, _ device: DeviceNode, _ store: ReplicaStore) throws -> Draft? {
    guard let record = try anyContent(device, store, [.goal]) else { return nil }
    var draft = RecordDraft.change(record)
    let elements = record.state.elements(Field.Goal.actors.id)
    if kind == .removeFromSet {
      guard let element = random.pick(elements) else { return nil }
      draft.remove(Field.Goal.actors, element)
      if random.chance(0.2), case .text(let text) = element { draft.add(Field.Goal.actors, [text]) }
    } else {
      let common = random.pick(["mother", "school", "caf\u{e9}", "cafe\u{301}"]) ?? ""
      draft.add(Field.Goal.actors, [random.chance(0.6) ? common : text(draft)])
    }
    return Draft(act: [draft], expectation: expectation(device, on: [record.id]))
  }

  private func severalRecords(_ device: DeviceNode, _ store: ReplicaStore) throws -> Draft? {
    guard let caseID = try anyCase(device, store) else { return nil }
    let (goal, contact) = (random.identifier(), random.identifier())
    var act = [
      newNote(in: caseID),
      CaseWork.goal(id: goal, in: caseID, title: text(in: goal, .goal, caseID), on: Self.day),
      CaseWork.contact(
        id: contact, in: caseID, form: "visit", by: device.person,
        text: text(in: contact, .contact, caseID), on: Self.day),
    ]
    // The same record twice in one act.
    var more = RecordDraft(
      id: goal, kind: .goal, caseID: caseID, about: [caseID], informationType: .plan, isNew: false)
    more.add(Field.Goal.actors, ["mother"])
    act.append(more)
    return Draft(act: act, expectation: expectation(device, on: [caseID]))
  }

  private func resolution(_ device: DeviceNode, _ store: ReplicaStore) throws -> Draft? {
    // Whoever opened a case reads the values that differ in it, and settles nothing.
    let parts = try store.records(kinds: [.participant])
    let records = try store.records(kinds: [.assessment, .note]).sorted { $0.id < $1.id }.filter { record in
      record.caseID.map { takesPart(device, in: $0, parts) } == true
    }
    guard let record = records.first(where: { !$0.state.conflicts.isEmpty }),
      let field = record.state.conflicts.first
    else { return nil }
    var draft = RecordDraft.change(record)
    let value: Value =
      random.chance(0.5) ? record.state.value(field) ?? .null : .text(text(draft))
    draft.operations.append(Operation(field: field, action: .assign(value)))
    return Draft(act: [draft], expectation: expectation(device, on: [record.id]))
  }

  private func person(_ device: DeviceNode, _ store: ReplicaStore) throws -> Draft? {
    guard device.role.isStaff else { return nil }
    let persons = try store.records(kinds: [.person]).sorted { $0.id < $1.id }
    if let known = random.pick(persons), random.chance(0.6) {
      var draft = RecordDraft.change(known)
      draft.write(Field.Person.title, text(draft))
      return Draft(act: [draft], expectation: staffExpectation(device, on: known.id))
    }
    let id = random.identifier()
    let draft = CaseWork.person(id: id, name: text(in: id, .person, nil))
    return Draft(act: [draft], expectation: .accepted)
  }

  private func staffExpectation(_ device: DeviceNode, on record: Identifier) -> Expectation {
    oracle.facts[record]?.isCertain == true ? .accepted : .either([.notAvailable])
  }

  /// Something of a kind that a later version adds: kept whole by all who do not know it.
  private func unknownKind(_ device: DeviceNode, _ store: ReplicaStore) throws -> Draft? {
    guard plan.hasNewerPeers, let record = try anyContent(device, store, [.note]) else { return nil }
    var draft = RecordDraft.change(record)
    let number = random.next() & 0x3_ffff_ffff_ffff
    oracle.add(number, Canary(record: record.id, kind: .note, home: record.caseID))
    let word = Array(Canary.word(number).utf8)
    // Field 99 of kind 77, with an extension of 14 bytes under number 6.
    let shape: [UInt8] = [0x08, 99, 0x10, 77, 0x32, UInt8(word.count)] + word
    draft.operations.append(
      Operation(
        field: FieldID(rawValue: 99),
        action: .unknown(
          kind: FieldKind(rawValue: 77), encoding: [0x12, UInt8(shape.count)] + shape)))
    return Draft(act: [draft], expectation: expectation(device, on: [record.id]))
  }
}
