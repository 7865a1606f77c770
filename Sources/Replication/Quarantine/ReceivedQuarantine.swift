public import CRDT
public import WireProtocol

/// An entry that waits for this person's decision, as the server tells it.
public struct ReceivedQuarantine: Hashable, Sendable {
  /// Names it.
  public let name: QuarantineName
  /// Since when it waits: milliseconds since 1970 by the server's clock.
  public let receivedAt: Int64
  /// Why it was not accepted.
  public let code: ErrorCode
  /// The account of its author.
  public let account: Identifier
  /// The author's name.
  public let authorName: String
  /// The name of the device that it was written on.
  public let deviceName: String
  /// The changes as they were pushed.
  public let changes: [OfferedChange]

  /// Reads the message.
  ///
  /// - Throws: `ProtocolError` when its parts are not what they should be.
  init(_ message: WireQuarantinedEntry) throws {
    guard message.hasName, let account = Identifier(bytes: message.account), !message.changes.isEmpty,
      message.changes.count <= Limits.entryChanges, message.authorName.utf8.count <= Limits.nameBytes,
      message.deviceName.utf8.count <= Limits.nameBytes
    else { throw ProtocolError.malformed }
    name = QuarantineName(message.name)
    receivedAt = message.receivedAt
    code = ErrorCode(rawValue: message.code)
    self.account = account
    authorName = message.authorName
    deviceName = message.deviceName
    changes = try message.changes.map(OfferedChange.init)
    guard changes.allSatisfy({ $0.change.header.id.actor == name.actor && $0.payloadDigest == nil }) else {
      throw ProtocolError.malformed
    }
  }
}
