public import CRDT
import GRDB
public import Replication
import WireProtocol

/// What leaves the device's scope: it is shown no more at once, and wiped when nothing unsent stands on it.
extension ReplicaStore {
  public func holdings(enteredAfter number: UInt64?) throws -> [HeldRecord] {
    try reading { db in
      try db.all(
        """
        SELECT wire, generation FROM record
        WHERE (generation > 0 OR kind IS NOT NULL) AND (?1 IS NULL OR entered_in > ?1)
          AND NOT EXISTS (SELECT 1 FROM exit WHERE exit.record = record.wire AND wiped_at IS NOT NULL
            AND exit.generation >= record.generation)
        """, [number.map { .bits($0) } ?? .null]
      ) { HeldRecord(record: try $0.identifier(0), generation: try $0.unsigned(1)) }
    }
  }

  public func wiped(of records: [HeldRecord]) throws -> [WipedRecord] {
    try reading { db in
      try records.compactMap { held in
        let found = try db.first(
          "SELECT generation, wiped_at, sealed_items FROM exit WHERE record = ?", [.blob(held.record)]
        ) { row in
          (
            generation: try row.unsigned(0), wipedAt: row.optionalInteger(1),
            sealedItems: Int(try row.integer(2))
          )
        }
        // Without a row it has entered again since: of this generation nothing is left.
        guard let found else { return WipedRecord(held, at: 0, sealedItems: 0) }
        guard let wipedAt = found.wipedAt, found.generation >= held.generation else { return nil }
        return WipedRecord(held, at: wipedAt, sealedItems: found.sealedItems)
      }
    }
  }

  public func wipes() throws -> UInt64 { try meta().wipes }

  /// Whether a record left the device's scope and was wiped, and has not entered again.
  public func wasWiped(_ record: Identifier) throws -> Bool {
    try reading { db in
      try db.first("SELECT 1 FROM exit WHERE record = ? AND wiped_at IS NOT NULL", [.blob(record)]) {
        try $0.integer(0)
      } != nil
    }
  }

  /// What is kept of records that left the scope, sealed to the tenant's key, in the order in which it was
  /// sealed.
  public func sealedItems() throws -> [[UInt8]] {
    try reading { db in
      try db.all("SELECT content FROM sealed_item ORDER BY id", []) { try $0.blob(0) }
    }
  }

  /// The server says that records left the device's scope. They are shown and written to no more. Each is
  /// wiped in the same transaction, unless own work in it waits for its verdict: then with that.
  ///
  /// - Parameter time: milliseconds since 1970 by the server's clock.
  func exit(_ records: [HeldRecord], at time: Int64) throws {
    let wiped = try writing { db, staged in
      for held in records {
        var replica = try takeOrNew(held.record, &staged, db)
        defer { staged.replicas[held.record] = replica }
        // It entered again since.
        guard replica.generation <= held.generation else { continue }
        replica.exit = Replica.Exit(generation: held.generation, isWiped: replica.exit?.isWiped ?? false)
        try db.run(
          """
          INSERT INTO exit (record, generation, sealed_items) VALUES (?, ?, 0)
          ON CONFLICT (record) DO UPDATE SET generation = max(generation, excluded.generation)
          """, [.blob(held.record), .bits(held.generation)])
      }
      return try wipeExited(at: time, &staged, db)
    }
    if wiped { dropLog() }
  }

  /// Wipes the records that left the scope, as far as no own work in them waits.
  ///
  /// - Returns: whether anything was wiped.
  func wipeExited(at time: Int64, _ staged: inout Staged, _ db: Database) throws -> Bool {
    let left = try db.all("SELECT record FROM exit WHERE wiped_at IS NULL", []) { try $0.identifier(0) }
    var wipes: UInt64 = 0
    for id in left {
      guard var replica = try take(id, &staged, db) else { continue }
      defer { staged.replicas[id] = replica }
      guard try !hasWaitingWork(in: replica, staged, db) else { continue }
      let sealed = try wipe(replica, db)
      replica.wipe()
      try db.run(
        "UPDATE exit SET wiped_at = ?, sealed_items = sealed_items + ? WHERE record = ?",
        [.integer(time), .integer(sealed), .blob(id)])
      wipes += 1
    }
    if wipes > 0 { try stage(&staged, db) { $0.wipes += wipes } }
    return wipes > 0
  }

  /// Whether entries that touch the record have no verdict, or are to be written again.
  private func hasWaitingWork(in replica: Replica, _ staged: Staged, _ db: Database) throws -> Bool {
    try db.first(
      """
      SELECT 1 FROM change c JOIN entry e ON e.number = c.entry
      WHERE c.record = ? AND (e.status = 4 OR e.number > ?) LIMIT 1
      """, [.integer(replica.row), .bits(try (staged.meta ?? meta(db)).judgedEntries)]
    ) { try $0.integer(0) } != nil
  }

  /// Deletes what was received of a record, kept copies and attachments' bytes too. Own work is sealed to the
  /// tenant: this device can hand it over, and not read it.
  ///
  /// - Returns: how many items were sealed.
  private func wipe(_ replica: Replica, _ db: Database) throws -> Int {
    let record = replica.snapshot.record
    let sealed = try sealOwnWork(in: replica, db) + sealOwnBytes(of: record, db)
    try db.run("DELETE FROM change WHERE record = ? AND entry IS NULL", [.integer(replica.row)])
    try db.run("DELETE FROM snapshot WHERE record = ?", [.integer(replica.row)])
    let attachment = "(SELECT id FROM attachment WHERE record = ?)"
    try db.run("DELETE FROM attachment_chunk WHERE attachment IN \(attachment)", [.blob(record)])
    try db.run("DELETE FROM attachment WHERE record = ?", [.blob(record)])
    return sealed
  }

  private func sealOwnWork(in replica: Replica, _ db: Database) throws -> Int {
    let own = try db.all(
      """
      SELECT id, header, payload, previous, received_at, status, epoch, sealed, mac, origin FROM change
      WHERE record = ? AND entry NOT NULL AND payload NOT NULL ORDER BY id
      """, [.integer(replica.row)]
    ) { row in
      let header = try row.blob(1)
      var offered = WireOfferedChange()
      offered.header = .init(header)
      offered.payload = .init(try row.blob(2))
      offered.previous = .init(try row.bytes(3) ?? [])
      if let stamp = try ChangeStamp(row, from: 4) { offered.stamp = stamp.message }
      if let origin = try row.bytes(9) {
        let written = try ChangeHeader(canonicalBytes: header)
        offered.origin = try ChangeOrigin(encoded: origin).message(of: written)
      }
      return (row: try row.integer(0), header: header, offered: offered)
    }
    for change in own {
      try seal(.with { $0.change = change.offered }, db)
      try db.run(
        "UPDATE change SET payload = NULL, origin = NULL, content_check = ? WHERE id = ?",
        [ContentCheck.of(change.header, nil), .integer(change.row)])
    }
    return own.count
  }

  /// Bytes that were attached here, as far as the server is not known to have them all.
  private func sealOwnBytes(of record: Identifier, _ db: Database) throws -> Int {
    let chunks = try db.all(
      """
      SELECT c.start, c.content FROM attachment a JOIN attachment_chunk c ON c.attachment = a.id
      WHERE a.record = ? AND a.own = 1 AND a.epoch IS NULL ORDER BY c.start
      """, [.blob(record)]
    ) { (start: try $0.unsigned(0), content: try $0.blob(1)) }
    for chunk in chunks {
      try seal(
        .with {
          $0.chunk = AttachmentChunk(attachment: record, offset: chunk.start, content: chunk.content).message
        }, db)
    }
    return chunks.count
  }

  private func seal(_ item: WireSealedItem, _ db: Database) throws {
    let meta = try meta(db)
    guard let key = meta.tenantAgreementKey else { return }
    let sealed = try TenantSeal.seal(
      try item.serializedBytes(), to: key, tenant: meta.tenant, actor: meta.actor)
    try db.run("INSERT INTO sealed_item (content) VALUES (?)", [.blob(sealed)])
  }
}
