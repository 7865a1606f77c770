import GRDB

/// When a backup of keys was made, and until when it is kept at most, in milliseconds since 1970.
struct KeyBackupMark: Hashable, Sendable {
  let createdAt: Int64
  let keptUntil: Int64
}

/// What a key database knows of its backups.
extension KeyDatabase {
  /// Notes a backup before it is there: a copy that nobody knows of would be worse than one too many.
  func note(_ mark: KeyBackupMark) throws {
    try writing(.atCommit) { db in
      try db.run(
        "INSERT INTO backup (created_at, kept_until) VALUES (?, ?)",
        [.integer(mark.createdAt), .integer(mark.keptUntil)])
      // Those that are gone say nothing any more.
      try db.run("DELETE FROM backup WHERE kept_until < ?", [.integer(mark.createdAt)])
    }
  }

  /// Notes that this is a backup, restored. Others may have been made since, up to now, which it knows
  /// nothing of; they are taken to be kept as long as any that it knows.
  func noteRestore(of createdAt: Int64, keptDays: Int, at now: Int64) throws {
    let longest = try reading { db in
      try db.first("SELECT max(kept_until - created_at) FROM backup") { $0.optionalInteger(0) } ?? nil
    }
    let kept = max(Int64(min(max(keptDays, 1), KeyBackup.keptDaysMax)) * 86_400_000, longest ?? 0)
    try note(KeyBackupMark(createdAt: createdAt, keptUntil: max(now, createdAt) &+ kept))
  }

  /// When the last backup is gone that was made before a time; the time itself when there is none.
  func lastCopyGone(ofKeyDestroyedAt time: Int64) throws -> Int64 {
    let last = try reading { db in
      try db.first("SELECT max(kept_until) FROM backup WHERE created_at <= ?", [.integer(time)]) {
        $0.optionalInteger(0)
      } ?? nil
    }
    return max(last ?? time, time)
  }
}
