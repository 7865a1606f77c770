import CRDT
import CaseModel

/// Who may read what at an instant, worked out anew from what was accepted, without the product's policy.
struct Readers {
  struct Part {
    let caseID: Identifier
    let person: Identifier
    let role: Role
    let alias: Identifier?
    /// Who vouches for her, if she is from outside.
    let organisation: Identifier?
    /// The instants between which it gives anything.
    let period: Range<Int64>
    var isActive: Bool

    func stands(at instant: Int64) -> Bool { isActive && period.contains(instant) }
  }

  /// What is withheld from somebody.
  struct Withholding {
    let caseID: Identifier
    let person: Identifier
    var records: Set<Identifier>
    var isWholeCase: Bool
  }

  /// The role in the tenant of everybody who has an account.
  var roles: [Identifier: Role] = [:]
  private(set) var parts: [Identifier: Part] = [:]
  private(set) var withholdings: [Identifier: Withholding] = [:]
  /// What nobody reads any more, whoever she is.
  var erased: Set<Identifier> = []
  /// The reasons of decisions that were issued.
  var issuedReasons: Set<Identifier> = []
  /// What those from outside are given.
  private(set) var consents = Consents()
  /// The cases that leaders opened.
  private(set) var glasses: [Identifier: Glass] = [:]
  /// By case, whom each of its allocations names.
  private(set) var allocations: [Identifier: [Identifier: Identifier]] = [:]
  /// The instants at which a right begins or ends although nobody writes, in order.
  private(set) var bounds: [Int64] = []

  /// Takes in an accepted change.
  ///
  /// - Parameter author: the person.
  mutating func accept(
    _ change: WrittenChange, kind: RecordKind, home: Identifier?, author: Identifier?, at receivedAt: Int64
  ) {
    let given = consents.accept(change, kind: kind, home: home, author: author, at: receivedAt)
    if !given.isEmpty { bounds = (bounds + given).sorted() }
    guard let caseID = home else { return }
    switch kind {
    case .participant: acceptPart(change, in: caseID)
    case .withholding: acceptWithholding(change, in: caseID)
    case .allocation: acceptAllocation(change, in: caseID)
    case .breakGlass: acceptGlass(change, in: caseID, by: author, at: receivedAt)
    default: break
    }
  }

  private mutating func acceptPart(_ change: WrittenChange, in caseID: Identifier) {
    var values: [FieldID: Value] = [:]
    for operation in change.operations {
      if case .decide(let value) = operation.action { values[operation.field] = value }
    }
    let status = values[Field.Participant.status.id]
    if case .identifier(let person)? = values[Field.Participant.person.id],
      case .integer(let role)? = values[Field.Participant.role.id]
    {
      var alias: Identifier?
      if case .identifier(let named)? = values[Field.Participant.alias.id] { alias = named }
      var organisation: Identifier?
      if case .identifier(let named)? = values[Field.Participant.organisation.id] { organisation = named }
      var (start, end) = (Int64.min, Int64.max)
      if case .integer(let instant)? = values[Field.Participant.startsAt.id] { start = instant }
      if case .integer(let instant)? = values[Field.Participant.endsAt.id] { end = instant }
      bounds = (bounds + [start, end].filter { $0 != .min && $0 != .max }).sorted()
      parts[change.change.header.record] = Part(
        caseID: caseID, person: person, role: Role(rawValue: UInt32(role)), alias: alias,
        organisation: organisation, period: start..<max(start, end), isActive: status == .text("active"))
    } else if status == .text("ended") {
      parts[change.change.header.record]?.isActive = false
    }
  }

  private mutating func acceptGlass(
    _ change: WrittenChange, in caseID: Identifier, by author: Identifier?, at receivedAt: Int64
  ) {
    let id = change.change.header.record
    if let author, change.change.header.creates != nil {
      let period = receivedAt..<receivedAt + Glass.length
      glasses[id] = Glass(caseID: caseID, person: author, period: period)
      bounds = (bounds + [period.lowerBound, period.upperBound]).sorted()
    }
    if !change.elements(Field.BreakGlass.ended).isEmpty { glasses[id]?.isEnded = true }
  }

  private mutating func acceptAllocation(_ change: WrittenChange, in caseID: Identifier) {
    for operation in change.operations where operation.field == Field.Allocation.coordinator.id {
      guard case .decide(.identifier(let person)) = operation.action else { continue }
      allocations[caseID, default: [:]][change.change.header.record] = person
    }
  }

  /// Elements are put in with the record, and taken out by who has seen it.
  private mutating func acceptWithholding(_ change: WrittenChange, in caseID: Identifier) {
    let id = change.change.header.record
    for operation in change.operations {
      switch (operation.field, operation.action) {
      case (Field.Withholding.person.id, .decide(.identifier(let person))):
        withholdings[id] = Withholding(caseID: caseID, person: person, records: [], isWholeCase: false)
      case (Field.Withholding.records.id, .add(.identifier(let record))):
        withholdings[id]?.records.insert(record)
      case (Field.Withholding.records.id, .remove(.identifier(let record))):
        withholdings[id]?.records.remove(record)
      case (Field.Withholding.cases.id, .add): withholdings[id]?.isWholeCase = true
      case (Field.Withholding.cases.id, .remove): withholdings[id]?.isWholeCase = false
      default: break
      }
    }
  }

  func mayRead(
    _ person: Identifier, _ record: Identifier, _ kind: RecordKind, home: Identifier?, at instant: Int64
  ) -> Bool {
    guard let role = roles[person], let definition = kind.definition, !erased.contains(record) else {
      return false
    }
    switch definition.home {
    case .register: return role.isStaff
    case .caseFile:
      guard !isWithheld(record, kind, in: home, from: person) else { return false }
      if definition.isMilestone, role == .leader { return true }
      let isStaff = parts.values.contains {
        $0.stands(at: instant) && $0.person == person && $0.caseID == home && $0.role.isStaff
      }
      guard !isStaff, let home else { return isStaff }
      if role == .leader, glasses.values.contains(where: { $0.opens(home, to: person, at: instant) }) {
        return kind != .protectedContact
      }
      return mayReadFromOutside(person, record, kind, in: home, at: instant)
    case .alias:
      return parts.values.contains { part in
        guard part.stands(at: instant), part.person == person,
          !isWithheldWhole(part.caseID, from: person)
        else { return false }
        if part.role == .externalReporter { return part.alias == home }
        let isInCase = parts.values.contains { $0.alias == home && $0.caseID == part.caseID }
        return isInCase && (part.role == .familyCoordinator || part.role == .leader)
      }
    }
  }

  /// The case of a record: its home, or whose alias that is.
  func caseID(of home: Identifier?) -> Identifier? {
    parts.values.first { $0.alias != nil && $0.alias == home }?.caseID ?? home
  }

  /// Who coordinates a case: of those who take part as such the one whom the allocation names, or each.
  func coordinators(of caseID: Identifier, at instant: Int64) -> Set<Identifier> {
    let named = parts.values.filter {
      $0.caseID == caseID && $0.role == .familyCoordinator && $0.stands(at: instant)
        && [.leader, .familyCoordinator].contains(roles[$0.person])
        && !isWithheldWhole(caseID, from: $0.person)
    }.map(\.person)
    let allocated = allocations[caseID]?.min { $0.key < $1.key }?.value
    if let allocated, named.contains(allocated) { return [allocated] }
    return Set(named)
  }

  /// Whether a person was ever named as taking part, whenever that counts.
  func tookPart(_ person: Identifier, in caseID: Identifier?) -> Bool {
    parts.values.contains { $0.person == person && $0.caseID == caseID }
  }

  func isWithheld(
    _ record: Identifier, _ kind: RecordKind, in caseID: Identifier?, from person: Identifier
  ) -> Bool {
    withholdings.contains { id, withholding in
      guard withholding.person == person, withholding.caseID == caseID else { return false }
      return withholding.isWholeCase || withholding.records.contains(record)
        || kind == .withholding && id == record
    }
  }

  private func isWithheldWhole(_ caseID: Identifier, from person: Identifier) -> Bool {
    withholdings.values.contains { $0.isWholeCase && $0.person == person && $0.caseID == caseID }
  }
}
