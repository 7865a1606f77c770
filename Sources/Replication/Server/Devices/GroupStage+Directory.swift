import CRDT
import CaseModel
import WireProtocol

/// Telling people which devices they have, and whose access they may end.
extension GroupStage {
  /// A page of the persons whom somebody may see here, with their devices: herself, and whom she may end.
  ///
  /// - Parameter skip: how many persons were told before.
  /// - Throws: `ProtocolError`: `NOT_PERMITTED` for a device that is not confirmed, or whose access ended;
  ///   `IN_RECOVERY`, since the server does not know who may see whom.
  /// - Complexity: O(accounts + devices of the tenant)
  func directory(for actor: ActorID, request: UInt64, skipping skip: Int) throws -> WireDirectory {
    guard !directory.isInRecovery else { throw ProtocolError(.inRecovery) }
    guard let asking = device(actor), isTrusted(asking), let own = account(asking.account) else {
      throw ProtocolError(.notPermitted)
    }
    let others = directory.accounts.values.filter { other in
      other.id != own.id
        && EndingRule.mayEnd(
          own.person, other.person, in: other.role, invitedBy: other.inviter, in: governing)
    }.sorted { $0.person < $1.person }
    let devices = Dictionary(grouping: directory.devices.keys.compactMap(device), by: \.account)
    var page = WireDirectory.with { $0.request = request }
    var byteCount = 0
    let seen = ([own] + others).dropFirst(skip)
    for person in seen {
      let entry = message(for: account(person.id) ?? person, devices[person.id] ?? [])
      byteCount += (try? entry.serializedBytes() as [UInt8])?.count ?? 0
      if !page.persons.isEmpty, byteCount > Limits.batchBytes { break }
      page.persons.append(entry)
    }
    page.complete = page.persons.count == seen.count
    return page
  }

  private func message(for account: Account, _ devices: [Device]) -> WireDirectoryPerson {
    let own = Dictionary(grouping: devices, by: \.id).values.compactMap(message)
    return .with {
      $0.person = .init(account.person.bytes)
      $0.name = account.personName
      $0.role = account.role.rawValue
      $0.ended = account.endedAt != nil
      $0.devices = Array(
        own.sorted { ($0.enrolledAt, $0.device.first ?? 0) > ($1.enrolledAt, $1.device.first ?? 0) }
          .prefix(Limits.directoryDevices))
    }
  }

  /// One device, under whatever actors it wrote.
  private func message(for actors: [Device]) -> WireDirectoryDevice? {
    let living = actors.filter { !$0.isRetired }
    guard let any = living.first ?? actors.first else { return nil }
    let revocation = revocation(of: any)
    return .with {
      $0.device = .init(any.id.bytes)
      $0.name = any.name
      $0.enrolledAt = actors.map(\.enrolledAt).min() ?? 0
      $0.contactDay = actors.map(\.contactDay).max() ?? 0
      $0.unconfirmed = living.contains { !$0.isConfirmed }
      if let revocation {
        $0.revocation = revocation.reason.message
        $0.revokedAt = revocation.revokedAt
      }
    }
  }
}

extension RevocationReason {
  /// As it is sent.
  var message: WireRevocationReason {
    WireRevocationReason(rawValue: Int(rawValue)) ?? .revocationUnspecified
  }

  /// Reads what was sent; `nil` for what is none.
  init?(_ message: WireRevocationReason) {
    guard let number = UInt32(exactly: message.rawValue), let reason = Self(rawValue: number) else {
      return nil
    }
    self = reason
  }
}
