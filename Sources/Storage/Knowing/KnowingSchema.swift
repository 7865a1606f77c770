import GRDB

/// The tables of the logs of knowing (`Protocol/knowing.md`).
enum KnowingSchema {
  static func create(in db: Database) throws {
    try db.execute(
      sql: """
        -- Of each kind the one with the highest id goes on. ledgered: how many of its rows the ledger has.
        CREATE TABLE knowing_log (
          id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, wire BLOB NOT NULL, ledgered INTEGER NOT NULL);
        -- agent and event begin with their salts; event is sealed with the record's key where there is a
        -- record, and NULL when it was erased. Of padding there is the salt alone, in agent. leaf: its hash
        -- in the tree. record_key: the key that event is sealed with, which need not be the record's own
        -- since the database was set back.
        CREATE TABLE knowing_row (
          log INTEGER NOT NULL, place INTEGER NOT NULL, recorded_at INTEGER, record BLOB,
          record_key INTEGER, agent BLOB NOT NULL, event BLOB, event_digest BLOB, leaf BLOB NOT NULL,
          PRIMARY KEY (log, place)) WITHOUT ROWID;
        CREATE INDEX knowing_row_record ON knowing_row (record, log, place) WHERE record IS NOT NULL;
        -- Rows of the log of what was opened by the digest of their event: what a device pushes again stands
        -- there once.
        CREATE TABLE knowing_opened (
          log INTEGER NOT NULL, digest BLOB NOT NULL, place INTEGER NOT NULL,
          PRIMARY KEY (log, digest)) WITHOUT ROWID;
        CREATE UNIQUE INDEX knowing_opened_place ON knowing_opened (log, place);
        -- The complete subtrees above the leaves.
        CREATE TABLE knowing_node (
          log INTEGER NOT NULL, level INTEGER NOT NULL, position INTEGER NOT NULL, hash BLOB NOT NULL,
          PRIMARY KEY (log, level, position)) WITHOUT ROWID;
        -- Of each size the checkpoint that was signed last.
        CREATE TABLE knowing_checkpoint (
          log INTEGER NOT NULL, size INTEGER NOT NULL, body BLOB NOT NULL, signature BLOB NOT NULL,
          PRIMARY KEY (log, size)) WITHOUT ROWID;
        """)
  }
}
