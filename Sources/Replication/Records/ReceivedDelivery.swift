import CRDT
public import WireProtocol

/// What a server sent a device in one delivery.
public struct ReceivedDelivery: Hashable, Sendable {
  /// A record that enters the device's scope, or whose state is delivered anew.
  public struct Enter: Hashable, Sendable {
    /// Counts the times that the record entered the device's scope, from 1; an older one is ignored.
    public let generation: UInt64
    /// The record as it stands.
    public let snapshot: RecordSnapshot

    /// Describes an enter.
    public init(generation: UInt64, snapshot: RecordSnapshot) {
      self.generation = generation
      self.snapshot = snapshot
    }
  }

  /// Counts the deliveries to this device, from 1.
  public let number: UInt64
  /// The records that enter; they replace what was confirmed before.
  public let enters: [Enter]
  /// Changes in the server's order.
  public let changes: [DeliveredChange]
  /// When there is one, nothing before it is missing.
  public let cursor: [UInt8]?
  /// Whether nothing more was waiting when this was sent.
  public let caughtUp: Bool

  /// Describes a delivery.
  public init(
    number: UInt64, enters: [Enter], changes: [DeliveredChange], cursor: [UInt8]? = nil,
    caughtUp: Bool = false
  ) {
    self.number = number
    self.enters = enters
    self.changes = changes
    self.cursor = cursor
    self.caughtUp = caughtUp
  }

  /// Reads the message.
  ///
  /// - Parameter epoch: of the server's log.
  /// - Throws: `ProtocolError` when something in it does not decode.
  init(_ message: WireDelivery, epoch: Identifier) throws {
    self.init(
      number: message.number,
      enters: try message.allEnters().map {
        Enter(generation: $0.generation, snapshot: try RecordSnapshot(encoded: Array($0.state)))
      },
      changes: try ChangeUnpacker.delivered(Array(message.changes), epoch: epoch),
      cursor: message.cursor.isEmpty ? nil : Array(message.cursor), caughtUp: message.caughtUp)
  }
}
