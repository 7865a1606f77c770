import CRDT
import WireProtocol

/// What the tenant orders its devices to do: signed, bound to the device, and numbered. A bundle carries
/// none.
extension ServerSession {
  /// Orders the device to let go of what backups contain.
  mutating func order(_ watermark: WireBackupWatermark, tenant: Tenant, at now: Int64) -> [Action] {
    guard case .open(let open) = state, open.device.isConfirmed else { return [] }
    return order(tenant, at: now) { $0.backupWatermark = watermark }
  }

  /// Orders the device to wipe records that left its scope. That holds for one that waits for its
  /// confirmation as well.
  ///
  /// - Parameter isErased: whether nothing of a record is to be kept.
  mutating func order(
    exits: [HeldRecord], tenant: Tenant, at now: Int64, isErased: (Identifier) -> Bool
  ) -> [Action] {
    stride(from: 0, to: exits.count, by: Limits.heldRecords).flatMap { start in
      let part = exits[start...].prefix(Limits.heldRecords)
      let erased = part.map(\.record).filter(isErased)
      return order(tenant, at: now) {
        $0.exit.records = part.map(\.message)
        $0.exit.erased = erased.map { .init($0.bytes) }
      }
    }
  }

  /// Tells the device that its access ended, so that it wipes all that it has.
  mutating func order(_ revocation: Revocation, tenant: Tenant, at now: Int64) -> [Action] {
    order(tenant, at: now) { $0.revocation = revocation.message }
  }

  /// Tells the device how long it may show what it holds.
  mutating func order(_ lease: WireLease, tenant: Tenant, at now: Int64) -> [Action] {
    order(tenant, at: now) { $0.lease = lease }
  }

  mutating func order(
    _ tenant: Tenant, at now: Int64, _ fill: (inout WireOrderBody) -> Void
  ) -> [Action] {
    guard case .open(var open) = state, let session = open.number else { return [] }
    open.orders += 1
    state = .open(open)
    // A session in which so much was ordered begins anew: what is owed is ordered again.
    guard open.orders <= 0xFFFF else { return fail(.retry) }
    // Sessions of an actor are numbered, and restored or cloned ones are other actors.
    let number = session << 16 | open.orders
    return [Self.order(number: number, to: open.device.actor, tenant: tenant, at: now, fill)]
  }

  static func order(
    number: UInt64, to actor: ActorID, tenant: Tenant, at now: Int64, _ fill: (inout WireOrderBody) -> Void
  ) -> Action {
    var body = WireOrderBody()
    body.tenant = .init(tenant.id.bytes)
    body.actor = actor.rawValue
    body.number = number
    body.issuedAt = now
    fill(&body)
    let encoded: [UInt8] = (try? body.serializedBytes()) ?? []
    return .send(
      .with {
        $0.order = .with {
          $0.body = .init(encoded)
          $0.signature = .init(tenant.signingKey.sign(encoded, for: .order))
        }
      })
  }
}
