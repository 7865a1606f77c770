import CRDT
import CaseModel
import WireProtocol

/// What the tenant orders its devices to do.
extension ClientSession {
  /// An order of the tenant to this device. What a later version may order is passed over.
  mutating func received(_ order: WireOrder) throws -> [Action] {
    let said = try checked(order)
    switch said.order {
    case .backupWatermark(let watermark): return obeyed(watermark, number: said.number)
    case .exit(let exit): return try obeyed(exit, at: said.issuedAt)
    case .revocation(let revocation): return try obeyed(revocation, at: said.issuedAt)
    case .lease(let lease):
      return [.store(.lease(Lease(until: lease.until == 0 ? nil : lease.until)))]
    case nil: return []
    }
  }

  /// The one order that comes before the welcome: that there will be none.
  mutating func receivedBeforeWelcome(_ order: WireOrder) throws -> [Action] {
    let said = try checked(order)
    guard case .revocation(let revocation)? = said.order else { throw ProtocolError(.unexpected) }
    return try obeyed(revocation, at: said.issuedAt)
  }

  private func checked(_ order: WireOrder) throws -> WireOrderBody {
    let body = Array(order.body)
    guard
      try VerifyingKey(bytes: identity.tenantKey).isValid(Array(order.signature), over: body, for: .order)
    else { throw ProtocolError(.badSignature) }
    guard let said = try? WireOrderBody(serializedBytes: body) else { throw ProtocolError.malformed }
    guard Array(said.tenant) == identity.tenant.bytes, said.actor == identity.actor.rawValue else {
      throw ProtocolError(.unexpected)
    }
    return said
  }

  private func obeyed(_ watermark: WireBackupWatermark, number: UInt64) -> [Action] {
    let cursor = Array(watermark.cursor)
    return [
      .store(
        .watermark(
          BackupWatermark(
            number: number, entries: watermark.entries,
            coversReceived: !cursor.isEmpty && cursor == followed)))
    ]
  }

  /// The device's access ended: whatever is here goes, the sooner the less can be taken from it.
  private func obeyed(_ revocation: WireDeviceRevocation, at time: Int64) throws -> [Action] {
    guard let reason = RevocationReason(revocation.reason) else { throw ProtocolError(.unsupported) }
    return [.store(.accessEnded(AccessEnded(reason: reason, since: revocation.revokedAt), at: time))]
  }

  /// The records leave this device's scope. What is unsent in them is sent first; the receipt follows once
  /// they are wiped.
  private mutating func obeyed(_ exit: WireExit, at time: Int64) throws -> [Action] {
    let records = try HeldRecord.list(exit.records)
    let named = Set(records.map(\.record))
    let erased = try exit.erased.map { bytes in
      guard let record = Identifier(bytes: bytes), named.contains(record) else {
        throw ProtocolError.malformed
      }
      return record
    }
    exiting = exiting.filter { !named.contains($0.record) } + records
    return [.store(.exit(records, erased: Set(erased), at: time))] + tellExits()
  }

  /// What was wiped is told once that is durable.
  mutating func tellExits() -> [Action] {
    guard !exiting.isEmpty else { return [] }
    owesReceipt = true
    return [.flush, .resume]
  }

  /// Says what was wiped of what the server wants wiped.
  mutating func receipt(from replica: some ReplicaSource) throws -> [Action] {
    owesReceipt = false
    let wiped = try replica.wiped(of: exiting)
    let records = Set(wiped.map(\.held.record))
    exiting.removeAll { records.contains($0.record) }
    let wipes = try replica.wipes()
    return try Self.parts(of: wiped).map { part in
      let receipt = try identity.receipt(for: part, wipes: wipes)
      return try send { $0.receipt = receipt }
    }
  }

  /// Says what is held and the server may not know of: all, or what entered after the last delivery that it
  /// knows to have arrived.
  func list(enteredAfter number: UInt64?, from replica: some ReplicaSource) throws -> [Action] {
    try Self.parts(of: replica.holdings(enteredAfter: number)).map { part in
      try send { $0.holdings = .with { $0.records = part.map(\.message) } }
    }
  }

  /// What fits into one message each.
  private static func parts<Item>(of items: [Item]) -> [[Item]] {
    stride(from: 0, to: items.count, by: Limits.heldRecords).map {
      Array(items[$0...].prefix(Limits.heldRecords))
    }
  }
}
