import GRDB

/// The tables of attachments' bytes, in either store.
enum AttachmentSchema {
  /// Pieces of attachments, in their order and without gaps. A piece has a row of its own, so that what comes
  /// is written once and what is read is read alone. It is sealed.
  private static let chunks = """
    CREATE TABLE attachment_chunk (
      id INTEGER PRIMARY KEY, attachment INTEGER NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL,
      content BLOB NOT NULL);
    CREATE UNIQUE INDEX attachment_chunk_start ON attachment_chunk (attachment, start);
    """

  static func createForServer(in db: Database) throws {
    // The digest and the pieces are sealed: a digest would tell whether a file that one knows is here.
    try db.execute(
      sql: """
        CREATE TABLE attachment (
          id INTEGER PRIMARY KEY, record BLOB NOT NULL UNIQUE, actor INTEGER NOT NULL, size INTEGER NOT NULL,
          digest BLOB NOT NULL, stored INTEGER NOT NULL, complete INTEGER NOT NULL);
        CREATE INDEX attachment_unfinished ON attachment (actor) WHERE complete = 0;
        \(chunks)
        """)
  }

  static func createForClient(in db: Database) throws {
    // own: attached here. present: bytes here, from the first on; whole: all, and verified. sent: of own
    // ones, bytes that the server had when it last said so. epoch: the one in which it was known to have all.
    // Sealed as the server's are.
    try db.execute(
      sql: """
        CREATE TABLE attachment (
          id INTEGER PRIMARY KEY, record BLOB NOT NULL UNIQUE, own INTEGER NOT NULL, size INTEGER NOT NULL,
          digest BLOB NOT NULL, present INTEGER NOT NULL, whole INTEGER NOT NULL, sent INTEGER NOT NULL,
          epoch BLOB, wanted INTEGER NOT NULL, refusal INTEGER, added_at INTEGER NOT NULL);
        CREATE INDEX attachment_own ON attachment (id) WHERE own = 1;
        CREATE INDEX attachment_wanted ON attachment (id) WHERE wanted = 1;
        \(chunks)
        """)
  }
}
