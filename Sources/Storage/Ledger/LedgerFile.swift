import CRDT
import Crypto
import Replication
import WireProtocol

/// The file of a ledger: what it looks like, and how it is read (`Protocol/ledger.md`).
///
///     "KOSLEDG1" ‖ tenant, 16 bytes ‖ entries
///     entry = "KOSE" ‖ bytes of the body, 4, big-endian ‖ digest before, 32 ‖ body ‖ digest, 32
///
/// An entry says which one it follows, so that each can be told from torn bytes by itself: one that was
/// written last and not made durable is torn, one that others follow is damaged.
enum LedgerFile {
  static let magic = Array("KOSLEDG1".utf8)
  static let entryMagic = Array("KOSE".utf8)
  static let headerBytes = 24
  /// Around the body of an entry: in front of it, and behind.
  static let frameBytes = (before: 40, after: 32)

  /// What was found in a file.
  struct Contents: Hashable {
    let tenant: Identifier
    let head: LedgerHead
    /// How many bytes of the file hold the header and whole entries.
    let byteCount: Int
    /// How many bytes of an entry that was not written to its end follow.
    let tornBytes: Int
    /// The last whole entry, as the file has it; empty when there is none.
    let lastEntry: [UInt8]
  }

  static func header(_ tenant: Identifier) -> [UInt8] { magic + tenant.bytes }

  static func frame(_ body: [UInt8], after head: LedgerHead, giving next: LedgerHead) -> [UInt8] {
    let count = UInt32(body.count)
    return entryMagic + (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) } + head.digest.bytes
      + body + next.digest.bytes
  }

  /// Reads a ledger from its beginning to its end, and recomputes its chain.
  ///
  /// - Parameter visit: told each entry with the end that it makes.
  /// - Complexity: the file's bytes; one entry in memory.
  /// - Throws: `StorageError`: `missing`, `foreignFile` for what is no ledger, `ledgerDamaged` when an
  ///   entry that others follow is not as it was written, and what `visit` throws.
  static func read(_ path: String, visit: (LedgerEntry, LedgerHead) throws -> Void = { _, _ in }) throws
    -> Contents
  {
    let size = PrivateFiles.byteCount(path)
    let input = try FileInput(path: path)
    let header = try input.read(headerBytes)
    guard header.count == headerBytes, Array(header.prefix(8)) == magic,
      let tenant = Identifier(bytes: header.suffix(16))
    else { throw StorageError(.foreignFile) }
    var head = LedgerHead.start(of: tenant)
    var offset = headerBytes
    var last: [UInt8] = []
    while offset < size {
      var seen: [UInt8] = []
      guard let body = try body(input, after: head, room: size - offset, &seen) else {
        try refuseIfFollowed(seen + (try input.read(size - offset - seen.count)))
        break
      }
      head = head.appending(body)
      last = seen
      let entry: LedgerEntry
      do {
        entry = try LedgerEntry(encoded: body, tenant: tenant)
      } catch {
        throw StorageError(.ledgerDamaged)
      }
      guard entry.number == head.number else { throw StorageError(.ledgerDamaged) }
      try visit(entry, head)
      offset += frameBytes.before + body.count + frameBytes.after
    }
    return Contents(
      tenant: tenant, head: head, byteCount: offset, tornBytes: size - offset,
      lastEntry: last)
  }

  /// The next entry's body; `nil` when there is none that is whole and follows.
  ///
  /// - Parameters:
  ///   - room: how many bytes the file has from here on.
  ///   - seen: takes what was read.
  private static func body(
    _ input: FileInput, after head: LedgerHead, room: Int, _ seen: inout [UInt8]
  ) throws -> [UInt8]? {
    guard room >= frameBytes.before + frameBytes.after else { return nil }
    seen = try input.read(frameBytes.before)
    guard let count = bodyBytes(seen[...], room: room), Array(seen.suffix(32)) == head.digest.bytes else {
      return nil
    }
    let rest = try input.read(count + frameBytes.after)
    seen += rest
    guard rest.count == count + frameBytes.after else { return nil }
    let body = Array(rest.prefix(count))
    return Array(rest.suffix(32)) == head.appending(body).digest.bytes ? body : nil
  }

  private static func bodyBytes(_ frame: ArraySlice<UInt8>, room: Int) -> Int? {
    guard frame.count >= frameBytes.before, Array(frame.prefix(4)) == entryMagic else { return nil }
    let count = frame.dropFirst(4).prefix(4).reduce(0) { $0 << 8 | Int($1) }
    return count <= room - frameBytes.before - frameBytes.after ? count : nil
  }

  /// Only the last entry can be torn: each was durable before the next one was begun.
  private static func refuseIfFollowed(_ bytes: [UInt8]) throws {
    // The first byte begins the entry that is in question itself.
    for start in bytes.indices.dropFirst() where bytes[start] == entryMagic[0] {
      let rest = bytes[start...]
      guard let count = bodyBytes(rest, room: rest.count),
        let before = Digest(bytes: rest.dropFirst(8).prefix(32))
      else { continue }
      let body = Array(rest.dropFirst(frameBytes.before).prefix(count))
      let digest = LedgerHead(number: 0, digest: before).appending(body).digest
      if Array(rest.dropFirst(frameBytes.before + count).prefix(32)) == digest.bytes {
        throw StorageError(.ledgerDamaged)
      }
    }
  }
}
