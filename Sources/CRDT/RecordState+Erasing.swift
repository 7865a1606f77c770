extension RecordState {
  /// The state without what a change says that still has effect. The version stays, so nothing that the change
  /// superseded comes back, and the change itself is not taken in again.
  ///
  /// - Complexity: O(live operations)
  public func erasing(_ change: ChangeID) -> RecordState {
    let kept = fields.compactMapValues { operations in
      let rest = operations.filter { $0.context.id != change }
      return rest.isEmpty ? nil : rest
    }
    guard let state = RecordState(version: version, fields: kept, ahead: ahead.filter { $0.id != change })
    else { preconditionFailure("leaving out keeps the order") }
    return state
  }
}
