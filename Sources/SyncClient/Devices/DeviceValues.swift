public import CRDT
public import CaseModel
import Replication

/// A person in the directory, with her devices: oneself, or somebody whose access one may end.
public struct PersonListing: Hashable, Sendable {
  /// The person.
  public let person: Identifier
  /// Her name.
  public let name: String
  /// Her role in the tenant.
  public let role: Role
  /// Whether her account has ended.
  public let isEnded: Bool
  /// Her devices, the newest first.
  public let devices: [DeviceListing]
}

/// A device in the directory.
public struct DeviceListing: Hashable, Sendable {
  /// Names the device.
  public let id: Identifier
  /// What its person calls it.
  public let name: String
  /// Whether it is the one that asks.
  public let isThisOne: Bool
  /// When it was enrolled, in milliseconds since 1970 by the server's clock.
  public let enrolledAt: Int64
  /// The day of its last session.
  public let contactDay: CalendarDay?
  /// Whether a person is still to confirm it.
  public let isUnconfirmed: Bool
  /// Why its access ended; `nil` while it goes on.
  public let revocation: RevocationReason?
  /// When it did, in milliseconds since 1970 by the server's clock.
  public let revokedAt: Int64?
  /// Whether it waits for somebody to confirm it.
  public var waits: Bool { isUnconfirmed && revocation == nil }
}

/// That the access of this device ended.
public struct AccessEndSummary: Hashable, Sendable {
  /// Why.
  public let reason: RevocationReason
  /// Since when, in milliseconds since 1970 by the server's clock.
  public let since: Int64
  /// How much own work is kept, sealed to the municipality: it can be handed over, and not read here.
  public let sealedItems: Int
  /// How many acts are still to be handed over before the rest is wiped.
  public let pendingEntries: Int
}

/// How long this device may show what it holds without reaching the server.
public struct LeaseSummary: Hashable, Sendable {
  /// Milliseconds since 1970 by the server's clock; `nil` without end.
  public let until: Int64?
  /// Whether that is over: nothing is shown until the server was reached.
  public let isOver: Bool
}

extension PersonListing {
  init(_ entry: DirectoryEntry, here device: Identifier?) {
    self.init(
      person: entry.person, name: entry.name, role: entry.role, isEnded: entry.isEnded,
      devices: entry.devices.map { DeviceListing($0, isThisOne: $0.id == device) })
  }
}

extension DeviceListing {
  fileprivate init(_ device: DirectoryEntry.Device, isThisOne: Bool) {
    self.init(
      id: device.id, name: device.name, isThisOne: isThisOne, enrolledAt: device.enrolledAt,
      contactDay: try? CalendarDay(dayNumber: device.contactDay), isUnconfirmed: device.isUnconfirmed,
      revocation: device.ended?.reason, revokedAt: device.ended?.since)
  }
}
