import CRDT
import CaseModel
import Storage
import WireProtocol

/// Consents to let somebody from outside read, what takes them back, and what those from outside write.
extension Simulation {
  static let consentCodes: Set<ErrorCode> = [.forbidden, .alreadyDecided, .notAvailable, .causality]

  func consenting(_ device: DeviceNode, _ store: ReplicaStore) throws -> Draft? {
    switch device.role {
    case .leader, .familyCoordinator: try governedConsent(device, store)
    case .parent: try parentsWork(device, store)
    case .involvedProfessional: try professionalsWork(device, store)
    case .coreTeam:
      // Who only takes part asks for no consent.
      try random.chance(0.2)
        ? anyCase(device, store).map {
          Draft(act: [newConsent(in: $0)], expectation: .refused(Self.consentCodes))
        } : nil
    default: nil
    }
  }

  /// Somebody has to do with consents now.
  func consent(_ device: DeviceNode) throws {
    guard device.isUp, let store = device.store else { return }
    try running(device) {
      if try store.meta().accessEnded != nil { return }
      guard let draft = try consenting(device, store) else { return }
      try write(draft, .consent, device, store)
    }
  }

  /// Asks for a consent, notes a signature or a withdrawal, or what an organisation says of its own.
  private func governedConsent(_ device: DeviceNode, _ store: ReplicaStore) throws -> Draft? {
    guard let caseID = try anyCase(device, store) else { return nil }
    let act: RecordDraft
    if random.chance(0.15) {
      guard let draft = try vouching(store) else { return nil }
      act = draft
    } else if random.chance(0.5), let record = try anyConsent(in: caseID, store) {
      act =
        random.chance(0.4)
        ? CaseWork.sign(consent: record, by: random.pick(household.parents) ?? device.person)
        : CaseWork.withdraw(consent: record, by: random.pick(household.parents) ?? device.person)
    } else {
      act = newConsent(in: caseID)
    }
    return Draft(act: [act], expectation: .either(Self.consentCodes))
  }

  private func anyConsent(in caseID: Identifier?, _ store: ReplicaStore) throws -> CaseRecord? {
    let records = try store.records(kinds: [.consent]).filter { caseID == nil || $0.caseID == caseID }
    return random.pick(records.sorted { $0.id < $1.id })
  }

  /// For a time or for long, about some of the family, and not always signed by all who must.
  private func newConsent(in caseID: Identifier) -> RecordDraft {
    let everybody = household.children + [caseID]
    let subjects = Set((0...random.below(3)).compactMap { _ in random.pick(everybody) }).sorted()
    let types: [InformationType] = [.none, .social, .plan, .health, .economy].filter { _ in random.chance(0.6)
    }
    let start = Self.start + now + random.within(-20_000...30_000)
    let length = random.chance(0.4) ? 30 * 86_400_000 : random.within(1_000...90_000)
    let disclosure = CaseWork.Disclosure(
      to: random.chance(0.3) ? household.organisation : household.professional, about: subjects,
      types: types.isEmpty ? [.social] : types, purpose: "coordination", from: start, until: start + length,
      horizon: random.chance(0.2) ? Self.start + now + random.within(-30_000...10_000) : nil)
    return CaseWork.consent(
      id: random.identifier(), in: caseID, disclosure, form: "written", evidence: random.identifier(),
      required: random.chance(0.3) ? [household.parents[0]] : [],
      signatures: random.chance(0.6)
        ? household.parents : household.parents.filter { _ in random.chance(0.5) })
  }

  /// The organisation takes its word back, or gives it, for a time or for long.
  private func vouching(_ store: ReplicaStore) throws -> RecordDraft? {
    let standing = try store.records(kinds: [.vouching]).filter { !$0.hasElements(Field.Vouching.ended) }
    if let record = random.pick(standing.sorted { $0.id < $1.id }), random.chance(0.4) {
      return CaseWork.end(governing: record)
    }
    let start = Self.start + now + random.within(-20_000...20_000)
    return CaseWork.vouching(
      id: random.identifier(), organisation: household.organisation, person: household.professional,
      voucher: random.identifier(), from: start,
      until: start + (random.chance(0.5) ? 30 * 86_400_000 : random.within(1_000...90_000)))
  }

  // MARK: From outside

  /// Signs or withdraws what is hers, or writes something of her own.
  private func parentsWork(_ device: DeviceNode, _ store: ReplicaStore) throws -> Draft? {
    if random.chance(0.5), let record = try anyConsent(in: nil, store) {
      let isFalse = random.chance(0.1)
      let act =
        random.chance(0.4) || isFalse
        ? CaseWork.sign(consent: record, by: isFalse ? household.parents[1] : device.person)
        : CaseWork.withdraw(consent: record, by: device.person)
      return Draft(
        act: [act], expectation: isFalse ? .refused(Self.consentCodes) : .either(Self.consentCodes))
    }
    return try ownWork(in: cases.first, device, store)
  }

  private func professionalsWork(_ device: DeviceNode, _ store: ReplicaStore) throws -> Draft? {
    if random.chance(0.1), let caseID = random.pick(cases) {
      // Nobody consents to what she gets herself.
      return Draft(act: [newConsent(in: caseID)], expectation: .refused(Self.consentCodes))
    }
    return try ownWork(in: random.pick(cases), device, store)
  }

  /// A note of those from outside, or a word more in one of them.
  private func ownWork(
    in caseID: Identifier?, _ device: DeviceNode, _ store: ReplicaStore
  ) throws -> Draft? {
    let codes: Set<ErrorCode> = [.forbidden, .notAvailable, .causality, .erased]
    let notes = try store.records(kinds: [.note]).filter { $0.creator == device.person }
    if random.chance(0.4), let note = random.pick(notes.sorted { $0.id < $1.id }) {
      var draft = RecordDraft.change(note)
      draft.write(Field.Note.title, text(in: note.id, .note, note.caseID))
      return Draft(act: [draft], expectation: .either(codes))
    }
    guard let caseID else { return nil }
    return Draft(act: [familyNote(in: caseID)], expectation: .either(codes))
  }

  /// A note about some of the family, of a certain type.
  func familyNote(in caseID: Identifier) -> RecordDraft {
    let id = random.identifier()
    let about = random.pick(household.children + [caseID]).map { [$0] } ?? []
    return CaseWork.note(
      id: id, in: caseID, about: about, text: text(in: id, .note, caseID),
      informationType: random.pick([.social, .health, .plan, .economy]), on: Self.day)
  }
}

/// A family, and who knows it from outside.
struct Household {
  var children: [Identifier] = []
  /// Those who sign; the first has a device.
  var parents: [Identifier] = []
  var professional = Identifier(high: 0, low: 0)
  var organisation = Identifier(high: 0, low: 0)
}
