import GRDB

/// The row numbers of a small table that names things by ids of the wire: actors, epochs. All of it is in
/// memory.
///
/// What a transaction adds counts for others only once it is committed.
struct RowNumbers<Key: Hashable> {
  private let table: String
  private let encode: (Key) -> BoundValue
  private var rows: [Key: Int64] = [:]
  private var keys: [Int64: Key] = [:]
  private var added: [Key] = []

  init(table: String, encode: @escaping (Key) -> BoundValue) {
    self.table = table
    self.encode = encode
  }

  /// Reads the whole table.
  mutating func loadAll(_ db: Database, key: (ResultRow) throws -> Key) throws {
    for (row, key) in try db.all("SELECT id, wire FROM \(table)", [], { (try $0.integer(0), try key($0)) }) {
      load(row, key)
    }
  }

  private mutating func load(_ row: Int64, _ key: Key) {
    rows[key] = row
    keys[row] = key
  }

  subscript(key: Key) -> Int64? { rows[key] }

  func key(_ row: Int64) throws -> Key {
    guard let key = keys[row] else { throw StorageError(.damaged) }
    return key
  }

  /// The row of a key, which is added if it is new.
  mutating func row(_ key: Key, in db: Database) throws -> Int64 {
    if let row = rows[key] { return row }
    let row = Int64(rows.count + 1)
    try db.run("INSERT INTO \(table) (id, wire) VALUES (?, ?)", [.integer(row), encode(key)])
    load(row, key)
    added.append(key)
    return row
  }

  /// Keeps what the transaction added.
  mutating func commit() { added.removeAll(keepingCapacity: true) }

  /// Forgets what the transaction added.
  mutating func rollBack() {
    for key in added {
      if let row = rows.removeValue(forKey: key) { keys[row] = nil }
    }
    added.removeAll(keepingCapacity: true)
  }
}
