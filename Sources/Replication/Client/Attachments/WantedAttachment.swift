public import CRDT
public import WireProtocol

/// An attachment whose bytes somebody asked for here, and which are not all here.
public struct WantedAttachment: Hashable, Sendable {
  /// The attachment record.
  public let record: Identifier
  /// How many bytes it has, as its record says.
  public let size: UInt64
  /// SHA-256 of all of them, as its record says.
  public let digest: Digest
  /// How many are here, from the first on.
  public let present: UInt64

  /// Describes an attachment.
  public init(record: Identifier, size: UInt64, digest: Digest, present: UInt64) {
    self.record = record
    self.size = size
    self.digest = digest
    self.present = present
  }
}
