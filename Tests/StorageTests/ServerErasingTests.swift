import CRDT
import CaseModel
import Foundation
import GRDB
import Replication
import Testing
import WireProtocol

@testable import Storage

/// One change's payload is erased out of the segment that it shares with others.
@Suite struct ServerErasingTests {
  typealias Fixture = ServerStoreTests.Fixture

  /// Whether the bytes stand in any of the tenant's files.
  private func stands(_ bytes: [UInt8], in fixture: Fixture) throws -> Bool {
    for name in ["tenant.db", "tenant.db-wal"] {
      let file = URL(filePath: fixture.directory.path("tenant/" + name))
      if try Data(contentsOf: file).firstRange(of: Data(bytes)) != nil { return true }
    }
    return false
  }

  @Test("The payload is gone from the disk, the chain holds, and nothing comes back", arguments: 0..<8)
  func erases(seed: UInt64) throws {
    let fixture = try Fixture(seed: seed, .null)
    for _ in 0..<4 { try fixture.commit(entries: 15) }
    try fixture.commit(together: 40)
    if seed.isMultiple(of: 2) { try fixture.reopen() }
    let live = fixture.server.log.filter { change in
      guard let state = fixture.server.records[change.change.header.record]?.state else { return false }
      return state.fields.values.joined().contains { $0.context.id == change.change.header.id }
    }
    let erased = try #require(live.randomElement(using: &fixture.writer.random))
    let record = erased.change.header.record
    let name = erased.change.header.id
    // The random bytes of a payload stand nowhere else.
    let salt = try Payload(encoded: erased.change.payload).salt.bytes
    let stood = try stands(salt, in: fixture)
    #expect(stood)

    let wasThere = try fixture.store.erase(name, in: record)
    #expect(wasThere)
    let isLeft = try stands(salt, in: fixture)
    #expect(!isLeft)
    let isThere = try fixture.store.erase(name, in: record)
    #expect(!isThere)
    func expectErased() throws {
      guard var expected = fixture.server.records[record] else { return }
      expected.erase(name)
      let live = expected.state.fields.values.joined().map(\.context.id)
      #expect(!live.contains(name))
      #expect(try fixture.store.record(record)?.encoded == expected.encoded)
      #expect(try fixture.store.enterContent(record) == expected.encoded)
      let report = fixture.store.verify()
      #expect(report.isSound, "\(report.findings)")
      #expect(try fixture.store.digest(of: name, in: record) == erased.digest)
    }
    try expectErased()
    #expect { _ = try fixture.store.changes(of: record, after: erased.position - 1) } throws: {
      ($0 as? StorageError)?.code == .erased
    }
    for id in fixture.server.records.keys where id != record {
      let expected = fixture.server.log.filter { $0.change.header.record == id }.map(\.delivered)
      #expect(try fixture.store.changes(of: id, after: 0) == expected)
    }
    for entry in fixture.server.entries {
      #expect(try fixture.store.verdict(on: entry.verdict.entry, of: entry.actor) == entry)
    }
    for _ in 0..<4 { try fixture.commit(entries: 15) }
    try fixture.reopen()
    try expectErased()
  }

  @Test("Who holds the record is sent its state anew, and no change that lacks its payload")
  func holdersAreSentTheState() throws {
    let fixture = try Fixture(seed: 20)
    try fixture.commit(entries: 40)
    let change = try #require(
      fixture.server.log.last { change in
        change.isAccepted && change.change.header.creates?.kind == 1
      } ?? fixture.server.log.last { $0.isAccepted })
    let record = change.change.header.record
    let actor = fixture.writer.actors[2]
    var group = fixture.server.newGroup()
    fixture.server.hold(record, by: actor, at: change.position - 1, into: &group)
    try fixture.store.commit(group)
    let scopes: [Scope] =
      [.register, .milestones] + fixture.writer.cases.map(Scope.caseFile)
      + fixture.writer.aliases.map(Scope.alias)
    func outstanding() throws -> OutstandingRecord? {
      try fixture.store.outstanding(for: actor, in: scopes, after: change.position - 1, all: false)
        .first { $0.reference.id == record }
    }
    guard let before = try outstanding() else { return }
    #expect(before.heldUpTo != nil)
    try fixture.store.erase(change.change.header.id, in: record)
    let after = try #require(try outstanding())
    #expect(after.heldUpTo == nil)
    #expect(after.nextGeneration == before.nextGeneration)
  }

  @Test("An unknown change is an error, and a void one has nothing to erase")
  func erasesNothing() throws {
    let fixture = try Fixture(seed: 30)
    for _ in 0..<3 { try fixture.commit(entries: 30) }
    let void = try #require(fixture.server.log.first { !$0.isAccepted })
    let wasThere = try fixture.store.erase(void.change.header.id, in: void.change.header.record)
    #expect(!wasThere)
    let unknown = ChangeID(actor: fixture.writer.actors[0], number: 1_000_000)
    for record in [void.change.header.record, Identifier(high: 1, low: 1)] {
      #expect { try fixture.store.erase(unknown, in: record) } throws: {
        ($0 as? StorageError)?.code == .unknownRecord
      }
    }
    #expect(fixture.store.verify().isSound)
  }
}
