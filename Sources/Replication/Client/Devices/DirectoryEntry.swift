public import CRDT
public import CaseModel
import WireProtocol

/// A person in the directory, with her devices: oneself, or somebody whose access one may end.
public struct DirectoryEntry: Hashable, Sendable {
  /// A device of hers.
  public struct Device: Hashable, Sendable {
    /// Names the device.
    public let id: Identifier
    /// What its person calls it.
    public let name: String
    /// When it was enrolled, in milliseconds since 1970 by the server's clock.
    public let enrolledAt: Int64
    /// The day of its last session, counted from 1970.
    public let contactDay: Int32
    /// Whether a person is still to confirm it.
    public let isUnconfirmed: Bool
    /// That its access ended; `nil` while it goes on.
    public let ended: AccessEnded?
  }

  /// The person.
  public let person: Identifier
  /// Her name.
  public let name: String
  /// Her role in the tenant.
  public let role: Role
  /// Whether her account has ended.
  public let isEnded: Bool
  /// Her devices, the newest first.
  public let devices: [Device]
}

extension DirectoryEntry {
  /// Reads what the server said.
  ///
  /// - Throws: `ProtocolError`: `MALFORMED`; `UNSUPPORTED` for a reason that this version does not know.
  init(_ message: WireDirectoryPerson) throws {
    guard let person = Identifier(bytes: message.person) else { throw ProtocolError.malformed }
    self.init(
      person: person, name: message.name, role: Role(rawValue: message.role), isEnded: message.ended,
      devices: try message.devices.map(Device.init))
  }
}

extension DirectoryEntry.Device {
  fileprivate init(_ message: WireDirectoryDevice) throws {
    guard let id = Identifier(bytes: message.device) else { throw ProtocolError.malformed }
    var ended: AccessEnded?
    if message.revocation != .revocationUnspecified {
      guard let reason = RevocationReason(message.revocation) else { throw ProtocolError(.unsupported) }
      ended = AccessEnded(reason: reason, since: message.revokedAt)
    }
    self.init(
      id: id, name: message.name, enrolledAt: message.enrolledAt, contactDay: message.contactDay,
      isUnconfirmed: message.unconfirmed, ended: ended)
  }
}
