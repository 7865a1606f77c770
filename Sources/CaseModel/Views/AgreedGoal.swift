public import CRDT

/// A goal in the words and at the rank in which the family agreed on it in a version of its plan (R26, R35).
///
/// What was agreed stands in the goal, as an element of `Field.Goal.asAgreed` for each version: whoever may
/// not read the goal, or for whom it was erased, has no second copy of its words in the plan.
public struct AgreedGoal: Sendable, Hashable {
  /// The version of the plan.
  public let plan: Identifier
  /// What the family wants, in its own words.
  public let title: String?
  /// The family's priority, 1 first; `nil` where it gave none.
  public let familyRank: Int64?

  /// A goal as it stands now, to be agreed on or where nobody wrote down what was.
  public init(_ goal: CaseRecord, in plan: Identifier) {
    self.plan = plan
    title = goal.text(Field.Goal.title)
    familyRank = goal.integer(Field.Goal.familyRank)
  }

  /// Reads an element: the plan, the rank or `-`, and the words, with a space between each.
  public init?(element: String) {
    let parts = element.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let plan = Identifier(String(parts[0])) else { return nil }
    self.plan = plan
    familyRank = Int64(parts[1])
    title = parts[2].isEmpty ? nil : String(parts[2])
  }

  /// The element that says it.
  var element: String { "\(plan) \(familyRank.map(String.init) ?? "-") \(title ?? "")" }

  /// What was agreed of a goal in a version, with who wrote it; `nil` where nobody wrote it down.
  static func written(in goal: CaseRecord, of plan: Identifier) -> (agreed: AgreedGoal, by: LiveOperation)? {
    // The one that is shown last came first: what is said of a version afterwards was not agreed with it.
    for operation in goal.state.operations(Field.Goal.asAgreed.id, .set).reversed() {
      guard case .text(let element) = operation.value, let agreed = AgreedGoal(element: element),
        agreed.plan == plan
      else { continue }
      return (agreed, operation)
    }
    return nil
  }
}
