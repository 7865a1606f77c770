import CRDT

extension CaseRecord {
  /// Whether the record was entered in error: whoever created it took all of it back, so that it says nothing
  /// any more. It counts nowhere, and stays in the history (decision 64).
  ///
  /// That is read from what it says and from no mark: where somebody wrote in it meanwhile, and when it is
  /// made to stand again, it counts as any other. What was erased, or of which nothing has come yet, says
  /// nothing either, but nobody cleared it.
  public var isEnteredInError: Bool {
    guard !state.fields.isEmpty || !state.texts.isEmpty else { return false }
    // Nearly every record says something in the first field that is looked at.
    return state.fields.values.allSatisfy { live in live.allSatisfy { $0.value == .null } }
      && state.texts.values.allSatisfy { $0.count == 0 } && !kind.governsAccess
  }
}
