import CRDT
import Foundation
import GRDB
import Testing
import WireProtocol

@testable import Storage

/// Bit rot is found, named, and never served.
@Suite struct ServerVerificationTests {
  typealias Fixture = ServerStoreTests.Fixture

  /// Flips one bit of one column of a segment, as a disk might.
  private func flip(_ column: String, of segment: Int64, byte: Int, in fixture: Fixture) throws {
    try fixture.store.database.write { db in
      guard
        let row = try Row.fetchOne(
          db, sql: "SELECT \(column) FROM segment WHERE id = ?", arguments: [segment]),
        case .blob(var data) = (row[0] as DatabaseValue).storage
      else { return }
      data[data.startIndex + byte % data.count] ^= 1 << (byte % 8)
      try db.execute(sql: "UPDATE segment SET \(column) = ? WHERE id = ?", arguments: [data, segment])
    }
  }

  @Test("Every flipped byte of a segment is found, named and not served", arguments: 0..<4)
  func findsFlippedBytes(seed: UInt64) throws {
    let fixture = try Fixture(seed: seed)
    for _ in 0..<3 { try fixture.commit(entries: 10) }
    try fixture.commit(together: 60)
    try fixture.reopen()
    #expect(fixture.store.verify().isSound)
    let segments = try fixture.store.database.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT s.id, a.wire, s.number, s.changes, r.wire
          FROM segment s JOIN actor a ON a.id = s.actor JOIN record r ON r.id = s.record
          """
      ).map { row in
        let actor = ActorID(rawValue: UInt64(bitPattern: row[1] as Int64))
        let last = UInt64(row[2] as Int64)
        let names = (last - UInt64(row[3] as Int64) + 1...last).map { ChangeID(actor: actor, number: $0) }
        return (id: row[0] as Int64, names: Set(names), record: Identifier(bytes: row[4] as Data))
      }
    }
    #expect(segments.contains { $0.names.count > 1 })
    for column in ["packed", "stamps"] {
      for _ in 0..<40 {
        let segment = try #require(segments.randomElement(using: &fixture.writer.random))
        let record = try #require(segment.record)
        let byte = Int.random(in: 0..<10_000, using: &fixture.writer.random)
        try flip(column, of: segment.id, byte: byte, in: fixture)
        let report = fixture.store.verify()
        #expect(
          report.findings.contains { finding in
            finding.record == record && finding.change.map(segment.names.contains) ?? false
          }, "\(column) of \(segment.id) byte \(byte): \(report.findings)")
        // A flipped seal is for the server alone, who would not know it again; all else nobody is sent.
        if report.findings.contains(where: { $0.fault != .stamp && $0.fault != .entry }) {
          #expect { _ = try fixture.store.changes(of: record, after: 0) } throws: {
            let error = $0 as? StorageError
            return error?.code == .damaged && error?.record == record
          }
        }
        try flip(column, of: segment.id, byte: byte, in: fixture)
      }
    }
    #expect(fixture.store.verify().isSound)
  }

  @Test("A damaged snapshot is found and not served; numbers and links that were changed are found")
  func findsOtherDamage() throws {
    let fixture = try Fixture(seed: 9)
    for _ in 0..<4 { try fixture.commit(entries: 15) }
    let change = try #require(fixture.server.log.last { $0.isAccepted })
    let id = change.change.header.record
    for (sql, fault) in [
      ("UPDATE snapshot SET content = zeroblob(length(content)) WHERE record = 1", "snapshot"),
      ("UPDATE segment SET number = number + 1000 WHERE last = \(change.position)", "change"),
      ("UPDATE segment SET last = last + 1 WHERE last = \(change.position)", "change"),
      ("UPDATE segment SET changes = changes + 1 WHERE last = \(change.position)", "change"),
      ("UPDATE segment SET actor = actor % 4 + 1 WHERE last = \(change.position)", "change"),
      ("UPDATE journal SET first = first + 1 WHERE last = 2", "entry"),
      ("UPDATE journal SET outcomes = x'0300' WHERE last = 2", "entry"),
      ("UPDATE record SET home = zeroblob(16), placement = 3 WHERE id = 2", "record"),
      ("UPDATE record SET tail = tail + 1 WHERE id = 2", "record"),
      ("UPDATE record SET head_position = head_position + 1 WHERE id = 2", "record"),
      ("DELETE FROM segment WHERE id = 3", "log"),
      ("UPDATE journal SET digest = zeroblob(32) WHERE last = 2", "entry"),
      ("DELETE FROM journal WHERE last = 2", "entry"),
      ("DELETE FROM snapshot WHERE record = 2", "record"),
    ] {
      struct Undo: Error {}
      var report = VerificationReport()
      try? fixture.store.database.write { db in
        try db.execute(sql: sql)
        var verification = ServerVerification(
          fixture.store.tenant, epochs: fixture.store.epochs, actors: fixture.store.actors,
          keys: fixture.store.keys)
        verification.run(db)
        report = verification.report
        throw Undo()
      }
      #expect(report.findings.contains { $0.fault.rawValue == fault }, "\(sql): \(report.findings)")
    }
    #expect(fixture.store.verify().isSound)

    try fixture.store.database.write { db in
      try db.execute(
        sql:
          "UPDATE snapshot SET content = zeroblob(9) WHERE record = (SELECT id FROM record WHERE wire = ?)",
        arguments: [Data(id.bytes)])
    }
    fixture.store.cache.removeAll()
    #expect { _ = try fixture.store.enterContent(id) } throws: { ($0 as? StorageError)?.record == id }
    #expect { _ = try fixture.store.record(id) } throws: { ($0 as? StorageError)?.code == .damaged }
  }

  @Test("A byte flipped anywhere in the file gives an error or a finding, or changes nothing")
  func fileDamage() throws {
    let fixture = try Fixture(seed: 12)
    for _ in 0..<3 { try fixture.commit(entries: 20) }
    try fixture.store.close()
    let path = fixture.directory.path("tenant/tenant.db")
    let whole = try Data(contentsOf: URL(filePath: path))
    var caught = 0
    for _ in 0..<120 {
      var damaged = whole
      damaged[Int.random(in: 0..<whole.count, using: &fixture.writer.random)] ^= 0x10
      try damaged.write(to: URL(filePath: path))
      do {
        let store = try ServerStore(directory: fixture.directory.path("tenant"))
        defer { try? store.close() }
        if !store.verify().isSound {
          caught += 1
          continue
        }
        for (id, expected) in fixture.server.records {
          #expect(try store.record(id)?.encoded == expected.encoded)
        }
        for change in fixture.server.log {
          #expect(
            try store.digest(of: change.change.header.id, in: change.change.header.record) == change.digest)
        }
      } catch is StorageError {
        caught += 1
      }
    }
    #expect(caught > 20)
    try whole.write(to: URL(filePath: path))
    fixture.store = try ServerStore(directory: fixture.directory.path("tenant"))
  }

  @Test("No index holds what somebody wrote")
  func indicesHoldNoText() throws {
    let fixture = try Fixture(seed: 13, .null)
    try fixture.commit(entries: 50)
    try expectNoCanary(inIndicesOf: fixture.store.database)
  }

  @Test("The digest of parts is the chain's")
  func digestOfParts() {
    var random = SeededGenerator(seed: 1)
    for count in [0, 1, 31, 200] {
      let header = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      let payload = (0..<count * 3).map { _ in UInt8.random(in: 0...255, using: &random) }
      let start = Chain.start(
        tenant: random.identifier(), record: random.identifier(), actor: ActorID(rawValue: 1))
      #expect(
        Chain.digest(after: start, header: header, payloadDigest: Digest(hashing: payload))
          == Chain.digest(after: start, header: header, payload: payload))
    }
  }
}
