import CRDT

extension CaseRecord {
  /// Whether the record names another one, in what it says or in whom it is about.
  func names(_ other: Identifier) -> Bool {
    about.contains(other)
      || state.fields.values.contains { live in live.contains { $0.value == .identifier(other) } }
  }
}
