public import CRDT

/// Whether a decision was issued, and what it says of money.
extension CaseRecord {
  /// Who issued a decision; `nil` as long as it is not issued.
  ///
  /// Who issues repeats in the same change all that the decision says. So it is issued when what stands in
  /// each of these fields comes of the change by which the issuer stands, and else not: after a server was
  /// set back without its ledger, changes may have come back in another order, and what stands would be
  /// something that nobody issued.
  public var issuer: Identifier? {
    issued(Field.Decision.issuedBy) ? identifier(Field.Decision.issuedBy) : nil
  }

  /// Whether a decision was issued, as it stands. From then on it says what it says.
  public var isIssued: Bool { issuer != nil }

  /// The day on which a decision was issued; `nil` as long as it is not.
  public var issuedOn: CalendarDay? {
    issued(Field.Decision.issuedOn) ? day(Field.Decision.issuedOn) : nil
  }

  /// Who decides complaints, as whoever issued the decision told it; `nil` when she did not, or nobody
  /// issued it.
  public var complaintBody: String? {
    issued(Field.Decision.complaintBody) ? text(Field.Decision.complaintBody) : nil
  }

  /// Whether somebody issued a decision, and what she issued is not what stands: it is issued anew.
  public var mustBeIssuedAgain: Bool { !isIssued && identifier(Field.Decision.issuedBy) != nil }

  /// Whether what stands in a field comes of the change that issued the decision.
  func issued(_ field: FieldDefinition) -> Bool {
    guard let issue = state.decided(Field.Decision.issuedBy.id)?.context.id,
      Decision.saying.allSatisfy({ state.decided($0.id).map { $0.context.id == issue } ?? true })
    else { return false }
    return state.decided(field.id)?.context.id == issue
  }

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
