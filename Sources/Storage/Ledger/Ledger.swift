import CRDT
import Glibc
import Replication
import WireProtocol

/// A tenant's ledger, open for writing: entries are appended and made durable one after the other, and
/// nothing that stands in it changes.
final class Ledger {
  let path: String
  /// The end, durable.
  private(set) var head: LedgerHead
  /// How many bytes of an entry that was not written to its end were cut off when it was opened.
  let droppedBytes: Int

  private let files: any FileSystem
  private let file: Int32
  private var byteCount: Int
  private var isBroken = false
  private var isClosed = false

  /// Makes an empty ledger, whole or not at all.
  ///
  /// - Throws: `ledgerExists` when there is something.
  static func create(_ path: String, tenant: Identifier) throws {
    guard !PrivateFiles.exists(path) else { throw StorageError(.ledgerExists) }
    try PrivateFiles.write(LedgerFile.header(tenant), to: path)
  }

  /// Opens a ledger, checks all of it, and cuts off an entry that was not written to its end. The last one
  /// that was is written again: it may be that its sync failed and that only the system's memory has it
  /// (decision 21). Each one before was durable before the next one was begun.
  ///
  /// - Throws: as `LedgerFile.read`; `inUse` when another process has it open.
  init(_ path: String, visit: (LedgerEntry, LedgerHead) throws -> Void) throws {
    self.path = path
    files = FileSystems.holding(path)
    let opened = files.open(path, O_WRONLY | O_CLOEXEC, 0)
    guard opened >= 0 else {
      throw StorageError(errno == ENOENT ? .missing : .notAccessible, systemCode: errno)
    }
    let contents: LedgerFile.Contents
    do {
      guard files.lock(opened, LOCK_EX | LOCK_NB) == 0 else { throw StorageError(.inUse) }
      contents = try LedgerFile.read(path, visit: visit)
      try Self.secure(contents, in: opened, on: files)
    } catch {
      _ = files.close(opened)
      throw error
    }
    file = opened
    tenant = contents.tenant
    head = contents.head
    byteCount = contents.byteCount
    droppedBytes = contents.tornBytes
  }

  private static func secure(
    _ contents: LedgerFile.Contents, in file: Int32, on files: any FileSystem
  ) throws {
    let last = contents.lastEntry
    guard PrivateFiles.write(all: last, to: file, at: contents.byteCount - last.count, on: files),
      contents.tornBytes == 0 || files.truncate(file, to: contents.byteCount) == 0, files.fsync(file) == 0
    else { throw StorageError(.inputOutput, systemCode: errno) }
  }

  /// Whose ledger it is.
  let tenant: Identifier

  deinit { close() }

  /// Lets go of the file.
  func close() {
    guard !isClosed else { return }
    isClosed = true
    _ = files.close(file)
  }

  /// The end once an entry is appended.
  func prepare(_ events: [LedgerEvent], at now: Int64) throws -> Prepared {
    let entry = LedgerEntry(number: head.number + 1, writtenAt: now, events: events)
    let body = try entry.encoded
    let next = head.appending(body)
    return Prepared(head: next, frame: LedgerFile.frame(body, after: head, giving: next))
  }

  /// An entry, encoded.
  struct Prepared {
    let head: LedgerHead
    fileprivate let frame: [UInt8]
  }

  /// Appends an entry and makes it durable.
  ///
  /// - Throws: `diskFull` when there is no room, and then nothing of it is there; `inputOutput` when it is
  ///   not known what is: the ledger must be opened again.
  func append(_ entry: Prepared) throws {
    guard !isBroken, !isClosed else { throw StorageError(.inputOutput) }
    guard PrivateFiles.write(all: entry.frame, to: file, at: byteCount, on: files) else {
      let code = errno
      if files.truncate(file, to: byteCount) == 0, code == ENOSPC { throw StorageError(.diskFull) }
      isBroken = true
      throw StorageError(.inputOutput, systemCode: code)
    }
    guard files.fdatasync(file) == 0 else {
      isBroken = true
      throw StorageError(.inputOutput, systemCode: errno)
    }
    byteCount += entry.frame.count
    head = entry.head
  }
}
