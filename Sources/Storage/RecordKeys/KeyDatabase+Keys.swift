import CRDT
import Crypto
import GRDB
import WireProtocol

/// The keys of a key database: made ahead, told whose they are, read, and destroyed.
extension KeyDatabase {
  /// How many keys there are.
  func count() throws -> Int {
    try reading { Int(try $0.first("SELECT count(*) FROM record_key") { try $0.integer(0) } ?? 0) }
  }

  /// Whether it has a key, or had one.
  func wasUsed() throws -> Bool {
    try reading { db in
      try db.first("SELECT EXISTS (SELECT 1 FROM record_key) OR EXISTS (SELECT 1 FROM destroyed)") {
        try $0.integer(0) == 1
      } ?? true
    }
  }

  /// A key; `nil` when it is not here.
  ///
  /// - Throws: `StorageError`: `foreignKey` when it is wrapped with a key that is not in the wrapping file.
  func key(_ id: RecordKeyID) throws -> RecordKey? {
    let wrapped = try reading { db in
      try db.first("SELECT wrapped FROM record_key WHERE id = ?", [.key(id)]) { try $0.sealed(0) }
    }
    guard let wrapped else { return nil }
    return RecordKey(id: id, secret: SymmetricKey(data: try unwrap(wrapped, of: id)))
  }

  /// Makes keys that are nobody's yet; they are durable when this returns.
  ///
  /// - Parameter known: their names come after this one's too.
  /// - Returns: them, in order.
  func makeKeys(
    _ count: Int, after known: RecordKeyID, _ options: RecordKeyOptions
  ) throws -> [RecordKey] {
    try writing(.atCommit) { db in
      // What a rotation replaces must wrap nothing any more.
      try readWrapping()
      let last = RecordKeyID(
        rawValue: try db.first("SELECT max(id) FROM record_key") { $0.optionalInteger(0) ?? 0 } ?? 0)
      let start = max(last, known).number
      return try (1...Int64(max(count, 1))).map { offset in
        let number = start + offset
        let drawn = options.draw(number, RecordKey.byteCount + 4)
        guard drawn.count == RecordKey.byteCount + 4 else { throw StorageError(.inconsistent) }
        let name = drawn.suffix(4).reduce(0) { $0 << 8 | UInt32($1) }
        let id = try RecordKeyID(number: number, name: name)
        let secret = Array(drawn.prefix(RecordKey.byteCount))
        try db.run(
          "INSERT INTO record_key (id, wrapped) VALUES (?, ?)",
          [.key(id), .sealed(try wrap(secret, of: id, options))])
        return RecordKey(id: id, secret: SymmetricKey(data: secret))
      }
    }
  }

  /// Notes whose keys are. It outlives the process, and a power loss from the next durable transaction on:
  /// the tenant's database says it too (`ServerStore.settleKeys`).
  func tell(_ owners: [(key: RecordKeyID, record: Identifier)]) throws {
    try writing(.later) { db in
      for owner in owners {
        try db.run(
          "UPDATE record_key SET record = ? WHERE id = ?", [.blob(owner.record), .key(owner.key)])
      }
    }
  }

  /// The keys that are nobody's: the newest, in order.
  func unowned() throws -> [RecordKeyID] {
    try reading { db in
      let last = try db.first(
        "SELECT id FROM record_key WHERE record IS NOT NULL ORDER BY id DESC LIMIT 1"
      ) { try $0.integer(0) }
      return try db.all("SELECT id FROM record_key WHERE id > ? ORDER BY id", [.integer(last ?? 0)]) {
        try $0.key(0)
      }
    }
  }

  /// Deletes keys that no record has.
  func discard(_ keys: [RecordKeyID]) throws {
    guard !keys.isEmpty else { return }
    try writing(.later) { db in
      for key in keys {
        try db.run("DELETE FROM record_key WHERE id = ? AND record IS NULL", [.key(key)])
      }
    }
  }

  // MARK: Destroying

  /// The records whose keys were destroyed, and when, in milliseconds since 1970.
  func destroyed() throws -> [Identifier: Int64] {
    try reading { db in
      let rows = try db.all("SELECT record, destroyed_at FROM destroyed", []) {
        (try $0.identifier(0), try $0.integer(1))
      }
      return Dictionary(rows, uniquingKeysWith: min)
    }
  }

  /// Whether a key is there of one of these records.
  ///
  /// - Complexity: O(keys)
  func hasKeys(of records: Set<Identifier>) throws -> Bool {
    if records.isEmpty { return false }
    return try reading { db in
      var found = false
      try db.forEach("SELECT record FROM record_key WHERE record IS NOT NULL") { row in
        found = try found || records.contains(row.identifier(0))
      }
      return found
    }
  }

  /// Deletes every key that records ever had. They are gone from the file and its log when this returns,
  /// unless somebody reads the file just then; then with the next checkpoint.
  ///
  /// - Complexity: O(keys): one pass over them, however many records there are.
  func destroy(_ records: [Identifier: Int64]) throws {
    guard !records.isEmpty else { return }
    try writing(.atCommit) { db in
      var found: [RecordKeyID] = []
      try db.forEach("SELECT id, record FROM record_key WHERE record IS NOT NULL") { row in
        if records[try row.identifier(1)] != nil { found.append(try row.key(0)) }
      }
      for key in found { try db.run("DELETE FROM record_key WHERE id = ?", [.key(key)]) }
      for (record, time) in records.sorted(by: { $0.key < $1.key }) {
        try db.run(
          "INSERT OR IGNORE INTO destroyed (record, destroyed_at) VALUES (?, ?)",
          [.blob(record), .integer(time)])
      }
    }
    try dropLog()
  }
}
