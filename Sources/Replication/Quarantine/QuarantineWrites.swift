/// What a group writes of quarantine.
public struct QuarantineWrites: Hashable, Sendable {
  /// Entries that wait from now on, with their changes as they were pushed.
  public var added: [Added] = []
  /// What was decided.
  public var decided: [QuarantineDecision] = []
  /// Since where in the log devices may not know what changed.
  public var contacts: [DeviceContact] = []

  /// An entry with what it is to be judged by.
  public struct Added: Hashable, Sendable {
    /// The entry.
    public let entry: QuarantinedEntry
    /// Its changes, each with what it chains to and its stamp.
    public let changes: [OfferedChange]
  }

  /// Whether there is nothing to write.
  public var isEmpty: Bool { added.isEmpty && decided.isEmpty && contacts.isEmpty }

  /// Writes nothing.
  public init() {}
}
