/// Two checkpoints of one log and one size with different roots: the server showed two histories. With both
/// signatures it is evidence that nobody but who has the tenant's key can make, and that anybody can check.
public struct SplitView: Hashable, Sendable {
  /// What was known before.
  public let known: SignedCheckpoint
  /// What contradicts it.
  public let shown: SignedCheckpoint

  /// Puts two checkpoints beside each other; `nil` when they do not contradict each other.
  public init?(known: SignedCheckpoint, shown: SignedCheckpoint) {
    let (one, other) = (known.checkpoint, shown.checkpoint)
    guard one.isSameLog(as: other), one.size == other.size, one.root != other.root else { return nil }
    self.known = known
    self.shown = shown
  }

  /// Whether the tenant signed both.
  public func isProven(by key: VerifyingKey) -> Bool { known.isSigned(by: key) && shown.isSigned(by: key) }
}
