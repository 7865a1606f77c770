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
  /// Whether somebody issued it. From then on it says what it says.
  let isIssued: Bool

  /// Reads a decision; `nil` when it does not say on what, and how much.
  init?(_ record: CaseRecord) {
    guard let matter = record.text(Field.Decision.matter), !matter.isEmpty,
      let amount = record.integer(Field.Decision.amount), amount >= 0
    else { return nil }
    self.matter = matter
    self.amount = amount
    reasons = record.identifier(Field.Decision.reasons)
    isIssued = record.identifier(Field.Decision.issuedBy) != nil
  }
}
