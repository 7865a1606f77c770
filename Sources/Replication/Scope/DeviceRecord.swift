public import CRDT

/// A record of a device's scope.
public struct DeviceRecord: Hashable, Sendable {
  /// The device.
  public let actor: ActorID
  /// The record, and in which generation.
  public let held: HeldRecord

  /// Names a record of a device.
  public init(actor: ActorID, held: HeldRecord) {
    self.actor = actor
    self.held = held
  }
}
