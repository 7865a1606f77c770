import CRDT
public import Replication
import WireProtocol

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The file in a tenant's folder that says what its newest verified backups contain, so that the server can
/// tell its devices what they need not keep any more. It stands beside the database and is set back with
/// it; a backup of another history than the log's counts for nothing.
enum BackupMarks {
  private struct Stored: Codable {
    var format = "kos-backups"
    var version = 1
    var backups: [Backup] = []
  }

  private struct Backup: Codable {
    /// The backup's file, where it was made.
    let file: String
    let createdAt: Int64
    let position: UInt64
    let logDigest: [UInt8]
    /// Actors, and how many entries the backup has of the journal of each.
    let actors: [UInt64]
    let entries: [UInt64]
  }

  /// Up to what size a file is read, in bytes: a hundred thousand devices.
  private static let bytesMax = 8 << 20

  /// Adds a backup; the newest ones stay.
  static func add(_ mark: BackupMark, file: String, to path: String) throws {
    let journals = mark.journals.sorted { $0.key < $1.key }
    let backup = Backup(
      file: file, createdAt: mark.createdAt, position: mark.position, logDigest: mark.logDigest.bytes,
      actors: journals.map(\.key.rawValue), entries: journals.map(\.value))
    var stored = (try? load(path)) ?? Stored()
    let newest = (stored.backups + [backup]).sorted { $0.createdAt < $1.createdAt }
    stored.backups = newest.suffix(TenantMachine.backupsNeeded)
    guard let data = try? JSONEncoder().encode(stored) else { throw StorageError(.database) }
    try PrivateFiles.write(Array(data), to: path)
  }

  /// Reads what there is; nothing when there is no file.
  ///
  /// - Throws: `damaged` when it is not one of this version.
  static func read(_ path: String) throws -> [BackupMark] {
    try load(path).backups.map { backup in
      guard let digest = Digest(bytes: backup.logDigest), backup.actors.count == backup.entries.count else {
        throw StorageError(.damaged)
      }
      let journals = zip(backup.actors, backup.entries).map { (ActorID(rawValue: $0), $1) }
      return BackupMark(
        createdAt: backup.createdAt, position: backup.position, logDigest: digest,
        journals: Dictionary(journals, uniquingKeysWith: min))
    }
  }

  /// The files of the backups, the newest last.
  static func files(_ path: String) throws -> [String] { try load(path).backups.map(\.file) }

  private static func load(_ path: String) throws -> Stored {
    guard PrivateFiles.exists(path) else { return Stored() }
    let count = PrivateFiles.byteCount(path)
    guard count <= bytesMax else { throw StorageError(.damaged) }
    let bytes = try FileInput(path: path).read(count)
    guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(bytes)),
      stored.format == "kos-backups",
      stored.version == 1
    else { throw StorageError(.damaged) }
    return stored
  }
}

extension ServerStore {
  /// The newest verified backups that were made of this log; those of a history that it has left do not
  /// count.
  ///
  /// - Complexity: the changes since the last mark of the log's digest before each backup.
  public func backupMarks() throws -> [BackupMark] {
    guard let marks = try? BackupMarks.read(ServerPaths(directory).backups) else { return [] }
    return try marks.filter { try logDigest(at: $0.position) == $0.logDigest }
  }
}
