import CRDT
import CaseModel
import Foundation
import GRDB
import Replication
import Testing
import WireProtocol

@testable import Storage

/// What lies on the disk of a client.
@Suite struct SealedAtRestTests {
  /// What has bytes attached.
  private static let file = Identifier(high: 77, low: 77)

  /// A replica with the canary in all that it holds: own work pending, accepted and refused, others' states,
  /// changes, an attachment, a marker, names.
  private func filled(_ seal: StoreSeal? = nil) throws -> ReplicaFixture {
    let fixture = try ReplicaFixture(seed: 3, seal: seal)
    let canary = RandomWriter.canary
    let note = { (id: Identifier, isNew: Bool) in
      fixture.draft(
        id, isNew: isNew,
        operations: [CRDT.Operation(field: FieldID(rawValue: 1), action: .assign(.text("\(canary) \(id)")))])
    }
    let ids = (0..<4).map { _ in fixture.random.identifier() }
    let entries = try fixture.write(ids.map { [note($0, true)] })
    var group = fixture.server.newGroup()
    let verdicts = entries.prefix(2).enumerated().map { index, entry in
      fixture.server.judge(
        entry.entry.changes, of: fixture.actor, refusing: index == 0 ? nil : .forbidden, into: &group)
    }
    _ = try fixture.store.apply(verdicts: verdicts)
    let elsewhere = fixture.random.identifier()
    _ = fixture.writeElsewhere(elsewhere)
    _ = try fixture.store.apply(delivery: fixture.delivery(enters: [try fixture.enter(elsewhere)]))
    let change = fixture.writeElsewhere(elsewhere)
    _ = try fixture.store.apply(delivery: fixture.delivery(changes: [change]))
    try fixture.store.setMarker("seen", to: Array(canary.utf8))
    let content = Array(String(repeating: canary + " ", count: 20_000).utf8)
    let attachment = NewAttachment(record: Self.file, content: content)
    _ = try fixture.store.write([[note(Self.file, true)]], attaching: attachment, at: 2) {
      fixture.random.identifier()
    }
    try fixture.store.updateMeta { $0.lastFailure = ExchangeFailure(reason: canary, at: 1) }
    return fixture
  }

  /// Every file of the replica's folder that holds the canary, as UTF-8 or UTF-16.
  private func finds(in fixture: ReplicaFixture) throws -> Set<String> {
    let spellings = [
      Data(RandomWriter.canary.utf8), RandomWriter.canary.data(using: .utf16LittleEndian) ?? Data(),
      Data("Testkommune".utf8),
    ]
    var found: Set<String> = []
    let names = try FileManager.default.contentsOfDirectory(atPath: fixture.home)
    #expect(Set(names).isSuperset(of: ["replica.db", "replica.db-wal", "replica.db-shm"]))
    for name in names {
      let bytes = try Data(contentsOf: URL(filePath: fixture.home + "/" + name))
      for spelling in spellings where bytes.firstRange(of: spelling) != nil { found.insert(name) }
    }
    return found
  }

  @Test("Nothing that a person wrote can be read in any file of the replica")
  func nothingIsReadable() throws {
    let fixture = try filled()
    #expect(try finds(in: fixture) == [])
    #expect(try fixture.store.verify().isSound)
    // The same where the log was copied into the database.
    try fixture.reopen()
    try fixture.store.updateMeta { $0.lastContact = 5 }
    #expect(try finds(in: fixture) == [])
    #expect(try fixture.store.verify().isSound)
  }

  @Test("The search finds what is not sealed")
  func theSearchCanFail() throws {
    let fixture = try filled(StoreSeal(try .generated(), .null))
    #expect(try finds(in: fixture).contains("replica.db-wal"))
    try fixture.reopen()
    try fixture.store.updateMeta { $0.lastContact = 5 }
    #expect(try finds(in: fixture).isSuperset(of: ["replica.db"]))
  }

  @Test("No column holds text but keys, names of markers and numbers")
  func columns() throws {
    let fixture = try filled()
    let known: Set<String> = ["compatibility", "replica", "progress", "rows", "seen"]
    try fixture.store.database.read { db in
      for table in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'") {
        for row in try Row.fetchAll(db, sql: "SELECT * FROM \(table)") {
          for value in row.databaseValues {
            guard case .string(let text) = value.storage else { continue }
            #expect(known.contains(text), "\(table)")
          }
        }
      }
    }
  }

  private func change(_ fixture: ReplicaFixture, _ sql: String...) throws {
    try fixture.store.close()
    let database = try DatabaseQueue(path: fixture.home + "/replica.db")
    try database.write { db in for sql in sql { try db.execute(sql: sql) } }
    try database.close()
    fixture.store = try ReplicaStore(home: fixture.home, seal: fixture.seal)
  }

  @Test(
    "A value that was moved to another row does not open",
    arguments: [
      """
      UPDATE change SET content = (SELECT content FROM change o WHERE o.id = 3 - change.id)
      WHERE id IN (1, 2)
      """,
      "UPDATE change SET number = number + 100 WHERE id = 1",
      "UPDATE change SET record = 999 WHERE id = 1",
      "UPDATE record SET wire = CASE id WHEN 1 THEN zeroblob(16) ELSE wire END",
      """
      UPDATE attachment_chunk
      SET content = (SELECT content FROM attachment_chunk o WHERE o.id = 3 - attachment_chunk.id)
      WHERE id IN (1, 2)
      """,
      "UPDATE marker SET name = 'other'",
    ])
  func movedValues(_ sql: String) throws {
    let fixture = try filled()
    try change(fixture, sql)
    #expect(try !fixture.store.verify().isSound)
  }

  @Test("Values that trade places are found, and none is shown")
  func tradedSnapshots() throws {
    let fixture = try ReplicaFixture(seed: 6)
    let ids = (0..<2).map { _ in fixture.random.identifier() }
    for id in ids {
      _ = fixture.writeElsewhere(id)
      _ = try fixture.store.apply(delivery: fixture.delivery(enters: [try fixture.enter(id)]))
    }
    try change(
      fixture, "CREATE TABLE old AS SELECT * FROM snapshot",
      "UPDATE snapshot SET content = (SELECT content FROM old WHERE old.record <> snapshot.record)")
    for id in ids { #expect(throws: StorageError(.damaged, record: id)) { try fixture.store.record(id) } }
    // Each is there, in the wrong place: the sum alone cannot tell.
    #expect(try fixture.store.isComplete())
    #expect(try fixture.store.verify().findings.map(\.fault) == [.snapshot, .snapshot])
  }

  @Test("A row that was put back to what it was is found, and so is one that was left out")
  func rolledBackRows() throws {
    let fixture = try ReplicaFixture(seed: 7)
    let id = fixture.random.identifier()
    _ = fixture.writeElsewhere(id)
    _ = try fixture.store.apply(delivery: fixture.delivery(enters: [try fixture.enter(id)]))
    try change(
      fixture, "CREATE TABLE old AS SELECT * FROM snapshot", "CREATE TABLE older AS SELECT * FROM meta")
    _ = try fixture.store.apply(delivery: fixture.delivery(changes: [fixture.writeElsewhere(id)]))
    try fixture.write([[fixture.draft(id, isNew: false, operations: [fixture.operation()])]])
    #expect(try fixture.store.isComplete())
    try change(
      fixture, "CREATE TABLE now AS SELECT * FROM snapshot",
      "INSERT OR REPLACE INTO snapshot SELECT * FROM old")
    // It opens, since it was sealed for this place.
    #expect(try fixture.store.snapshot(of: id) != nil)
    #expect(try !fixture.store.isComplete())
    #expect(try fixture.store.verify().findings.map(\.fault).first == .rows)
    // What is written on top does not hide it.
    try fixture.store.updateMeta { $0.lastContact = 9 }
    #expect(try !fixture.store.isComplete())
    try change(fixture, "INSERT OR REPLACE INTO snapshot SELECT * FROM now")
    #expect(try fixture.store.isComplete())
    try change(fixture, "DELETE FROM change WHERE id = (SELECT max(id) FROM change)")
    #expect(try !fixture.store.isComplete())
    // The sum does not go back by itself either.
    try change(fixture, "INSERT OR REPLACE INTO meta SELECT * FROM older WHERE key = 'rows'")
    #expect(try !fixture.store.isComplete())
    try change(fixture, "DELETE FROM meta WHERE key = 'rows'")
    #expect(try !fixture.store.isComplete())
  }

  @Test("Another key, a copy of it or none: it is said which, and nothing is lost")
  func otherKeys() throws {
    let fixture = try filled()
    try fixture.store.close()
    #expect(throws: StorageError(.foreignKey)) {
      try ReplicaStore(home: fixture.home, seal: StoreSeal(try .generated()))
    }
    fixture.store = try ReplicaStore(home: fixture.home, seal: fixture.seal)
    #expect(try fixture.store.verify().isSound)
  }

  @Test("A store that took another key opens with that alone, and holds what it held")
  func resealing() throws {
    let keys = try StoreKeys.generated()
    let fixture = try filled(StoreSeal(keys))
    let shown = try fixture.store.records()
    let pending = try fixture.store.pendingEntries(after: 0, limit: 99)
    let content = try fixture.store.content(of: Self.file, at: 0, count: 999_999)
    #expect(content.count > 200_000)
    try fixture.store.close()
    let rotated = try keys.rotated()
    fixture.store = try ReplicaStore(home: fixture.home, seal: StoreSeal(rotated))
    // Some is sealed under either.
    try fixture.store.setMarker("more", to: [1])
    #expect(try fixture.store.verify().isSound)
    try fixture.store.reseal()
    #expect(try fixture.store.verify().isSound)
    try fixture.store.close()
    #expect(throws: StorageError(.foreignKey)) {
      try ReplicaStore(home: fixture.home, seal: StoreSeal(keys))
    }
    fixture.store = try ReplicaStore(home: fixture.home, seal: StoreSeal(rotated.withoutOlder))
    #expect(try fixture.store.verify().isSound)
    #expect(try fixture.store.records() == shown)
    #expect(try fixture.store.pendingEntries(after: 0, limit: 99).map(\.digests) == pending.map(\.digests))
    #expect(try fixture.store.content(of: Self.file, at: 0, count: 999_999) == content)
    #expect(try fixture.store.marker("more") == [1])
    #expect(try fixture.store.marker("seen") == Array(RandomWriter.canary.utf8))
  }

  @Test("A transaction that fails leaves the sum as it was")
  func failedTransactions() throws {
    let fixture = try filled()
    fixture.store.beforeCommit = { _ in throw StorageError(.diskFull) }
    for _ in 0..<3 {
      #expect(throws: StorageError(.diskFull)) { try fixture.store.setMarker("more", to: [1]) }
      #expect(throws: StorageError(.diskFull)) { try fixture.store.updateMeta { $0.lastContact = 77 } }
    }
    fixture.store.beforeCommit = nil
    #expect(try fixture.store.isComplete())
    try fixture.store.setMarker("more", to: [1])
    let other = try ReplicaStore(home: fixture.home, seal: fixture.seal)
    try other.setMarker("seen", to: nil)
    try other.close()
    try fixture.store.setMarker("more", to: [2])
    #expect(try fixture.store.isComplete())
    #expect(try fixture.store.verify().isSound)
  }
}
