extension RecordState {
  /// The state without what a change says that still has effect. The version stays, so nothing that the
  /// change superseded comes back, and the change itself is not taken in again.
  ///
  /// Of a text the change's characters lose their content and keep their places.
  ///
  /// - Complexity: O(live operations + characters of the change × log n)
  public func erasing(_ change: ChangeID) -> RecordState {
    let kept = fields.compactMapValues { operations in
      let rest = operations.filter { $0.context.id != change }
      return rest.isEmpty ? nil : rest
    }
    let texts = texts.mapValues { $0.erasing(change) }.filter { !$0.value.isBlank }
    guard
      let state = RecordState(
        version: version, fields: kept, texts: texts, ahead: ahead.filter { $0.id != change })
    else { preconditionFailure("leaving out keeps the order") }
    return state
  }
}
