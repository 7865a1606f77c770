public import CRDT
public import WireProtocol

/// That a record was shown on a device, as the device writes it down before it shows it
/// (`Protocol/knowing.md`, section 1).
public struct Opening: Hashable, Sendable {
  /// What was shown, when and for what purpose.
  public let event: OpenedEvent
  /// 16 random bytes for the part that says who.
  public let agentSalt: Identifier
  /// 16 random bytes for the event.
  public let eventSalt: Identifier

  /// Describes what was shown.
  public init(_ event: OpenedEvent, agentSalt: Identifier, eventSalt: Identifier) {
    self.event = event
    self.agentSalt = agentSalt
    self.eventSalt = eventSalt
  }

  /// The digest of the event's part, by which the row is known again.
  public var digest: Digest { event.digest(salt: eventSalt) }

  /// Reads the message.
  ///
  /// - Throws: `ProtocolError` when its parts are not what they should be.
  public init(_ message: WireOpenedRow) throws {
    guard let agentSalt = Identifier(bytes: message.agentSalt),
      let eventSalt = Identifier(bytes: message.eventSalt)
    else { throw ProtocolError.malformed }
    self.init(
      try OpenedEvent(encoded: Array(message.event)), agentSalt: agentSalt, eventSalt: eventSalt)
  }

  /// The message.
  public var message: WireOpenedRow {
    .with {
      $0.agentSalt = .init(agentSalt.bytes)
      $0.eventSalt = .init(eventSalt.bytes)
      $0.event = .init(event.encoded)
    }
  }
}
