/// How a replica stands: counts and times, nothing of content.
public struct ReplicaStatus: Hashable, Sendable {
  /// How many records are here.
  public let records: Int
  /// How many own entries have no verdict yet.
  public let pendingEntries: Int
  /// When the oldest of them was written, in milliseconds since 1970 by this device's clock.
  public let pendingSince: Int64?
  /// How many own entries wait for what a restored server is to get back; they are written again then.
  public let awaitingEntries: Int
  /// How many own entries wait for a person's decision.
  public let quarantinedEntries: Int
  /// How many own entries wait for this person to confirm them.
  public let heldEntries: Int
  /// How many own entries were refused.
  public let refusedEntries: Int
  /// How many records show a field with more than one value.
  public let conflicts: Int
  /// When the server was last reached.
  public let lastContact: Int64?
  /// When everything had last been pushed and delivered.
  public let lastCaughtUp: Int64?
  /// How the last exchange failed; `nil` since one was opened.
  public let lastFailure: ExchangeFailure?
}
