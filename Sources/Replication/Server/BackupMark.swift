public import CRDT
public import WireProtocol

/// Up to where a verified backup of the server's log goes, and what of each journal it contains.
public struct BackupMark: Hashable, Sendable {
  /// When it was made, in milliseconds since 1970.
  public let createdAt: Int64
  /// The log's last position in it.
  public let position: UInt64
  /// The log's digest there.
  public let logDigest: Digest
  /// How many entries it has of each actor's journal.
  public let journals: [ActorID: UInt64]

  /// Describes a backup.
  public init(createdAt: Int64, position: UInt64, logDigest: Digest, journals: [ActorID: UInt64]) {
    self.createdAt = createdAt
    self.position = position
    self.logDigest = logDigest
    self.journals = journals
  }
}

extension TenantMachine {
  /// How many backups must contain a change before a device lets go of its copy.
  public static let backupsNeeded = 2

  /// Takes in what backups there are: those of this log, the newest ones. Devices are told in their next
  /// session.
  public mutating func update(backups: [BackupMark]) { self.backups = backups }

  /// What a device may let go of its copies of, in its own terms: what the newest backups contain. `nil` when
  /// that is nothing.
  ///
  /// - Parameter cursor: with which the device began to follow.
  func watermark(of actor: ActorID, following cursor: [UInt8]) -> WireBackupWatermark? {
    guard backups.count >= Self.backupsNeeded, !directory.isInRecovery,
      let position = backups.map(\.position).min(),
      let entries = backups.map({ $0.journals[actor] ?? 0 }).min()
    else { return nil }
    let key = directory.tenant.stampKey
    let delivered = try? key.openCursor(cursor, actor: actor)
    var watermark = WireBackupWatermark()
    watermark.entries = entries
    if let delivered, delivered.epoch == directory.tenant.epoch, delivered.position <= position {
      watermark.cursor = .init(cursor)
    }
    return watermark.entries == 0 && watermark.cursor.isEmpty ? nil : watermark
  }
}
