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
        WHERE (generation > 0 OR kind IS NOT NULL) AND (?1 IS NULL OR entered_in > ?1) AND \(Self.isNotWiped)
        """, [number.map { .bits($0) } ?? .null]
      ) { HeldRecord(record: try $0.identifier(0), generation: try $0.unsigned(1)) }
    }
  }

  static let isNotWiped = """
    NOT EXISTS (SELECT 1 FROM exit WHERE exit.record = record.wire AND wiped_at IS NOT NULL)
    """

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
  /// - Parameters:
  ///   - erased: of which of them nothing is kept, own work neither.
  ///   - time: milliseconds since 1970 by the server's clock.
  func exit(_ records: [HeldRecord], erased: Set<Identifier>, at time: Int64) throws {
    let wiped = try writing { db, staged in
      try freeze(records, erased: erased, &staged, db)
      return try wipeExited(at: time, &staged, db)
    }
    if wiped { dropLog() }
  }

  /// Shows and writes these records no more.
  func freeze(
    _ records: [HeldRecord], erased: Set<Identifier> = [], _ staged: inout Staged, _ db: Database
  ) throws {
    for held in records {
      var replica = try takeOrNew(held.record, &staged, db)
      defer { staged.replicas[held.record] = replica }
      // It entered again since.
      guard replica.generation <= held.generation else { continue }
      replica.exit = Replica.Exit(generation: held.generation, isWiped: replica.exit?.isWiped ?? false)
      if erased.contains(held.record) { try dropSealedBytes(of: held.record, db) }
      try db.run(
        """
        INSERT INTO exit (record, generation, sealed_items, is_erased) VALUES (?, ?, 0, ?)
        ON CONFLICT (record) DO UPDATE SET generation = max(generation, excluded.generation),
          is_erased = max(is_erased, excluded.is_erased)
        """, [.blob(held.record), .bits(held.generation), .integer(erased.contains(held.record) ? 1 : 0)])
    }
  }

  /// Wipes the records that left the scope, as far as no own work in them waits.
  ///
  /// - Returns: whether anything was wiped.
  func wipeExited(at time: Int64, _ staged: inout Staged, _ db: Database) throws -> Bool {
    let left = try db.all("SELECT record, is_erased FROM exit WHERE wiped_at IS NULL", []) {
      (record: try $0.identifier(0), isErased: try $0.integer(1) == 1)
    }
    var wipes: UInt64 = 0
    for (id, isErased) in left {
      guard var replica = try take(id, &staged, db) else { continue }
      defer { staged.replicas[id] = replica }
      if try hasWaitingWork(in: replica, staged, db) { continue }
      let items = try wipe(replica, keepingOwnWork: !isErased, db)
      replica.wipe()
      try db.run(
        "UPDATE exit SET wiped_at = ?, sealed_items = sealed_items + ? WHERE record = ?",
        [.integer(time), .integer(items), .blob(id)])
      wipes += 1
    }
    if wipes > 0 { try stage(&staged, db) { $0.wipes += wipes } }
    return wipes > 0
  }

  /// Whether entries that touch the record have no verdict, or are to be written again. Once the device's
  /// access has ended nothing is written again, and of a stolen one nothing is sent.
  private func hasWaitingWork(in replica: Replica, _ staged: Staged, _ db: Database) throws -> Bool {
    let meta = try staged.meta ?? meta(db)
    if meta.accessEnded?.reason == .stolen { return false }
    return try db.first(
      """
      SELECT 1 FROM change c JOIN entry e ON e.number = c.entry
      WHERE c.record = ? AND (e.status = ? OR e.number > ?) LIMIT 1
      """,
      [
        .integer(replica.row),
        meta.accessEnded == nil ? .integer(ReplicaSchema.Status.awaiting.rawValue) : .null,
        .bits(meta.judgedEntries),
      ]
    ) { try $0.integer(0) } != nil
  }

  /// Deletes what was received of a record, kept copies and attachments' bytes too. Own work is sealed to the
  /// tenant: this device can hand it over, and not read it. Of what was erased it goes too.
  ///
  /// - Returns: how many items were sealed.
  private func wipe(_ replica: Replica, keepingOwnWork isKept: Bool, _ db: Database) throws -> Int {
    let record = replica.snapshot.record
    var items = try takeOwnWork(in: replica, sealing: isKept, db)
    if isKept { items += try sealOwnBytes(of: record, db) }
    try dropChanges(where: "record = ? AND entry IS NULL", [.integer(replica.row)], db)
    try sealed.removing(
      SealedRows.head(of: "content", in: "snapshot") + " WHERE record = ?", [.integer(replica.row)], db)
    try db.run("DELETE FROM snapshot WHERE record = ?", [.integer(replica.row)])
    try forgetAudiences(of: record, db)
    try dropAttachment(record, db)
    if !isKept { try dropSealedBytes(of: record, db) }
    return items
  }

  private func takeOwnWork(in replica: Replica, sealing isKept: Bool, _ db: Database) throws -> Int {
    let own = try db.all(
      """
      SELECT id, record, actor, number, content, previous, received_at, status, epoch, sealed, mac FROM change
      WHERE record = ? AND entry NOT NULL ORDER BY id
      """, [.integer(replica.row)]
    ) { row in
      (
        row: try row.integer(0), stored: try row.sealed(4),
        content: try content(of: row, from: 1, in: replica.snapshot.record), previous: try row.bytes(5),
        stamp: try ChangeStamp(row, from: 6)
      )
    }.filter { $0.content.payload != nil }
    for change in own {
      let header = try ChangeHeader(canonicalBytes: change.content.header)
      if isKept { try seal(Self.item(change.content, header, change.previous, change.stamp), db) }
      let rest = try sealedContent(header, nil, nil, row: replica.row)
      try sealed.removed(change.stored)
      try db.run("UPDATE change SET content = ? WHERE id = ?", [.sealed(rest), .integer(change.row)])
      try sealed.wrote(rest)
    }
    return isKept ? own.count : 0
  }

  private static func item(
    _ content: ChangeContent, _ header: ChangeHeader, _ previous: [UInt8]?, _ stamp: ChangeStamp?
  ) -> WireSealedItem {
    .with {
      $0.change.header = .init(content.header)
      $0.change.payload = .init(content.payload ?? [])
      $0.change.previous = .init(previous ?? [])
      if let stamp { $0.change.stamp = stamp.message }
      if let origin = content.origin.flatMap({ try? ChangeOrigin(encoded: $0) }) {
        $0.change.origin = origin.message(of: header)
      }
    }
  }

  /// Bytes that were attached here, as far as the server is not known to have them all.
  private func sealOwnBytes(of record: Identifier, _ db: Database) throws -> Int {
    let own = try db.first(
      "SELECT id, present FROM attachment WHERE record = ? AND own = 1 AND epoch IS NULL", [.blob(record)]
    ) { (row: try $0.integer(0), present: try $0.unsigned(1)) }
    guard let own else { return 0 }
    if let kept = try keepSealedBytes(of: record, db) { return kept }
    let stored = StoredContent(attachment: own.row, sealed: sealed)
    let starts = stride(from: UInt64(0), to: own.present, by: Limits.chunkBytes)
    for start in starts {
      let bytes = try stored.read(at: start, count: Limits.chunkBytes, db)
      let chunk = AttachmentChunk(attachment: record, offset: start, content: bytes)
      try seal(.with { $0.chunk = chunk.message }, db)
    }
    return Array(starts).count
  }

  private func dropAttachment(_ record: Identifier, _ db: Database) throws {
    let known = try db.first("SELECT id, digest FROM attachment WHERE record = ?", [.blob(record)]) {
      (row: try $0.integer(0), digest: try $0.sealed(1))
    }
    guard let known else { return }
    try StoredContent(attachment: known.row, sealed: sealed).remove(db)
    try sealed.removed(known.digest)
    try db.run("DELETE FROM attachment WHERE id = ?", [.integer(known.row)])
  }

  private func seal(_ item: WireSealedItem, _ db: Database) throws {
    let meta = try meta(db)
    guard let key = meta.tenantAgreementKey else { return }
    let content = try TenantSeal.seal(
      try item.serializedBytes(), to: key, tenant: meta.tenant, actor: meta.actor)
    try db.run(
      "INSERT INTO sealed_item (actor, content) VALUES (?, ?)", [.bits(meta.actor), .blob(content)])
  }
}
