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
    var seen: Set<Identifier> = []
    let events = records.filter { seen.insert($0).inserted }
      .map { OpenedEvent(record: $0, openedAt: now, purpose: purpose) }
    guard try reading({ db in try events.contains { try needsRow($0, db) } }) else { return }
    try writing { db, _ in
      try prune(before: now, db)
      // Another process may have written some meanwhile.
      let missing = try events.filter { try needsRow($0, db) }
      // No number is given twice: a session may wait for the answer on one.
      let last = try db.first("SELECT seq FROM sqlite_sequence WHERE name = 'opening'") {
        try $0.integer(0)
      }
      var row = last ?? 0
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

  /// What the server does not have yet, oldest first, each with the number of its row.
  ///
  /// - Parameters:
  ///   - last: behind this one.
  ///   - limit: at most so many.
  public func waitingOpenings(
    after last: WaitingOpening? = nil, limit: Int
  ) throws -> [WaitingOpening] {
    try reading { db in
      try db.all(
        "SELECT id, content FROM opening WHERE taken_at IS NULL AND id > ? ORDER BY id LIMIT ?",
        [.integer(last?.row ?? 0), .integer(limit)]
      ) { WaitingOpening(row: try $0.integer(0), opening: try opening($0)) }
    }
  }

  /// How many of them there are.
  public func waitingOpenings() throws -> Int {
    try reading { db in
      try db.first("SELECT count(*) FROM opening WHERE taken_at IS NULL") { Int(try $0.integer(0)) } ?? 0
    }
  }

  /// The server has these. Another session may have told it of others meanwhile.
  ///
  /// - Parameter time: the server's, as this device knows it, in milliseconds since 1970.
  public func noteTaken(openings: [WaitingOpening], at time: Int64) throws {
    try writing { db, _ in
      for one in openings {
        try db.run(
          "UPDATE opening SET taken_at = ? WHERE id = ? AND taken_at IS NULL",
          [.integer(time), .integer(one.row)])
      }
    }
  }

  /// The server has those that wait and say this.
  ///
  /// - Parameters:
  ///   - events: the digests of what they say.
  ///   - time: the server's, in milliseconds since 1970.
  func noteTaken(_ events: Set<Digest>, at time: Int64) throws {
    var taken: [WaitingOpening] = []
    var last: WaitingOpening?
    while true {
      let waiting = try waitingOpenings(after: last, limit: 256)
      taken += waiting.filter { events.contains($0.opening.digest) }
      guard let end = waiting.last else { break }
      last = end
    }
    if !taken.isEmpty { try noteTaken(openings: taken, at: time) }
  }

  // MARK: Looking for them in the log

  /// What the server has, and was not found in the log yet, oldest first.
  ///
  /// - Parameters:
  ///   - row: those after this one.
  ///   - limit: at most so many.
  public func takenOpenings(
    after row: Int64, limit: Int
  ) throws -> [(row: Int64, opening: TakenOpening)] {
    try reading { db in
      try db.all(
        """
        SELECT id, content, taken_at FROM opening
        WHERE taken_at IS NOT NULL AND is_found = 0 AND id > ? ORDER BY id LIMIT ?
        """, [.integer(row), .integer(limit)]
      ) { found in
        let row = try found.integer(0)
        return (row, TakenOpening(event: try opening(found).digest, takenAt: try found.integer(2)))
      }
    }
  }

  /// These stand in the log.
  public func noteFound(openings rows: [Int64]) throws {
    guard !rows.isEmpty else { return }
    try writing { db, _ in
      for row in rows { try db.run("UPDATE opening SET is_found = 1 WHERE id = ?", [.integer(row)]) }
    }
  }

  /// All that is still here waits again. What stands in the log is not written a second time.
  func tellOpeningsAgain(_ db: Database) throws {
    try db.run("UPDATE opening SET taken_at = NULL, is_found = 0")
  }

  private func opening(_ row: ResultRow) throws -> Opening {
    try Opening(kept: try sealed.opened(try row.sealed(1), at: .opening(try row.integer(0))))
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
    ) { try opening($0) }
    // By what is sealed: what stands open beside it may have been altered.
    return !earlier.contains { earlier in
      let (age, isFar) = event.openedAt.subtractingReportingOverflow(earlier.event.openedAt)
      return earlier.event.record == event.record && earlier.event.purpose == event.purpose && !isFar
        && age >= 0 && age <= Self.openingLasts
    }
  }

  private func prune(before now: Int64, _ db: Database) throws {
    let isOld = "is_found = 1 AND opened_at NOT BETWEEN ? AND ?"
    let hour: [BoundValue] = [.integer(now &- Self.openingLasts), .integer(now)]
    try sealed.removing("SELECT content FROM opening WHERE \(isOld)", hour, db)
    try db.run("DELETE FROM opening WHERE \(isOld)", hour)
  }
}

/// What was shown, and the number of the row that says so.
public struct WaitingOpening: Hashable, Sendable {
  let row: Int64
  /// What was shown.
  public let opening: Opening
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
