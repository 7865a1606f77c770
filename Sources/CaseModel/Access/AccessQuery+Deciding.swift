import CRDT

/// Formal decisions: prepared by whoever works in the case, issued once by who has the authority (R23, R70).
extension AccessQuery {
  /// What speaks against preparing a decision: it is issued afterwards, so that whoever issues it has seen
  /// what stands.
  func objection(toPreparing draft: CaseRecord) -> AccessRule? {
    let later = Field.Decision.all.filter { !Decision.saying.contains($0) }
    let isPrepared = later.allSatisfy { field in
      field.kind == .set ? !draft.hasElements(field) : draft.value(field) == nil
    }
    return Decision(draft) != nil && isPrepared ? nil : .malformed
  }

  /// What speaks against one operation on a decision. Nobody issues what is beyond her authority, for
  /// another, or without reasons; what was issued is delivered, explained and taken back, and not changed.
  func objection(toWriting operation: Operation, in governance: CaseGovernance) -> AccessRule? {
    guard let decision = governance.contents.decisions[record.id] else { return .malformed }
    switch operation.field {
    case Field.Decision.deliveredOn.id, Field.Decision.deliveryForm.id, Field.Decision.explainedOn.id,
      Field.Decision.withdrawn.id:
      return decision.isIssued ? nil : .malformed
    case Field.Decision.issuedBy.id:
      if decision.isIssued { return .givenOnce }
      guard operation.action == .decide(.identifier(person)), decision.reasons != nil else {
        return .malformed
      }
      let route = state.authority(of: person, on: decision.matter, amount: decision.cost, at: instant)
      return route == .visitation ? .beyondAuthority : nil
    case Field.Decision.matter.id, Field.Decision.amount.id:
      return decision.isIssued ? .givenOnce : isSaid(operation) ? nil : .malformed
    default: return decision.isIssued ? .givenOnce : nil
    }
  }

  /// What speaks against a change of a decision as a whole: that it issues the decision without repeating,
  /// value for value, all that the decision says, or dates what it does not issue, or tells how to complain.
  ///
  /// What a change decides is taken only when its author had seen what stood in the field (compare-and-set).
  /// So whoever issues a decision has seen what she issues, and nobody raises the amount in the act that
  /// issues it, or at the same time elsewhere.
  func objection(toDecidingBy operations: [Operation], in governance: CaseGovernance) -> AccessRule? {
    let fields = operations.map(\.field)
    guard fields.contains(Field.Decision.issuedBy.id) else {
      let issuing = [
        Field.Decision.issuedOn.id, Field.Decision.complaintUntil.id, Field.Decision.complaintBody.id,
      ]
      return issuing.contains(where: fields.contains) ? .malformed : nil
    }
    let said = governance.contents.decisions[record.id]?.said ?? [:]
    let saying = Set(Decision.saying.map(\.id))
    let repeated = operations.filter { saying.contains($0.field) }
    let isWhole = repeated.count == said.count && Set(repeated.map(\.field)) == Set(said.keys)
    let isSame = repeated.allSatisfy { operation in
      said[operation.field].map { operation.action == .decide($0) } == true
    }
    return isWhole && isSame ? nil : .malformed
  }

  /// Whether an operation on what a decision must say says it.
  private func isSaid(_ operation: Operation) -> Bool {
    switch operation.action {
    case .decide(.text(let matter)): operation.field == Field.Decision.matter.id && !matter.isEmpty
    case .decide(.integer(let amount)): operation.field == Field.Decision.amount.id && amount >= 0
    default: false
    }
  }
}
