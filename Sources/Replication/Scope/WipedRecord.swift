import CRDT
import WireProtocol

/// A record that a device held and has wiped, since it left the device's scope.
public struct WipedRecord: Hashable, Sendable {
  /// The record, and the generation up to which nothing of it is left.
  public let held: HeldRecord
  /// Milliseconds since 1970, by the server's clock as the device heard of it.
  public let wipedAt: Int64
  /// How many own changes and pieces of attachments are kept, sealed to the tenant's key: the device can hand
  /// them over, and not read them.
  public let sealedItems: Int

  /// Describes what was wiped.
  public init(_ held: HeldRecord, at wipedAt: Int64, sealedItems: Int) {
    self.held = held
    self.wipedAt = wipedAt
    self.sealedItems = sealedItems
  }
}
