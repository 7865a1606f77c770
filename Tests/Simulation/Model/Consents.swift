import CRDT
import CaseModel

/// What is given to those from outside the staff, and by whose signature, worked out anew from what was
/// accepted (`Protocol/governing.md`, "Access is participation and ground"), without the product's policy.
struct Consents {
  /// A consent that was accepted.
  struct Given {
    let caseID: Identifier
    var recipient: Identifier?
    var period: Range<Int64> = 0..<0
    /// What was received before is not covered.
    var horizon = Int64.min
    var subjects: Set<Identifier> = []
    var types: Set<InformationType> = []
    var required: Set<Identifier> = []
    var signatures: Set<Identifier> = []
    var isWithdrawn = false

    /// Whether it names what a record holds, whenever it holds and whoever signed it.
    func names(_ header: Header) -> Bool {
      !header.about.isEmpty && header.about.isSubset(of: subjects) && types.contains(header.type)
        && header.receivedAt >= horizon
    }
  }

  /// Who decides for whom.
  struct Custody {
    let caseID: Identifier
    let subject: Identifier
    let holder: Identifier
  }

  /// An organisation's word for a person.
  struct Vouching {
    let organisation: Identifier
    let person: Identifier
    let period: Range<Int64>
    var isEnded = false
  }

  /// What a record's header says of it.
  struct Header {
    let home: Identifier?
    let about: Set<Identifier>
    let type: InformationType
    let receivedAt: Int64
    let author: Identifier?
  }

  private(set) var given: [Identifier: Given] = [:]
  private(set) var custodies: [Identifier: Custody] = [:]
  private(set) var vouchings: [Identifier: Vouching] = [:]
  private(set) var headers: [Identifier: Header] = [:]

  /// Takes in an accepted change.
  ///
  /// - Returns: the instants at which what it gives begins and ends.
  mutating func accept(
    _ change: WrittenChange, kind: RecordKind, home: Identifier?, author: Identifier?, at receivedAt: Int64
  ) -> [Int64] {
    let record = change.change.header.record
    if let creates = change.change.header.creates {
      headers[record] = Header(
        home: home, about: Set(creates.about), type: InformationType(rawValue: creates.informationType),
        receivedAt: receivedAt, author: author)
    }
    switch (kind, home) {
    case (.consent, let caseID?): return acceptConsent(change, in: caseID)
    case (.custody, let caseID?): acceptCustody(change, in: caseID)
    case (.vouching, _): return acceptVouching(change)
    default: break
    }
    return []
  }

  private mutating func acceptConsent(_ change: WrittenChange, in caseID: Identifier) -> [Int64] {
    let record = change.change.header.record
    var consent = given[record] ?? Given(caseID: caseID)
    let values = change.decided
    if case .identifier(let recipient)? = values[Field.Consent.recipient.id] { consent.recipient = recipient }
    var bounds: [Int64] = []
    if let start = change.instant(Field.Consent.startsAt), let end = change.instant(Field.Consent.endsAt) {
      consent.period = start..<max(start, end)
      bounds = [start, end]
    }
    consent.horizon = change.instant(Field.Consent.horizon) ?? consent.horizon
    consent.subjects.formUnion(change.added(Field.Consent.subjects))
    consent.required.formUnion(change.added(Field.Consent.required))
    consent.signatures.formUnion(change.added(Field.Consent.signatures))
    for case .integer(let number) in change.elements(Field.Consent.types) {
      consent.types.insert(InformationType(rawValue: UInt32(number)))
    }
    if !change.elements(Field.Consent.withdrawals).isEmpty { consent.isWithdrawn = true }
    given[record] = consent
    return bounds
  }

  private mutating func acceptCustody(_ change: WrittenChange, in caseID: Identifier) {
    let values = change.decided
    guard case .identifier(let subject)? = values[Field.Custody.subject.id],
      case .identifier(let holder)? = values[Field.Custody.holder.id]
    else { return }
    custodies[change.change.header.record] = Custody(caseID: caseID, subject: subject, holder: holder)
  }

  private mutating func acceptVouching(_ change: WrittenChange) -> [Int64] {
    let record = change.change.header.record
    if !change.elements(Field.Vouching.ended).isEmpty { vouchings[record]?.isEnded = true }
    guard case .identifier(let organisation)? = change.decided[Field.Vouching.organisation.id],
      case .identifier(let person)? = change.decided[Field.Vouching.person.id],
      let start = change.instant(Field.Vouching.startsAt),
      let end = change.instant(Field.Vouching.confirmedUntil)
    else { return [] }
    vouchings[record] = Vouching(
      organisation: organisation, person: person, period: start..<max(start, end))
    return [start, end]
  }

  // MARK: What is so

  func isVouchedFor(_ person: Identifier, by organisation: Identifier, at instant: Int64) -> Bool {
    vouchings.values.contains {
      $0.person == person && $0.organisation == organisation && !$0.isEnded && $0.period.contains(instant)
    }
  }

  /// Whether any word was ever given for her by an organisation.
  func isKnown(_ person: Identifier, to organisation: Identifier) -> Bool {
    vouchings.values.contains { $0.person == person && $0.organisation == organisation }
  }

  private func grantors(of subject: Identifier, in caseID: Identifier) -> Set<Identifier> {
    Set(custodies.values.filter { $0.caseID == caseID && $0.subject == subject }.map(\.holder))
  }

  /// Whether a record is somebody's to read because it was consented to.
  func open(
    _ record: Identifier, in caseID: Identifier, to recipients: Set<Identifier>, at instant: Int64
  ) -> Bool {
    guard let header = headers[record] else { return false }
    return given.values.contains { consent in
      guard consent.caseID == caseID, let recipient = consent.recipient, recipients.contains(recipient),
        !consent.isWithdrawn, consent.period.contains(instant), consent.names(header),
        consent.required.isSubset(of: consent.signatures)
      else { return false }
      return header.about.allSatisfy { subject in
        let grantors = grantors(of: subject, in: caseID)
        let needed = grantors.intersection(consent.required)
        return !grantors.isEmpty && (needed.isEmpty ? grantors : needed).isSubset(of: consent.signatures)
      }
    }
  }

  /// Whether a consent is a person's to sign and to withdraw.
  func isGrantor(_ person: Identifier, of consent: Identifier) -> Bool {
    guard let given = given[consent] else { return false }
    return given.required.contains(person) || given.signatures.contains(person)
      || given.subjects.contains { grantors(of: $0, in: given.caseID).contains(person) }
  }
}

extension WrittenChange {
  /// What it decides, by field.
  var decided: [FieldID: Value] {
    var values: [FieldID: Value] = [:]
    for operation in operations {
      if case .decide(let value) = operation.action { values[operation.field] = value }
    }
    return values
  }

  func instant(_ field: FieldDefinition) -> Int64? {
    if case .integer(let instant)? = decided[field.id] { instant } else { nil }
  }

  /// What it adds to a set.
  func elements(_ field: FieldDefinition) -> [Value] {
    operations.compactMap { operation in
      guard operation.field == field.id, case .add(let element) = operation.action else { return nil }
      return element
    }
  }

  func added(_ field: FieldDefinition) -> [Identifier] {
    elements(field).compactMap { if case .identifier(let identifier) = $0 { identifier } else { nil } }
  }
}
