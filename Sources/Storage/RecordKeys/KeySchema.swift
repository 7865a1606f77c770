import GRDB

/// The tables of a key database.
enum KeySchema {
  static func create(in db: Database) throws {
    try db.execute(
      sql: """
        -- record: whose key it is; NULL while it is nobody's, which only the newest are. There is no index on
        -- it, since keys are made often and destroyed seldom. wrapped: the key, sealed under the wrapping
        -- key.
        CREATE TABLE record_key (id INTEGER PRIMARY KEY, record BLOB, wrapped BLOB NOT NULL);
        -- Records whose keys were destroyed: they get no other.
        CREATE TABLE destroyed (record BLOB PRIMARY KEY, destroyed_at INTEGER NOT NULL) WITHOUT ROWID;
        -- Backups of this database: when they were made, and until when they are kept at most.
        CREATE TABLE backup (created_at INTEGER NOT NULL, kept_until INTEGER NOT NULL);
        """)
  }
}
