import CRDT
import CaseModel
import Foundation
import GRDB
import Replication
import Testing
import WireProtocol

@testable import Storage

/// What lies on the disk of a server: the tenant's folder and its ledger, without the keys.
@Suite struct ServerSealedAtRestTests {
  typealias Fixture = ServerStoreTests.Fixture

  private static let fileText = "Udtalelse fra skolen"

  /// A tenant with texts in changes and states, and with attachments.
  private func filled(_ seed: UInt64, _ format: SealedValue.Format = .sealed) throws -> Fixture {
    let fixture = try Fixture(seed: seed, format)
    for _ in 0..<4 { try fixture.commit(entries: 15) }
    try fixture.commit(together: 40)
    try fixture.attach(Array(String(repeating: Self.fileText + " ", count: 9_000).utf8))
    return fixture
  }

  /// Every file beside the keys that holds what somebody wrote, or the digest of a file that somebody may
  /// know. Numbers from 4 on stand behind no account's name, which is no secret of a record.
  private func finds(in fixture: Fixture) throws -> Set<String> {
    var spellings = (4..<20).map { Data("\(RandomWriter.canary) \($0)".utf8) } + [Data(Self.fileText.utf8)]
    for upload in fixture.uploads { spellings.append(Data(upload.digest.bytes)) }
    let folder = fixture.directory.path("tenant")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).map { "tenant/" + $0 }
    #expect(Set(names).isSuperset(of: ["tenant/tenant.db", "tenant/tenant.db-wal"]))
    return Set(
      try (names + ["tenant.ledger"]).filter { name in
        let bytes = try Data(contentsOf: URL(filePath: fixture.directory.path(name)))
        return spellings.contains { bytes.firstRange(of: $0) != nil }
      })
  }

  @Test("Nothing that a record says can be read in the tenant's files")
  func nothingIsReadable() throws {
    let fixture = try filled(1)
    #expect(try finds(in: fixture) == [])
    // The same where the log was copied into the database.
    try fixture.reopen()
    try fixture.commit(entries: 1)
    #expect(try finds(in: fixture) == [])
    #expect(fixture.store.verify().isSound)
  }

  @Test("The search finds what is not sealed")
  func theSearchCanFail() throws {
    let fixture = try filled(1, .null)
    #expect(try finds(in: fixture).contains("tenant/tenant.db-wal"))
    try fixture.reopen()
    try fixture.commit(entries: 1)
    #expect(try finds(in: fixture).contains("tenant/tenant.db"))
  }

  @Test("Without its key a folder does not open, and it is said what is missing")
  func missingKeys() throws {
    let fixture = try filled(2)
    let other = try Fixture(seed: 3)
    try fixture.store.close()
    func code(_ keys: String) -> StorageError.Code? {
      do {
        try ServerStore(
          directory: fixture.directory.path("tenant"), keys: RecordKeyOptions(path: keys)
        ).close()
        return nil
      } catch {
        return (error as? StorageError)?.code
      }
    }
    #expect(code(fixture.directory.path("elsewhere.keys")) == .keysMissing)
    #expect(code(other.directory.path("tenant.keys")) == .inUse)
    try other.store.close()
    #expect(code(other.directory.path("tenant.keys")) == .keysForeign)
    let wrapping = URL(filePath: fixture.directory.path("tenant.keys.wrapping"))
    let right = try Data(contentsOf: wrapping)
    try WrappingKeyFile.write(.generated(), to: wrapping.path)
    #expect(code(fixture.directory.path("tenant.keys")) == .foreignKey)
    try FileManager.default.removeItem(at: wrapping)
    #expect(code(fixture.directory.path("tenant.keys")) == .keysMissing)
    try right.write(to: wrapping)
    #expect(code(fixture.directory.path("tenant.keys")) == .tooOpen)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: wrapping.path)
    #expect(code(fixture.directory.path("tenant.keys")) == nil)
  }

  @Test(
    "A value that was moved does not open, and is found",
    arguments: [
      // Of two segments the changes, of two records the state, of one attachment two pieces; a whole record.
      """
      UPDATE segment SET packed = (SELECT packed FROM segment o WHERE o.id = 3 - segment.id)
      WHERE id IN (1, 2)
      """,
      "UPDATE segment SET record = 3 - record WHERE record IN (1, 2)",
      """
      CREATE TABLE old AS SELECT * FROM snapshot;
      UPDATE snapshot SET content = (SELECT content FROM old WHERE old.record = 3 - snapshot.record)
      WHERE record IN (1, 2)
      """,
      """
      CREATE TABLE old AS SELECT * FROM attachment_chunk;
      UPDATE attachment_chunk
      SET content = (SELECT content FROM old WHERE old.id = 3 - attachment_chunk.id) WHERE id IN (1, 2)
      """,
      """
      CREATE TABLE old AS SELECT * FROM attachment;
      UPDATE attachment SET digest = (SELECT content FROM snapshot WHERE snapshot.record = 1)
      """,
      """
      CREATE TABLE old AS SELECT * FROM record;
      UPDATE record SET key_id = (SELECT key_id FROM old WHERE old.id = 3 - record.id) WHERE id IN (1, 2)
      """,
    ])
  func movedValues(_ sql: String) throws {
    let fixture = try filled(4)
    try fixture.store.database.write { try $0.execute(sql: sql) }
    fixture.store.cache.removeAll()
    let report = fixture.store.verify()
    #expect(report.findings.contains { ![.file, .log].contains($0.fault) }, "\(report.findings)")
    let records = try fixture.store.database.read { db in
      try Data.fetchAll(db, sql: "SELECT wire FROM record WHERE id IN (1, 2)")
    }.compactMap { Identifier(bytes: Array($0)) }
    let upload = try #require(fixture.uploads.first)
    var refused = 0
    for id in records {
      do { _ = try fixture.store.changes(of: id, after: 0) } catch { refused += 1 }
      do { _ = try fixture.store.enterContent(id) } catch { refused += 1 }
    }
    do {
      let content = try fixture.store.content(of: upload.attachment, at: 0, count: 200_000)
      #expect(StoredContent.digest(of: content) == upload.digest)
    } catch { refused += 1 }
    #expect(refused > 0)
  }

  @Test("A row that traded places with another of the same record is refused")
  func movedWithinARecord() throws {
    let fixture = try filled(5)
    let pair = try fixture.store.database.read { db in
      try Row.fetchOne(
        db,
        sql: """
          SELECT a.id, b.id, r.wire FROM segment a JOIN segment b ON b.record = a.record AND b.id > a.id
          JOIN record r ON r.id = a.record LIMIT 1
          """)
    }
    let row = try #require(pair)
    let (first, second) = (row[0] as Int64, row[1] as Int64)
    let record = try #require(Identifier(bytes: Array(row[2] as Data)))
    try fixture.store.database.write { db in
      try db.execute(
        sql: """
          CREATE TABLE old AS SELECT * FROM segment WHERE id IN (\(first), \(second));
          UPDATE segment SET packed = (SELECT packed FROM old WHERE old.id <> segment.id)
          WHERE id IN (\(first), \(second))
          """)
    }
    #expect(throws: StorageError(.damaged, record: record)) {
      _ = try fixture.store.changes(of: record, after: 0)
    }
  }
}
