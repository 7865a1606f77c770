import CRDT
import GRDB

extension KeyDatabase {
  /// How many keys a rotation wraps anew in one transaction, so that who gives keys waits for a moment only.
  private static let rewrappedAtOnce = 512

  /// Wraps every key anew with a new wrapping key and forgets the older ones. What the keys sealed is not
  /// touched, and the tenant may be served meanwhile. A rotation that was interrupted is carried on.
  ///
  /// - Returns: how many keys were wrapped anew.
  func rotate(_ options: RecordKeyOptions = RecordKeyOptions()) throws -> Int {
    try writing(.atCommit) { _ in
      let keys = try readWrapping()
      if keys.secrets.count > 1 { return }
      try WrappingKeyFile.write(try keys.rotated(), to: paths.wrapping)
      try readWrapping()
    }
    var count = 0
    var last: RecordKeyID? = RecordKeyID.none
    while let start = last { last = try rewrap(after: start, options, &count) }
    // Durable before the key is gone that opens what is on the disk otherwise.
    try writing(.atCommit) { db in
      try db.run(
        """
        INSERT INTO meta (key, value) VALUES ('rotations', 1)
        ON CONFLICT (key) DO UPDATE SET value = value + 1
        """)
    }
    try dropLog()
    try writing(.atCommit) { _ in
      try WrappingKeyFile.write(try readWrapping().withoutOlder, to: paths.wrapping)
      try readWrapping()
    }
    return count
  }

  /// - Returns: the last key that was looked at; `nil` when there is none after `start`.
  private func rewrap(
    after start: RecordKeyID, _ options: RecordKeyOptions, _ count: inout Int
  ) throws -> RecordKeyID? {
    let rewrapped = try writing(.later) { db in
      let newest = try readWrapping().current.id
      let rows = try db.all(
        "SELECT id, wrapped FROM record_key WHERE id > ? ORDER BY id LIMIT ?",
        [.key(start), .integer(Self.rewrappedAtOnce)]
      ) { (id: try $0.key(0), wrapped: try $0.sealed(1)) }
      let older = rows.filter { $0.wrapped.keyID != newest }
      for row in older {
        let wrapped = try wrap(try unwrap(row.wrapped, of: row.id), of: row.id, options)
        try db.run("UPDATE record_key SET wrapped = ? WHERE id = ?", [.sealed(wrapped), .key(row.id)])
      }
      return (last: rows.last?.id, count: older.count)
    }
    count += rewrapped.count
    return rewrapped.last
  }
}
