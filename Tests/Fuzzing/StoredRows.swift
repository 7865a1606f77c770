import CRDT
import GRDB

@testable import Replication
@testable import Storage
@testable import WireProtocol

/// Rows of the server's log as a damaged disk may give them, by way of SQLite itself.
///
/// An input is the columns of numbers, each of eight bytes, little-endian; then each column of bytes but the
/// last one after its length in two bytes, of which 65,535 stands for NULL.
enum StoredRows {
  private static let database: DatabaseQueue? = {
    let database = try? DatabaseQueue()
    try? database?.inDatabase { db in
      try db.execute(
        sql: """
          CREATE TABLE segment (id INTEGER PRIMARY KEY, record, actor, number, last, changes, run, epoch,
            packed, stamps);
          CREATE TABLE journal (actor, last, entries, received_at, first, digest, outcomes, seals,
            PRIMARY KEY (actor, last));
          CREATE TABLE epoch (id INTEGER PRIMARY KEY, wire);
          CREATE TABLE actor (id INTEGER PRIMARY KEY, wire);
          """)
    }
    return database
  }()
  /// One epoch and one actor are known, both as row 1.
  nonisolated(unsafe) private static var epochs = known(Identifier(high: 1, low: 2), "epoch") { .blob($0) }
  nonisolated(unsafe) private static var actors = known(ActorID(rawValue: 7), "actor") { .bits($0) }

  private static func known<Key: Hashable>(
    _ key: Key, _ table: String, _ encode: @escaping (Key) -> BoundValue
  ) -> RowNumbers<Key> {
    var numbers = RowNumbers(table: table, encode: encode)
    try? database?.inDatabase { db in _ = try numbers.row(key, in: db) }
    numbers.commit()
    return numbers
  }

  /// A segment: what it holds is delivered, checked and erased.
  static func segment(_ bytes: [UInt8]) throws -> [UInt8]? {
    try row(
      bytes, table: "segment", columns: SegmentStamps.columns + ", packed",
      ["id", "record", "actor", "number", "last", "changes", "run", "epoch"], ["packed", "stamps"]
    ) { row, db in
      // What is sealed was written by the server itself; here it is as it was before.
      var segment = try Segment(try SegmentStamps(row, epochs: epochs), packed: try row.blob(9))
      for change in segment.changes {
        _ = change.delivered
        _ = change.follows(change.digest)
      }
      _ = SegmentStamps.names(row, actors: actors)
      return {
        try segment.write(db, epochs: &epochs, packed: .blob(segment.packed))
        if let first = segment.changes.first { _ = segment.erase(first.header.id) }
      }
    }
  }

  /// A run of journal entries.
  static func journal(_ bytes: [UInt8]) throws -> [UInt8]? {
    try row(
      bytes, table: "journal", columns: JournalRun.columns,
      ["actor", "last", "entries", "received_at", "first"], ["digest", "outcomes", "seals"]
    ) { row, db in
      let run = try JournalRun(row, actors: actors)
      let seal = Seal(
        epoch: Identifier(high: 1, low: 2), sealedPosition: 3, mac: Identifier(high: 4, low: 5))
      let before = JournalHead(entries: run.firstEntry &- 1, digest: run.journal.digest)
      let changes = (0..<min(run.changes, 256)).map { _ in (digest: run.journal.digest, seal: seal) }
      _ = try? run.entries(after: before, changes)
      return { try run.write(db, actors: &actors) }
    }
  }

  /// Stores the columns as they are, reads them as the store does, has them written again, and gives what
  /// then stands there.
  private static func row(
    _ bytes: [UInt8], table: String, columns: String, _ numbers: [String], _ blobs: [String],
    _ read: (ResultRow, Database) throws -> () throws -> Void
  ) throws -> [UInt8]? {
    // Before the database is asked for a row: it takes one question at a time.
    _ = (epochs, actors)
    var rest = bytes[...]
    var values = numbers.map { _ in BoundValue.integer(Int64(bitPattern: number(&rest, byteCount: 8))) }
    for name in blobs {
      let count = name == blobs.last ? rest.count : Int(number(&rest, byteCount: 2))
      values.append(count == 0xffff ? .null : .blob(Array(rest.prefix(count))))
      rest = rest.dropFirst(count == 0xffff ? 0 : count)
    }
    let places = Array(repeating: "?", count: values.count).joined(separator: ", ")
    return try database?.inDatabase { db in
      try db.run("DELETE FROM \(table)")
      let names = (numbers + blobs).joined(separator: ", ")
      try db.run("INSERT INTO \(table) (\(names)) VALUES (\(places))", values)
      let write = try db.first("SELECT \(columns) FROM \(table)") { try read($0, db) }
      try db.run("DELETE FROM \(table)")
      try write?()
      return try db.first("SELECT \(names) FROM \(table)") { row in
        var bytes: [UInt8] = []
        for index in numbers.indices { append(try row.unsigned(index), byteCount: 8, to: &bytes) }
        for (index, name) in blobs.enumerated() {
          let column = try row.bytes(numbers.count + index)
          if name != blobs.last { append(UInt64(column?.count ?? 0xffff), byteCount: 2, to: &bytes) }
          bytes += column ?? []
        }
        return bytes
      }
    }
  }

  private static func number(_ bytes: inout ArraySlice<UInt8>, byteCount: Int) -> UInt64 {
    defer { bytes = bytes.dropFirst(byteCount) }
    return bytes.prefix(byteCount).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func append(_ number: UInt64, byteCount: Int, to bytes: inout [UInt8]) {
    for place in 0..<byteCount { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * place))) }
  }
}
