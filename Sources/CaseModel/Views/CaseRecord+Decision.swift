/// What a decision says of money.
extension CaseRecord {
  /// The amount of a decision, in the smallest unit of money; `nil` where it is not about money. A decision
  /// holds 0 for that, which is no amount that anybody gave.
  public var decisionAmount: Int? {
    integer(Field.Decision.amount).flatMap { $0 > 0 ? Int(exactly: $0) : nil }
  }

  /// How much whoever issues the decision must have the authority for, in the smallest unit of money: to
  /// refuse costs nothing, whatever was applied for (R70).
  public var decisionCost: Int {
    text(Field.Decision.outcome) == Code.refused ? 0 : decisionAmount ?? 0
  }
}
