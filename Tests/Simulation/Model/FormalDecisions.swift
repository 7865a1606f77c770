import CRDT
import CaseModel

/// Formal decisions and the limits within which they are issued, worked out anew from what was accepted
/// (`Protocol/governing.md`, decision 53), without the product's policy.
struct FormalDecisions {
  /// Up to which amount somebody decides.
  struct Limit {
    let author: Identifier
    var person: Identifier?
    var role: Role?
    var matter: Value?
    var amount: Int64 = 0
    var confirmer: Identifier?
    var isEnded = false
  }

  /// A decision: what it says, and whoever issued it.
  struct Ruling {
    var said: [FieldID: Value] = [:]
    var issuer: Identifier?
    /// The last change that decided each field.
    var deciders: [FieldID: ChangeID] = [:]
  }

  private(set) var limits: [Identifier: Limit] = [:]
  private(set) var rulings: [Identifier: Ruling] = [:]
  private static let said = Set(
    [
      Field.Decision.matter, Field.Decision.amount, Field.Decision.intervention, Field.Decision.outcome,
      Field.Decision.legalBasis, Field.Decision.reasons,
    ].map(\.id))
  /// What comes with a decision's issue, and not before.
  private static let issued = Set([Field.Decision.issuedOn.id, Field.Decision.complaintUntil.id])
  /// What is noted of one that was issued.
  private static let later = Set(
    [
      Field.Decision.deliveredOn, Field.Decision.deliveryForm, Field.Decision.explainedOn,
      Field.Decision.withdrawn,
    ].map(\.id))

  /// Whether a person's word is enough for so much.
  func decides(_ person: Identifier, _ role: Role?, _ matter: Value?, _ amount: Int64) -> Bool {
    let standing = limits.values.filter {
      $0.matter == matter && !$0.isEnded && $0.confirmer != nil && $0.confirmer != $0.author
    }
    let own = standing.filter { $0.person == person }
    let least = (own.isEmpty ? standing.filter { $0.person == nil && $0.role == role } : own).map(\.amount)
      .min()
    return least.map { amount <= $0 } ?? false
  }

  /// The reasons of a decision that was issued.
  func issuedReasons(of decision: Identifier) -> Identifier? {
    guard let ruling = rulings[decision], ruling.issuer != nil,
      case .identifier(let reasons)? = ruling.said[Field.Decision.reasons.id]
    else { return nil }
    return reasons
  }

  // MARK: Limits

  /// Takes in an accepted change of a limit.
  mutating func acceptLimit(_ change: WrittenChange, by author: Identifier, _ role: Role?) throws {
    let id = change.change.header.record
    guard role == .leader else { throw Violation(.access, "\(id) is a limit, and was set by no leader") }
    let values = change.decided
    if change.change.header.creates != nil {
      var limit = Limit(author: author)
      if case .identifier(let person)? = values[Field.AuthorityLimit.person.id] { limit.person = person }
      if case .integer(let role)? = values[Field.AuthorityLimit.role.id] {
        limit.role = Role(rawValue: UInt32(role))
      }
      if case .integer(let amount)? = values[Field.AuthorityLimit.amount.id] { limit.amount = amount }
      limit.matter = values[Field.AuthorityLimit.matter.id]
      guard limit.person != author, values[Field.AuthorityLimit.confirmedBy.id] == nil else {
        throw Violation(.access, "\(id) is a limit that its author set for herself, or confirmed at once")
      }
      limits[id] = limit
    } else if let confirmer = values[Field.AuthorityLimit.confirmedBy.id] {
      guard confirmer == .identifier(author), limits[id]?.author != author else {
        throw Violation(.access, "\(id) is a limit, and was confirmed by its author or for another")
      }
      limits[id]?.confirmer = author
    }
    if !change.elements(Field.AuthorityLimit.ended).isEmpty { limits[id]?.isEnded = true }
  }

  // MARK: Decisions

  /// Takes in an accepted change of a decision: it is issued once, by whoever may, as she saw it.
  mutating func accept(_ change: WrittenChange, by author: Identifier, _ role: Role?) throws {
    let header = change.change.header
    func deny(_ reason: String) -> Violation {
      Violation(.access, "\(header.id) of the decision \(header.record) was accepted: \(reason)")
    }
    let values = change.decided
    var ruling = rulings[header.record] ?? Ruling()
    let fields = Set(change.operations.map(\.field))
    let issues = fields.contains(Field.Decision.issuedBy.id)
    let isIssued = ruling.issuer != nil
    if header.creates != nil, issues || !fields.isDisjoint(with: Self.issued.union(Self.later)) {
      throw deny("it was issued as it was prepared")
    }
    guard !isIssued || fields.isSubset(of: Self.later) else { throw deny("it had been issued before") }
    guard isIssued || fields.isDisjoint(with: Self.later) else { throw deny("it had not been issued") }
    if fields.contains(Field.Decision.withdrawn.id), role != .leader { throw deny("its author is no leader") }
    for field in values.keys {
      guard ruling.deciders[field].map(header.version.contains) != false else {
        throw deny("its author had not seen what stands")
      }
    }
    if issues {
      guard values[Field.Decision.issuedBy.id] == .identifier(author) else { throw deny("for another") }
      let repeated = values.filter { Self.said.contains($0.key) }
      guard repeated == ruling.said, ruling.said[Field.Decision.reasons.id] != nil,
        case .integer(let amount)? = ruling.said[Field.Decision.amount.id]
      else { throw deny("it does not say what was prepared, or why") }
      guard decides(author, role, ruling.said[Field.Decision.matter.id], amount) else {
        throw deny("it is beyond its author's authority")
      }
      ruling.issuer = author
    }
    for (field, value) in values {
      ruling.deciders[field] = header.id
      if Self.said.contains(field) { ruling.said[field] = value }
    }
    rulings[header.record] = ruling
  }
}

extension Oracle {
  /// Takes in an accepted change of a decision or of a limit.
  mutating func noteDecision(_ change: WrittenChange, _ facts: Facts, at instant: Int64) throws {
    guard let author = persons[change.change.header.author] else { return }
    let role = readers.roles[author]
    switch facts.kind {
    case .authorityLimit: try decisions.acceptLimit(change, by: author, role)
    case .decision:
      let record = change.change.header.record
      guard let role, role.isStaff,
        readers.mayRead(author, record, .decision, home: facts.home, at: instant)
      else { throw Violation(.access, "\(record) is a decision, and was written by nobody of the staff") }
      try decisions.accept(change, by: author, role)
      if let reasons = decisions.issuedReasons(of: change.change.header.record) {
        readers.issuedReasons.insert(reasons)
      }
    default: break
    }
  }
}
