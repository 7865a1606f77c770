import CRDT
import GRDB

/// Seals what a replica's rows hold, opens it, and keeps the sum over the rows that are present
/// (`RowSum`), which each transaction stores with what it writes.
///
/// Used by one thread at a time, as the store's connection is.
final class SealedRows {
  /// Opens values without what stands here, and so on any thread.
  let seal: StoreSeal
  /// What the transaction that runs adds and removes.
  private var change = RowSum()
  /// The sum as it is stored; `nil` when it was not read.
  private var stored: RowSum?

  init(_ seal: StoreSeal) { self.seal = seal }

  // MARK: One value

  func sealed(_ value: [UInt8], at place: SealedPlace) throws -> SealedValue {
    try seal.seal(value, at: place)
  }

  /// - Throws: `damaged` when it is not what was stored there.
  func opened(_ value: SealedValue, at place: SealedPlace) throws -> [UInt8] {
    try seal.open(value, at: place)
  }

  /// The bytes that name the newest key in what is sealed under it.
  var currentKeyID: [UInt8] { seal.currentKeyID }

  // MARK: The sum

  /// A row with the value was written.
  func wrote(_ value: SealedValue) throws { change.add(try seal.term(of: value)) }

  /// A row with the value is about to be replaced or removed; its head suffices.
  func removed(_ value: SealedValue) throws { change.remove(try seal.term(of: value)) }

  /// The rows whose sealed values a query gives, or their heads, are about to be removed.
  func removing(_ query: String, _ values: [BoundValue] = [], _ db: Database) throws {
    for value in try db.all(query, values, { try $0.sealed(0) }) { try removed(value) }
  }

  /// A transaction begins.
  func begin() { change = RowSum() }

  /// Drops what is known of the sum, since it may not be what is stored.
  func forget() {
    change = RowSum()
    stored = nil
  }

  /// Stores the sum with what the transaction wrote.
  func store(in db: Database) throws {
    guard change != RowSum() else { return }
    var sum = try storedSum(db)
    sum.add(change)
    change = RowSum()
    let value = try sealed(sum.encoded, at: .meta(.rows))
    try db.run(
      "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
      [.text(ReplicaMeta.Part.rows.rawValue), .sealed(value)])
    stored = sum
  }

  private func storedSum(_ db: Database) throws -> RowSum {
    if let stored { return stored }
    let value = try db.first(
      "SELECT value FROM meta WHERE key = ?", [.text(ReplicaMeta.Part.rows.rawValue)]
    ) { try $0.sealed(0) }
    return try value.map { try RowSum(encoded: try opened($0, at: .meta(.rows))) } ?? RowSum()
  }

  /// Whether the rows that are present are those that were written, each as it was written last. It opens
  /// none of them.
  ///
  /// - Complexity: O(rows)
  func arePresent(_ db: Database) throws -> Bool {
    var present = RowSum()
    for query in Self.heads {
      try db.forEach(query) { present.add(try seal.term(of: try $0.sealed(0))) }
    }
    return try storedSum(db) == present
  }

  /// Every sealed value that the sum is over, by its head.
  private static let heads = [
    "SELECT value FROM meta WHERE key IN ('replica', 'progress')",
    "SELECT value FROM marker",
    "SELECT digest FROM attachment",
    head(of: "content", in: "snapshot"), head(of: "content", in: "change"),
    head(of: "content", in: "attachment_chunk"), head(of: "content", in: "opening"),
  ]

  /// The head of a column alone: a long value lies on pages that need not be read.
  static func head(of column: String, in table: String) -> String {
    "SELECT substr(\(column), 1, \(SealedValue.headBytes)) FROM \(table)"
  }
}

extension BoundValue {
  static func sealed(_ value: SealedValue) -> BoundValue { .blob(value.bytes) }
}

extension ResultRow {
  /// A column that is sealed, or the head of one.
  func sealed(_ index: Int) throws -> SealedValue { try SealedValue(stored: try blob(index)) }
}
