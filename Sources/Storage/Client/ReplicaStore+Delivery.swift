public import CRDT
import GRDB
public import Replication
import WireProtocol

extension ReplicaStore {
  /// Takes in what the server delivered, in one transaction.
  ///
  /// A state replaces what was confirmed, unless it is of an older generation. A change that is in the
  /// confirmed state already changes nothing. It is durable after `flush`. A power failure before
  /// takes the cursor away with it, and the server sends it again; but that a record entered must not be
  /// acknowledged before.
  ///
  /// - Parameter caughtUpAt: when there is one, nothing waits on either side after this delivery.
  /// - Throws: `StorageError`, and then nothing is stored: `unknownRecord` for a change of a record that did
  ///   not enter, `gap` when its actor's change before is missing, `notReady` when others that it stands on
  ///   are, `chainMismatch` when it names an own change and is another, `damaged` when it does not decode.
  public func apply(delivery: ReceivedDelivery, caughtUpAt: Int64? = nil) throws -> AppliedDelivery {
    try writing(.later) { db, staged in
      var applied = AppliedDelivery(number: delivery.number)
      for enter in delivery.enters { try apply(enter, &applied, &staged, db) }
      for change in delivery.changes { try apply(change, &applied, &staged, db) }
      let lastRow =
        delivery.cursor == nil || delivery.changes.isEmpty
        ? nil : try db.first("SELECT max(id) FROM change") { $0.optionalInteger(0) ?? 0 }
      try stage(&staged, db) { meta in
        meta.deliveries = delivery.number
        if let lastRow { meta.receivedUpTo = lastRow }
        if let cursor = delivery.cursor { meta.cursor = cursor }
        // The cursor lies behind all that this device gave back.
        if delivery.caughtUp, delivery.cursor != nil { meta.isUnproved = false }
        if let caughtUpAt { meta.lastCaughtUp = caughtUpAt }
      }
      return applied
    }
  }

  /// What the device holds: each record that entered, with its generation, in no order.
  public func holdings() throws -> [(record: Identifier, generation: UInt64)] {
    try reading { db in
      try db.all("SELECT wire, generation FROM record WHERE generation > 0 AND \(Self.isNotWiped)", []) {
        (record: try $0.identifier(0), generation: try $0.unsigned(1))
      }
    }
  }

  func apply(
    _ enter: ReceivedDelivery.Enter, _ applied: inout AppliedDelivery, _ staged: inout Staged, _ db: Database
  ) throws {
    let id = enter.snapshot.record
    var replica = try takeOrNew(id, &staged, db)
    defer { staged.replicas[id] = replica }
    guard enter.generation >= replica.generation else { return }
    if let exit = replica.exit {
      // What a bundle or an older session brings does not bring back what left the scope.
      guard enter.generation > exit.generation else { return }
      try db.run("DELETE FROM exit WHERE record = ?", [.blob(id)])
    }
    replica.replaceSnapshot(by: enter.snapshot, generation: enter.generation, in: applied.number)
    applied.records[id, default: .init()].isEnter = true
  }

  func apply(
    _ delivered: DeliveredChange, _ applied: inout AppliedDelivery, _ staged: inout Staged, _ db: Database
  ) throws {
    let header = delivered.header
    guard var replica = try take(header.record, &staged, db), replica.exit == nil else {
      throw StorageError(.unknownRecord, record: header.record, change: header.id)
    }
    defer { staged.replicas[header.record] = replica }
    if replica.isConfirmed(header.id) { return }
    guard replica.isNext(header.id) else {
      throw StorageError(.gap, record: header.record, change: header.id)
    }
    let meta = try meta(db)
    let previous = replica.snapshot.digest(of: header.id.actor, tenant: meta.tenant)
    let change = delivered.payload.map {
      EncodedChange(header: header, payload: $0, origin: delivered.origin)
    }
    guard let digest = change?.digest(after: previous) ?? delivered.voidDigest else {
      throw StorageError(.damaged, record: header.record, change: header.id)
    }
    let own = replica.pending.first { $0.header.id == header.id }
    if let own, own.digest != digest {
      throw StorageError(.chainMismatch, record: header.record, change: header.id)
    }
    let accepted = try change?.decoded(receivedAt: delivered.receivedAt, seal: delivered.seal)
    let head = RecordSnapshot.Head(
      id: header.id, digest: digest, receivedAt: delivered.receivedAt, isAccepted: accepted != nil,
      seal: delivered.seal)
    try replica.confirm(header, accepted, head: head)
    applied.records[header.record, default: .init()].changes += accepted == nil ? [] : [header.id]
    if let own {
      try stamp(own.row, isAccepted: accepted != nil, delivered.receivedAt, delivered.seal, db)
    } else {
      try insert(delivered, digest, after: previous, row: replica.row, db)
    }
  }

  private func insert(
    _ delivered: DeliveredChange, _ digest: Digest, after previous: Digest, row: Int64, _ db: Database
  ) throws {
    let status: ReplicaSchema.Status = delivered.payload == nil ? .void : .accepted
    let content = try sealedContent(
      delivered.header, delivered.payload,
      delivered.payload == nil ? nil : delivered.origin?.encoded(of: delivered.header), row: row)
    try db.run(
      """
      INSERT INTO change (record, actor, number, content, digest, status, received_at, epoch, sealed, mac,
        previous) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (record, actor, number) DO NOTHING
      """,
      [
        .integer(row), .bits(delivered.header.id.actor), .bits(delivered.header.id.number),
        .sealed(content), .blob(digest), .integer(status.rawValue), .integer(delivered.receivedAt),
        .blob(delivered.seal.epoch), .bits(delivered.seal.sealedPosition), .blob(delivered.seal.mac),
        .blob(previous),
      ])
    if db.changesCount > 0 { try sealed.wrote(content) }
  }
}
