import CRDT
import CaseModel

/// Those who take part and are not staff: professionals read what was consented to, parents their own.
extension Readers {
  /// What no consent opens: what gives and takes rights, and decisions.
  private static func isNeverOpened(_ kind: RecordKind) -> Bool {
    (40...54).contains(kind.rawValue) || kind.rawValue == 61
  }

  /// What parents and professionals write.
  static let ownKinds: Set<RecordKind> = [.note, .contact, .attachment]

  func mayReadFromOutside(
    _ person: Identifier, _ record: Identifier, _ kind: RecordKind, in caseID: Identifier,
    at instant: Int64
  ) -> Bool {
    guard let role = roles[person], !role.isStaff else { return false }
    guard kind != .decisionReasons || issuedReasons.contains(record) else { return false }
    return parts.values.contains { part in
      guard part.person == person, part.caseID == caseID, part.stands(at: instant) else { return false }
      if part.role == .parent, role == .parent {
        let isOwn = consents.headers[record]?.author == person && Self.ownKinds.contains(kind)
        return isOwn || kind == .consent && consents.isGrantor(person, of: record)
      }
      guard part.role == .involvedProfessional, role == .involvedProfessional,
        let organisation = part.organisation,
        consents.isVouchedFor(person, by: organisation, at: instant), !Self.isNeverOpened(kind)
      else { return false }
      return consents.open(record, in: caseID, to: [person, organisation], at: instant)
    }
  }

  /// Whether anything ever named a record to somebody from outside, whatever came of it.
  func wasEverNamed(_ header: Consents.Header, to person: Identifier, in caseID: Identifier) -> Bool {
    if roles[person] != .involvedProfessional { return true }
    let organisations = parts.values.filter { $0.person == person && $0.caseID == caseID }
      .compactMap(\.organisation)
    return consents.given.values.contains { consent in
      guard let recipient = consent.recipient, consent.caseID == caseID else { return false }
      return ([person] + organisations).contains(recipient)
        && header.about.isSubset(of: consent.subjects) && consent.types.contains(header.type)
    }
  }

  /// Whether somebody says what governs a case: leaders, and who coordinates it.
  func governs(_ person: Identifier, _ caseID: Identifier, at instant: Int64) -> Bool {
    roles[person] == .leader || coordinators(of: caseID, at: instant).contains(person)
  }
}

extension Oracle {
  /// Whoever wrote what was accepted might: of what is said of organisations, and what those from outside
  /// write.
  ///
  /// - Parameter author: the person.
  func checkOutside(_ change: WrittenChange, _ facts: Facts, by author: Identifier, at instant: Int64) throws
  {
    let mayVouch = readers.roles[author] == .leader || readers.roles[author] == .familyCoordinator
    if facts.kind == .vouching, !mayVouch { throw change.wrongly("its author does not vouch") }
    guard let role = readers.roles[author], role == .involvedProfessional || role == .parent,
      let caseID = facts.home, facts.kind != .consent
    else { return }
    let record = change.change.header.record
    guard Readers.ownKinds.contains(facts.kind), readers.consents.headers[record]?.author == author else {
      throw change.wrongly("it is not for those from outside")
    }
    guard readers.mayRead(author, record, facts.kind, home: caseID, at: instant) else {
      throw change.wrongly("nobody consented to it")
    }
  }

  /// Whoever asked for a consent, or noted who signed or withdrew it, might: nobody does for herself, parents
  /// sign for themselves alone.
  func checkConsent(
    _ change: WrittenChange, in caseID: Identifier, by author: Identifier, at instant: Int64
  ) throws {
    let record = change.change.header.record
    let recipient =
      if case .identifier(let named)? = change.decided[Field.Consent.recipient.id] { Optional(named) } else {
        readers.consents.given[record]?.recipient
      }
    let isOwn = recipient.map { $0 == author || readers.consents.isKnown(author, to: $0) } ?? false
    let signed = change.added(Field.Consent.signatures)
    if readers.governs(author, caseID, at: instant) {
      guard !isOwn || signed.isEmpty else { throw change.wrongly("its author consents to what she gets") }
      return
    }
    guard change.change.header.creates == nil, readers.roles[author] == .parent,
      readers.mayRead(author, record, .consent, home: caseID, at: instant)
    else { throw change.wrongly("its author does not govern the case, nor is it hers to sign") }
    guard signed.allSatisfy({ $0 == author }) else { throw change.wrongly("it was signed for another") }
  }
}

extension WrittenChange {
  fileprivate func wrongly(_ reason: String) -> Violation {
    Violation(.access, "\(change.header.id) of \(change.header.record) was accepted: \(reason)")
  }
}
