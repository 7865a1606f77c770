import GRDB

/// The tables of a client's store. As in the server's, no index holds a text or content.
///
/// What a person wrote, or what names one, is sealed (`SealedValue`) for the place that `SealedPlace` tells.
/// Numbers, ids, kinds, times, digests of what begins with random bytes and the server's stamps stand open
/// (decision 0037).
enum ReplicaSchema {
  /// What became of an own change, or of an entry.
  enum Status: Int64 {
    /// Without a verdict yet.
    case pending = 0
    case accepted = 1
    /// Without effect. Of an own change the payload stays, for its author.
    case void = 2
    /// Without effect, since another change stands for it that was written after a restore.
    case superseded = 3
    /// Without effect, of an entry: what it builds on is to come back to the server; then it is written
    /// again.
    case awaiting = 4
    /// Without effect, of an entry: a person decides on it.
    case quarantined = 5
    /// Without effect, of an entry: its author confirms it, or takes it back.
    case held = 6
    /// Without effect, of an entry: its author took it back, or let go of what was refused.
    case withdrawn = 7
  }

  static func create(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE record (
          id INTEGER PRIMARY KEY, wire BLOB NOT NULL UNIQUE, kind INTEGER, home BLOB,
          generation INTEGER NOT NULL, entered_in INTEGER NOT NULL DEFAULT 0, conflicts INTEGER NOT NULL);
        CREATE INDEX record_home ON record (home) WHERE home IS NOT NULL;
        CREATE INDEX record_kind ON record (kind);
        -- What the server confirmed, sealed.
        CREATE TABLE snapshot (record INTEGER PRIMARY KEY, content BLOB NOT NULL);

        -- Own changes, and those that were delivered as changes. Their content (`ChangeContent`) is sealed.
        -- Stamps are NULL without a verdict.
        CREATE TABLE change (
          id INTEGER PRIMARY KEY, record INTEGER NOT NULL, actor INTEGER NOT NULL, number INTEGER NOT NULL,
          content BLOB NOT NULL, digest BLOB NOT NULL,
          status INTEGER NOT NULL, received_at INTEGER, epoch BLOB, sealed INTEGER, mac BLOB, entry INTEGER,
          previous BLOB);
        CREATE UNIQUE INDEX change_number ON change (record, actor, number);

        -- An entry's changes stand together from the row first_change on. Verdicts come in order: those after
        -- the number judged_entries of meta have none.
        -- Numbers go on under a new actor; journal_row of meta says after which one its journal begins.
        CREATE TABLE entry (
          number INTEGER PRIMARY KEY, digest BLOB NOT NULL, written_at INTEGER NOT NULL,
          first_change INTEGER NOT NULL, changes INTEGER NOT NULL, status INTEGER NOT NULL,
          refusal INTEGER, refused_change INTEGER, received_at INTEGER, quarantined_as INTEGER,
          reason INTEGER);
        CREATE INDEX entry_refused ON entry (number) WHERE status = 2;
        CREATE INDEX entry_awaiting ON entry (number) WHERE status = 4;
        -- quarantined_as: the number in the journal of the actor that wrote it; reason: why a person refused.
        CREATE INDEX entry_quarantined ON entry (number) WHERE status = 5;
        CREATE INDEX entry_held ON entry (number) WHERE status = 6;

        -- What says of records who may read them, releases and reclassifications: what of it is here, or was
        -- told with what was held. The version is 16 bytes an actor: it and its number, big-endian.
        CREATE TABLE audience (
          target BLOB NOT NULL, record BLOB NOT NULL, version BLOB NOT NULL,
          PRIMARY KEY (target, record)) WITHOUT ROWID;

        -- Records that left the device's scope, up to which generation, and when they were wiped. Own work in
        -- them is kept as the tenant alone can read it, but for what was erased.
        CREATE TABLE exit (
          record BLOB PRIMARY KEY, generation INTEGER NOT NULL, wiped_at INTEGER,
          sealed_items INTEGER NOT NULL, is_erased INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
        CREATE INDEX exit_open ON exit (record) WHERE wiped_at IS NULL;
        CREATE TABLE sealed_item (id INTEGER PRIMARY KEY, actor INTEGER NOT NULL, content BLOB NOT NULL);

        -- Entries without a verdict, as the actor would push them, sealed to the tenant alone: somebody
        -- without the device's keys can hand them over (decision 0049). The number is that of the last of
        -- them. What lies beside them for that (`RescuePass`) stands open.
        CREATE TABLE sealed_push (
          last_entry INTEGER PRIMARY KEY, actor INTEGER NOT NULL, entries INTEGER NOT NULL,
          content BLOB NOT NULL);
        -- Pieces of files that were attached here and are not at the server, likewise: sealed a second time,
        -- in their order. kept: of a record that left the scope, where it is the only copy.
        CREATE TABLE sealed_bytes (
          id INTEGER PRIMARY KEY, record BLOB NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL,
          actor INTEGER NOT NULL, kept INTEGER NOT NULL DEFAULT 0, content BLOB NOT NULL);
        CREATE UNIQUE INDEX sealed_bytes_start ON sealed_bytes (record, start);
        CREATE TABLE rescue_pass (id INTEGER PRIMARY KEY CHECK (id = 1), content BLOB NOT NULL);

        -- What was shown on this device, as the log of what was opened is to have it (`Opening`, sealed),
        -- until the device found it in the log, and a while longer. taken_at: when the server said that it
        -- has it, by the server's clock.
        CREATE TABLE opening (
          id INTEGER PRIMARY KEY AUTOINCREMENT, record BLOB NOT NULL, opened_at INTEGER NOT NULL,
          taken_at INTEGER, is_found INTEGER NOT NULL DEFAULT 0, content BLOB NOT NULL);
        CREATE INDEX opening_record ON opening (record, opened_at);
        CREATE INDEX opening_waiting ON opening (id) WHERE taken_at IS NULL;
        CREATE INDEX opening_taken ON opening (id) WHERE taken_at IS NOT NULL AND is_found = 0;
        CREATE INDEX opening_found ON opening (opened_at) WHERE is_found = 1;

        CREATE TABLE case_reference (number INTEGER PRIMARY KEY, wire BLOB NOT NULL UNIQUE);
        -- The value is sealed.
        CREATE TABLE marker (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
        """)
    try AttachmentSchema.createForClient(in: db)
  }
}
