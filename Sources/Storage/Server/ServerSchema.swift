import CRDT
import CaseModel
import GRDB
import WireProtocol

/// The tables of the server's store.
///
/// Records, actors and epochs have row numbers inside; ids of the wire stand once. No index holds a text or
/// content, only ids and numbers. What a record says is sealed under its key (decision 0040).
enum ServerSchema {
  /// Where a record lies as far as delivery is concerned; stored, so numbers are never reused.
  enum Placement: Int64 {
    /// In no scope: its creation is void, or its kind is unknown.
    case nowhere = 0
    case register = 1
    /// In a case's file, and read by leaders in every case.
    case milestone = 2
    case caseFile = 3
    case alias = 4

    /// The placement that the scopes of a record say.
    init(of reference: RecordReference) {
      self = .nowhere
      for scope in scopes(containing: reference) {
        switch scope {
        case .register: self = .register
        case .milestones: self = .milestone
        case .caseFile: if self != .milestone { self = .caseFile }
        case .alias: self = .alias
        }
      }
    }
  }

  /// The position of the last change: it stands in one of the segments that came with the newest.
  static let lastPosition =
    "SELECT max(last) FROM segment WHERE id >= (SELECT run FROM segment ORDER BY id DESC LIMIT 1)"

  static func create(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE epoch (id INTEGER PRIMARY KEY, wire BLOB NOT NULL UNIQUE);
        CREATE TABLE actor (id INTEGER PRIMARY KEY, wire INTEGER NOT NULL UNIQUE);
        CREATE TABLE account (
          id INTEGER PRIMARY KEY, wire BLOB NOT NULL UNIQUE, person BLOB NOT NULL, person_name TEXT NOT NULL,
          role INTEGER NOT NULL, inviter BLOB, ended_at INTEGER);
        CREATE TABLE device (
          actor INTEGER PRIMARY KEY, wire BLOB NOT NULL, account INTEGER NOT NULL, name TEXT NOT NULL,
          signing_key BLOB NOT NULL, agreement_key BLOB NOT NULL, token BLOB, offered_token BLOB,
          deliveries INTEGER NOT NULL, wipes INTEGER NOT NULL, enrolled_at INTEGER NOT NULL,
          contact_day INTEGER NOT NULL);
        -- Devices whose access ended, under whatever actor they come.
        CREATE TABLE revocation (
          device BLOB PRIMARY KEY, reason INTEGER NOT NULL, revoked_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE code (
          id INTEGER PRIMARY KEY, verifier BLOB NOT NULL, role INTEGER NOT NULL, person BLOB NOT NULL,
          person_name TEXT NOT NULL, account BLOB, expires_at INTEGER NOT NULL, failures INTEGER NOT NULL,
          is_used INTEGER NOT NULL, inviter BLOB, is_remote INTEGER NOT NULL);

        -- tail: how many changes came after the snapshot's position. key_id: what its content is sealed
        -- under, in the key database; later records have later keys.
        CREATE TABLE record (
          id INTEGER PRIMARY KEY, wire BLOB NOT NULL UNIQUE, key_id INTEGER NOT NULL, kind INTEGER,
          placement INTEGER NOT NULL, home BLOB, creator BLOB, about BLOB NOT NULL,
          information_type INTEGER NOT NULL, received_at INTEGER, created INTEGER,
          created_position INTEGER, head_position INTEGER NOT NULL, tail INTEGER NOT NULL);
        CREATE INDEX record_home ON record (home, head_position) WHERE home IS NOT NULL;
        CREATE INDEX record_register ON record (head_position) WHERE placement = 1;
        CREATE INDEX record_milestone ON record (head_position) WHERE placement = 2;

        -- Changes of one actor in one record that came together. id is the position of the first, last that
        -- of the last, number that of the last; run is where what came with them begins. packed is sealed
        -- with the record's key, stamps say nothing of content.
        CREATE TABLE segment (
          id INTEGER PRIMARY KEY, record INTEGER NOT NULL, actor INTEGER NOT NULL, number INTEGER NOT NULL,
          last INTEGER NOT NULL, changes INTEGER NOT NULL, run INTEGER NOT NULL, epoch INTEGER NOT NULL,
          packed BLOB NOT NULL, stamps BLOB NOT NULL);
        -- One index does for both: a record's changes after a position, and a change by its name.
        CREATE UNIQUE INDEX segment_record ON segment (record, last, actor, number);

        -- Entries last - entries + 1 to last of an actor's journal. Their changes stand at positions from
        -- `first` on; when they do not, seals has the stamps.
        CREATE TABLE journal (
          actor INTEGER NOT NULL, last INTEGER NOT NULL, entries INTEGER NOT NULL,
          received_at INTEGER NOT NULL, first INTEGER NOT NULL, digest BLOB NOT NULL, outcomes BLOB,
          seals BLOB, PRIMARY KEY (actor, last)) WITHOUT ROWID;
        -- Without a position the device is to be sent the state anew. exit_at: when it was told to wipe what
        -- it has; wiped: up to which generation it said that it did. Of a later generation it may have it.
        CREATE TABLE holding (
          actor INTEGER NOT NULL, record INTEGER NOT NULL, generation INTEGER NOT NULL, position INTEGER,
          exit_at INTEGER, wiped INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (actor, record)) WITHOUT ROWID;
        CREATE INDEX holding_exit ON holding (actor) WHERE exit_at IS NOT NULL;
        CREATE INDEX holding_unplaced ON holding (actor) WHERE position IS NULL;
        -- Up to when a device was asked for what may not be read any more by the time alone.
        CREATE TABLE review (actor INTEGER PRIMARY KEY, reviewed_at INTEGER NOT NULL);
        -- Entries that wait for a person's decision, and their changes, each sealed as its record is. Of what
        -- was decided the changes are gone; without a reason it was accepted.
        CREATE TABLE quarantine (
          actor INTEGER NOT NULL, entry INTEGER NOT NULL, code INTEGER NOT NULL,
          received_at INTEGER NOT NULL, reason INTEGER, decided_at INTEGER,
          PRIMARY KEY (actor, entry)) WITHOUT ROWID;
        CREATE INDEX quarantine_open ON quarantine (actor, entry) WHERE decided_at IS NULL;
        CREATE TABLE quarantined_change (
          actor INTEGER NOT NULL, entry INTEGER NOT NULL, place INTEGER NOT NULL, record INTEGER NOT NULL,
          digest BLOB NOT NULL, content BLOB NOT NULL, PRIMARY KEY (actor, entry, place)) WITHOUT ROWID;
        CREATE INDEX quarantined_change_record ON quarantined_change (record);
        -- What a device surely knew when it wrote what it pushes now, and what it said when it last came.
        CREATE TABLE contact (
          actor INTEGER PRIMARY KEY, position INTEGER NOT NULL, entries INTEGER NOT NULL,
          covered INTEGER NOT NULL);
        CREATE TABLE snapshot (
          record INTEGER PRIMARY KEY, content BLOB NOT NULL, position INTEGER NOT NULL);
        -- Records whose keys were destroyed: a key database that is restored loses them again.
        CREATE TABLE destroyed_key (record BLOB PRIMARY KEY, destroyed_at INTEGER NOT NULL) WITHOUT ROWID;

        -- What was pushed for them since: the chains of the devices go on.
        CREATE TABLE erased_change (
          record BLOB NOT NULL, actor INTEGER NOT NULL, number INTEGER NOT NULL, digest BLOB NOT NULL,
          PRIMARY KEY (record, actor, number)) WITHOUT ROWID;

        -- What devices hold of them and are to wipe, where the log was set back and has no row of the record.
        CREATE TABLE erased_exit (
          actor INTEGER NOT NULL, record BLOB NOT NULL, generation INTEGER NOT NULL,
          PRIMARY KEY (actor, record)) WITHOUT ROWID;

        -- The epochs of the log in their order, and the last position before each.
        CREATE TABLE epoch_start (
          id INTEGER PRIMARY KEY, wire BLOB NOT NULL UNIQUE, position INTEGER NOT NULL);
        -- Devices that took another actor's place, or whose place was taken.
        CREATE TABLE succession (
          actor INTEGER PRIMARY KEY, predecessor INTEGER, is_confirmed INTEGER NOT NULL,
          is_retired INTEGER NOT NULL);
        -- What stamps show to have been accepted before a restore, and the log lacks.
        CREATE TABLE awaited (
          record BLOB NOT NULL, actor INTEGER NOT NULL, number INTEGER NOT NULL,
          PRIMARY KEY (record, actor)) WITHOUT ROWID;
        -- Whose chains start with another tenant: what they wrote came here with a case.
        CREATE TABLE foreign_actor (actor INTEGER PRIMARY KEY, tenant BLOB NOT NULL);
        -- The digests of the originals that accepted changes stand for.
        CREATE TABLE taken_origin (digest BLOB PRIMARY KEY) WITHOUT ROWID;
        -- The log's digest at the end of some groups.
        CREATE TABLE log_mark (position INTEGER PRIMARY KEY, digest BLOB NOT NULL);
        """)
    try AttachmentSchema.createForServer(in: db)
    try KnowingSchema.create(in: db)
  }
}
