import CRDT
import Foundation
import GRDB
import Testing
import WireProtocol

@testable import Storage

/// Bit rot is found, named, and never served.
@Suite struct ServerVerificationTests {
  typealias Fixture = ServerStoreTests.Fixture

  /// Flips one bit of one column, as a disk might.
  private func flip(_ column: String, at position: Int64, byte: Int, in fixture: Fixture) throws -> Bool {
    try fixture.store.database.write { db in
      guard
        let row = try Row.fetchOne(
          db, sql: "SELECT \(column) FROM change WHERE position = ?", arguments: [position]),
        case .blob(var data) = (row[0] as DatabaseValue).storage, !data.isEmpty
      else { return false }
      data[data.startIndex + byte % data.count] ^= 1 << (byte % 8)
      try db.execute(sql: "UPDATE change SET \(column) = ? WHERE position = ?", arguments: [data, position])
      return true
    }
  }

  @Test("Every flipped byte of a header, payload, digest or stamp is found and named", arguments: 0..<4)
  func findsFlippedBytes(seed: UInt64) throws {
    let fixture = try Fixture(seed: seed)
    for _ in 0..<3 { try fixture.commit(entries: 10) }
    try fixture.reopen()
    #expect(fixture.store.verify().isSound)
    var flips = 0
    for column in ["header", "payload", "payload_digest", "digest", "mac"] {
      for _ in 0..<12 {
        let index = Int.random(in: 0..<fixture.server.log.count, using: &fixture.writer.random)
        let byte = Int.random(in: 0..<10_000, using: &fixture.writer.random)
        let change = fixture.server.log[index]
        let position = Int64(change.position)
        guard try flip(column, at: position, byte: byte, in: fixture) else { continue }
        flips += 1
        let report = fixture.store.verify()
        #expect(
          report.findings.contains {
            $0.record == change.change.header.record && $0.change == change.change.header.id
          }, "\(column) at \(position) byte \(byte): \(report.findings)")
        if column != "mac" {
          #expect { _ = try fixture.store.changes(of: change.change.header.record, after: 0) } throws: {
            let error = $0 as? StorageError
            return error?.code == .damaged && error?.record == change.change.header.record
          }
        }
        _ = try flip(column, at: position, byte: byte, in: fixture)
      }
    }
    #expect(flips > 30)
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
      ("UPDATE change SET received_at = received_at + 1 WHERE position = \(change.position)", "stamp"),
      ("UPDATE change SET accepted = 0 WHERE position = \(change.position)", "change"),
      ("UPDATE change SET number = number + 1000 WHERE position = \(change.position)", "change"),
      ("UPDATE record SET home = zeroblob(16), placement = 3 WHERE id = 2", "record"),
      ("UPDATE record SET tail = tail + 1 WHERE id = 2", "record"),
      ("UPDATE record SET head_position = head_position + 1 WHERE id = 2", "record"),
      ("DELETE FROM change WHERE position = 3", "log"),
      ("UPDATE entry SET digest = zeroblob(32) WHERE number = 2", "entry"),
      ("DELETE FROM entry WHERE number = 2", "entry"),
      ("DELETE FROM snapshot WHERE record = 2", "record"),
    ] {
      struct Undo: Error {}
      var report = VerificationReport()
      try? fixture.store.database.write { db in
        try db.execute(sql: sql)
        var verification = ServerVerification(
          fixture.store.tenant, epochs: fixture.store.epochs, actors: fixture.store.actors)
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
        arguments: [DatabaseValue.blob(id)])
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
    for _ in 0..<80 {
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
    let fixture = try Fixture(seed: 13)
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
        ChangeDigest.after(start, header: header, payloadDigest: Digest(hashing: payload))
          == Chain.digest(after: start, header: header, payload: payload))
    }
  }
}
