import CRDT
import GRDB
import Replication
import WireProtocol

/// The bytes of one attachment in the table of chunks.
struct StoredContent {
  /// The attachment's row.
  let attachment: Int64
  /// What seals the pieces.
  let sealed: any ContentSeal

  /// Adds a piece.
  func add(_ content: [UInt8], at start: UInt64, _ db: Database) throws {
    let value = try sealed.sealed(content, attachment: attachment, at: start)
    try db.run(
      "INSERT INTO attachment_chunk (attachment, start, length, content) VALUES (?, ?, ?, ?)",
      [.integer(attachment), .bits(start), .integer(content.count), .sealed(value)])
    try sealed.wrote(value)
  }

  /// Bytes from an offset on: as many as are asked for, or as there are.
  ///
  /// - Throws: `damaged` when a piece is not what was stored.
  func read(at offset: UInt64, count: Int, _ db: Database) throws -> [UInt8] {
    guard count > 0 else { return [] }
    var bytes: [UInt8] = []
    let first =
      try db.first(
        "SELECT max(start) FROM attachment_chunk WHERE attachment = ? AND start <= ?",
        [.integer(attachment), .bits(offset)]
      ) { $0.optionalInteger(0) } ?? nil
    guard let first else { return [] }
    let (end, isTooFar) = offset.addingReportingOverflow(UInt64(count))
    guard !isTooFar else { return [] }
    for piece in try pieces(from: first, before: end, db) {
      let position = offset + UInt64(bytes.count)
      guard piece.start <= position else { break }
      let skipped = position - piece.start
      guard skipped < UInt64(piece.content.count) else { continue }
      bytes += piece.content.dropFirst(Int(skipped)).prefix(count - bytes.count)
    }
    return bytes
  }

  /// Whole pieces, each as it was stored.
  private func pieces(
    from first: Int64, before end: UInt64, _ db: Database
  ) throws -> [(start: UInt64, content: [UInt8])] {
    try db.all(
      """
      SELECT start, content FROM attachment_chunk
      WHERE attachment = ? AND start >= ? AND start < ? ORDER BY start
      """, [.integer(attachment), .integer(first), .bits(end)]
    ) { row in
      let start = try row.unsigned(0)
      return (start, try sealed.opened(try row.sealed(1), attachment: attachment, at: start))
    }
  }

  /// Drops all of them.
  func remove(_ db: Database) throws {
    try sealed.removing(
      SealedRows.head(of: "content", in: "attachment_chunk") + " WHERE attachment = ?",
      [.integer(attachment)], db)
    try db.run("DELETE FROM attachment_chunk WHERE attachment = ?", [.integer(attachment)])
  }
}
