public import CRDT

/// What a person wants to do with a record.
public enum Action: Sendable, Hashable {
  /// Read it, now and as it changes.
  case read
  /// Create it with a first change of these operations.
  case create([Operation])
  /// Change it by these operations.
  case write([Operation])
}
