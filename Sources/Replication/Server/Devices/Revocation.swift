public import CRDT
public import CaseModel

/// That the access of a device ended. It holds for whatever actor the device goes on under, and never ends.
public struct Revocation: Hashable, Sendable {
  /// The device.
  public let device: Identifier
  /// Why.
  public let reason: RevocationReason
  /// Since when, in milliseconds since 1970 by the server's clock.
  public let revokedAt: Int64

  /// Describes a revocation.
  public init(device: Identifier, reason: RevocationReason, revokedAt: Int64) {
    self.device = device
    self.reason = reason
    self.revokedAt = revokedAt
  }
}

/// What somebody ended at one time, as the ledger says it.
public struct AccessEnd: Hashable, Sendable {
  /// The devices.
  public let devices: [Identifier]
  /// Why.
  public let reason: RevocationReason
  /// The account that ended with all its devices; `nil` where it goes on.
  public let account: Identifier?
  /// Whose devices they are.
  public let person: Identifier
  /// The device with which somebody asked for it.
  public let actor: ActorID

  /// Describes an end.
  public init(
    devices: [Identifier], reason: RevocationReason, account: Identifier?, person: Identifier, actor: ActorID
  ) {
    self.devices = devices
    self.reason = reason
    self.account = account
    self.person = person
    self.actor = actor
  }
}
