public import CRDT
import GRDB
public import Replication
import WireProtocol

/// What was shown on this device: written down before it is shown, and kept until the server has it.
extension ReplicaStore {
  /// For how long a record may be shown again for the same purpose without another row, in milliseconds.
  public static let openingLasts: Int64 = 3_600_000

  /// Writes down that records are about to be shown. It is durable when this returns.
  ///
  /// A record that was shown within the hour for the same purpose has its row. So has one of which the server
  /// knows nothing yet: it is the device's own, and nobody's knowledge but its author's.
  ///
  /// - Parameters:
  ///   - purpose: its code.
  ///   - now: milliseconds since 1970 by this device's clock.
  ///   - draw: gives 16 random bytes of a cryptographic generator.
  /// - Complexity: O(records), nothing is written where none needs a row
  /// - Throws: `StorageError`, and then they must not be shown.
  public func open(
    _ records: [Identifier], for purpose: String, at now: Int64, drawing draw: () -> Identifier
  ) throws {
    let events = records.map { OpenedEvent(record: $0, openedAt: now, purpose: purpose) }
    let missing = try reading { db in try events.filter { try needsRow($0, db) } }
    guard !missing.isEmpty else { return }
    try writing { db, _ in
      try prune(before: now, db)
      var row = try db.first("SELECT ifnull(max(id), 0) FROM opening") { try $0.integer(0) } ?? 0
      for event in missing {
        row += 1
        let opening = Opening(event, agentSalt: draw(), eventSalt: draw())
        let content = try sealed.sealed(opening.kept, at: .opening(row))
        try db.run(
          "INSERT INTO opening (id, record, opened_at, content) VALUES (?, ?, ?, ?)",
          [.integer(row), .blob(event.record), .integer(now), .sealed(content)])
        try sealed.wrote(content)
      }
    }
  }

  /// What the server does not have yet, oldest first.
  ///
  /// - Parameter limit: at most so many.
  public func waitingOpenings(limit: Int) throws -> [Opening] {
    try reading { db in
      try db.all(
        "SELECT id, content FROM opening WHERE is_taken = 0 ORDER BY id LIMIT ?", [.integer(limit)]
      ) { row in
        try Opening(kept: try sealed.opened(try row.sealed(1), at: .opening(try row.integer(0))))
      }
    }
  }

  /// How many of them there are.
  public func waitingOpenings() throws -> Int {
    try reading { db in
      try db.first("SELECT count(*) FROM opening WHERE is_taken = 0") { Int(try $0.integer(0)) } ?? 0
    }
  }

  /// The server has so many of them, the oldest.
  public func noteTaken(openings count: Int) throws {
    try writing { db, _ in
      try db.run(
        """
        UPDATE opening SET is_taken = 1 WHERE id IN (
          SELECT id FROM opening WHERE is_taken = 0 ORDER BY id LIMIT ?)
        """, [.integer(count)])
    }
  }

  private func needsRow(_ event: OpenedEvent, _ db: Database) throws -> Bool {
    let isConfirmed = try db.first(
      "SELECT 1 FROM snapshot s JOIN record r ON r.id = s.record WHERE r.wire = ?", [.blob(event.record)]
    ) { _ in true }
    guard isConfirmed == true else { return false }
    // A clock that was set back: what was shown later than now says nothing of now.
    let earlier = try db.all(
      "SELECT id, content FROM opening WHERE record = ? AND opened_at BETWEEN ? AND ?",
      [.blob(event.record), .integer(event.openedAt &- Self.openingLasts), .integer(event.openedAt)]
    ) { row in
      try Opening(kept: try sealed.opened(try row.sealed(1), at: .opening(try row.integer(0))))
    }
    return !earlier.contains { $0.event.purpose == event.purpose }
  }

  private func prune(before now: Int64, _ db: Database) throws {
    let isOld = "is_taken = 1 AND opened_at NOT BETWEEN ? AND ?"
    let hour: [BoundValue] = [.integer(now &- Self.openingLasts), .integer(now)]
    try sealed.removing("SELECT content FROM opening WHERE \(isOld)", hour, db)
    try db.run("DELETE FROM opening WHERE \(isOld)", hour)
  }
}

extension Opening {
  /// As the store keeps it: both salts, and the event.
  fileprivate var kept: [UInt8] { agentSalt.bytes + eventSalt.bytes + event.encoded }

  /// - Throws: `damaged`
  fileprivate init(kept bytes: [UInt8]) throws {
    guard bytes.count > 32, let agentSalt = Identifier(bytes: bytes.prefix(16)),
      let eventSalt = Identifier(bytes: bytes[16..<32]),
      let event = try? OpenedEvent(encoded: Array(bytes.dropFirst(32)))
    else { throw StorageError(.damaged) }
    self.init(event, agentSalt: agentSalt, eventSalt: eventSalt)
  }
}
