import CRDT

/// A formal decision as far as the server judges it (R23, R70): what it is about, how much it grants, and
/// whether it was issued.
struct Decision: Sendable, Hashable {
  /// What is decided on.
  let matter: String
  /// How much it grants, in the smallest unit of money.
  let amount: Int64
  /// The record that holds its reasons.
  let reasons: Identifier?
  /// All that it says, by field: what whoever issues it must have seen.
  let said: [FieldID: Value]
  /// How much whoever issues it must have the authority for: to refuse a grant costs nothing, whatever was
  /// applied for, and is still a decision on the matter.
  var cost: Int64 { said[Field.Decision.outcome.id] == .text(Code.refused) ? 0 : amount }
  /// Whether somebody issued it, as it stands (`CaseRecord.isIssued`). From then on it says what it says.
  let isIssued: Bool

  /// Reads a decision; `nil` when it does not say on what, and how much.
  init?(_ record: CaseRecord) {
    guard let matter = record.text(Field.Decision.matter), !matter.isEmpty,
      let amount = record.integer(Field.Decision.amount), amount >= 0
    else { return nil }
    self.matter = matter
    self.amount = amount
    reasons = record.identifier(Field.Decision.reasons)
    said = Dictionary(
      Self.saying.compactMap { field in record.value(field).map { (field.id, $0) } },
      uniquingKeysWith: { first, _ in first })
    isIssued = record.isIssued
  }

  /// The fields in which a decision says what it decides.
  static let saying: [FieldDefinition] = [
    Field.Decision.matter, Field.Decision.amount, Field.Decision.intervention, Field.Decision.outcome,
    Field.Decision.legalBasis, Field.Decision.reasons,
  ]
}
