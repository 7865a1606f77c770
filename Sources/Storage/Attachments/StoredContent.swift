import CRDT
import GRDB
import Replication
import WireProtocol

/// The bytes of one attachment in the table of chunks.
struct StoredContent {
  /// The attachment's row.
  let attachment: Int64

  /// Adds a piece.
  func add(_ content: [UInt8], at start: UInt64, _ db: Database) throws {
    try db.run(
      "INSERT INTO attachment_chunk (attachment, start, length, digest, content) VALUES (?, ?, ?, ?, ?)",
      [
        .integer(attachment), .bits(start), .integer(content.count), .blob(Self.digest(of: content)),
        .blob(content),
      ])
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
    let pieces = try db.all(
      """
      SELECT start, digest, content FROM attachment_chunk WHERE attachment = ? AND start >= ? AND start < ?
      ORDER BY start
      """, [.integer(attachment), .integer(first), .bits(end)]
    ) { row in (start: try row.unsigned(0), digest: try row.digest(1), content: try row.blob(2)) }
    for piece in pieces {
      guard Self.digest(of: piece.content) == piece.digest else { throw StorageError(.damaged) }
      let position = offset + UInt64(bytes.count)
      guard piece.start <= position else { break }
      let skipped = position - piece.start
      guard skipped < UInt64(piece.content.count) else { continue }
      bytes += piece.content.dropFirst(Int(skipped)).prefix(count - bytes.count)
    }
    return bytes
  }

  /// Drops all of them.
  func remove(_ db: Database) throws {
    try db.run("DELETE FROM attachment_chunk WHERE attachment = ?", [.integer(attachment)])
  }

  static func digest(of content: [UInt8]) -> Digest {
    var digest = RunningDigest()
    digest.add(content)
    return digest.digest
  }
}
