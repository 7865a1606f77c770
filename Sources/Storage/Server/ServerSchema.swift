import CRDT
import CaseModel
import GRDB
import WireProtocol

/// The tables of the server's store.
///
/// Records, actors and epochs have row numbers inside; ids of the wire stand once. No index holds a text or
/// content, only ids and numbers, so that sealing the columns later hides all that is said.
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

  static func create(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE epoch (id INTEGER PRIMARY KEY, wire BLOB NOT NULL UNIQUE);
        CREATE TABLE actor (id INTEGER PRIMARY KEY, wire INTEGER NOT NULL UNIQUE);
        CREATE TABLE account (
          id INTEGER PRIMARY KEY, wire BLOB NOT NULL UNIQUE, person BLOB NOT NULL, person_name TEXT NOT NULL,
          role INTEGER NOT NULL);
        CREATE TABLE device (
          actor INTEGER PRIMARY KEY, wire BLOB NOT NULL, account INTEGER NOT NULL, name TEXT NOT NULL,
          signing_key BLOB NOT NULL, agreement_key BLOB NOT NULL, entries INTEGER NOT NULL,
          journal BLOB NOT NULL, token BLOB, offered_token BLOB, deliveries INTEGER NOT NULL);
        CREATE TABLE code (
          id INTEGER PRIMARY KEY, verifier BLOB NOT NULL, role INTEGER NOT NULL, person BLOB NOT NULL,
          person_name TEXT NOT NULL, account BLOB, expires_at INTEGER NOT NULL, failures INTEGER NOT NULL,
          is_used INTEGER NOT NULL);

        -- tail: how many changes came after the snapshot's position.
        CREATE TABLE record (
          id INTEGER PRIMARY KEY, wire BLOB NOT NULL UNIQUE, kind INTEGER, placement INTEGER NOT NULL,
          home BLOB, creator BLOB, created INTEGER, created_position INTEGER, head_position INTEGER NOT NULL,
          tail INTEGER NOT NULL);
        CREATE INDEX record_home ON record (home, head_position) WHERE home IS NOT NULL;
        CREATE INDEX record_register ON record (head_position) WHERE placement = 1;
        CREATE INDEX record_milestone ON record (head_position) WHERE placement = 2;

        -- payload is NULL in a void change; its digest stays, so that the chain can be recomputed.
        CREATE TABLE change (
          position INTEGER PRIMARY KEY, record INTEGER NOT NULL, actor INTEGER NOT NULL,
          number INTEGER NOT NULL, header BLOB NOT NULL, payload BLOB, payload_digest BLOB,
          key_id INTEGER NOT NULL DEFAULT 0, digest BLOB NOT NULL, received_at INTEGER NOT NULL,
          accepted INTEGER NOT NULL, epoch INTEGER NOT NULL, sealed INTEGER NOT NULL, mac BLOB NOT NULL);
        CREATE UNIQUE INDEX change_number ON change (record, actor, number);
        -- Every index ends in the rowid, which is the position.
        CREATE INDEX change_record ON change (record);

        -- An entry's changes stand at `changes` positions from `first` on; when they do not, seals has the
        -- stamps.
        CREATE TABLE entry (
          actor INTEGER NOT NULL, number INTEGER NOT NULL, digest BLOB NOT NULL, refusal INTEGER,
          refused_change INTEGER, received_at INTEGER NOT NULL, first INTEGER NOT NULL,
          changes INTEGER NOT NULL, seals BLOB, PRIMARY KEY (actor, number)) WITHOUT ROWID;
        CREATE TABLE holding (
          actor INTEGER NOT NULL, record INTEGER NOT NULL, generation INTEGER NOT NULL,
          position INTEGER NOT NULL, PRIMARY KEY (actor, record)) WITHOUT ROWID;
        CREATE TABLE snapshot (
          record INTEGER PRIMARY KEY, content BLOB NOT NULL, key_id INTEGER NOT NULL DEFAULT 0,
          digest BLOB NOT NULL, position INTEGER NOT NULL);
        """)
  }
}
