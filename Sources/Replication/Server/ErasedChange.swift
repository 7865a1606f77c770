public import CRDT
public import WireProtocol

/// What is kept of a change that was pushed after its record was erased: its number, and the digest that the
/// next one of its chain is linked to.
public struct ErasedChange: Hashable, Sendable {
  /// The record.
  public let record: Identifier
  /// The change.
  public let change: ChangeID
  /// Its digest. A payload begins with random bytes, so it tells nothing of what the change said.
  public let digest: Digest

  /// Names a change.
  public init(record: Identifier, change: ChangeID, digest: Digest) {
    self.record = record
    self.change = change
    self.digest = digest
  }
}
