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

extension ServerSession {
  /// Orders the device to let go of what backups contain. It is the first order of the session; a bundle
  /// carries none.
  func order(_ watermark: WireBackupWatermark, tenant: Tenant, at now: Int64) -> [Action] {
    guard case .open(let open) = state, open.device.isConfirmed, let session = open.number else { return [] }
    var body = WireOrderBody()
    body.tenant = .init(tenant.id.bytes)
    body.actor = open.device.actor.rawValue
    // Sessions of an actor are numbered, and restored or cloned ones are other actors.
    body.number = session << 8 | 1
    body.issuedAt = now
    body.backupWatermark = watermark
    let encoded: [UInt8] = (try? body.serializedBytes()) ?? []
    return [
      .send(
        .with {
          $0.order = .with {
            $0.body = .init(encoded)
            $0.signature = .init(tenant.signingKey.sign(encoded, for: .order))
          }
        })
    ]
  }
}
