import CRDT
import Foundation
import Replication
import Testing
import WireProtocol

@testable import Storage

/// The log of what was opened, as the server keeps it.
@Suite struct OpenedLogTests {
  private func rows(_ fixture: KnowingFixture, about record: Int) throws -> [LogRow] {
    try fixture.store.logRows(
      of: .opened, about: fixture.records[record], since: 0, from: 0, to: 1_000, limit: 100
    ).map(\.row)
  }

  private func commit(_ rows: [OpenedRow], _ fixture: KnowingFixture) throws {
    var group = fixture.group()
    group.opened = rows
    try fixture.store.commit(group)
  }

  @Test func aRowIsToldAsItsDeviceSaidIt() throws {
    let fixture = try KnowingFixture()
    let row = fixture.opening(3)
    #expect(try !fixture.store.hasOpened(row.opening.digest))
    try commit([row, fixture.opening(4)], fixture)
    #expect(try fixture.store.hasOpened(row.opening.digest))
    let told = LogRow(
      recordedAt: row.recordedAt, agent: row.agent, opened: row.opening.event,
      salts: (row.opening.agentSalt, row.opening.eventSalt))
    #expect(try rows(fixture, about: 3) == [told])
    try fixture.sign()
    let signed = try #require(try fixture.store.logCheckpoint(of: .opened))
    #expect(signed.checkpoint.size == 32 && fixture.store.verify().isSound)
    let proof = try fixture.store.inclusionProof(of: .opened, at: 0, size: 32)
    #expect(proof.isValid(leaf: told.leafHash(in: .opened), root: signed.checkpoint.root))
    // Its device finds it by what it says, in a log that is long enough.
    let digest = row.opening.digest
    let found = try #require(try fixture.store.openedRow(digest, before: 32))
    #expect(found.place == 0 && found.row == told.blindingEvent())
    #expect(try fixture.store.openedRow(digest, before: 0) == nil)
    #expect(try fixture.store.openedRow(digest, before: 33) == nil)
    #expect(try fixture.store.openedRow(fixture.opening(5).opening.digest, before: 32) == nil)
    // How long it is beyond what was signed is told to nobody.
    try commit([fixture.opening(6)], fixture)
    #expect(try fixture.store.openedRow(digest, before: 33) == nil)
    #expect(try fixture.store.openedRow(digest, before: 32) != nil)
  }

  /// Its device was told that the server has it, and keeps it no longer: no checkpoint was signed since.
  @Test func aRowThatWasTakenIsThereAfterARestore() throws {
    let fixture = try KnowingFixture()
    let home = fixture.base.directory.path("tenant")
    let copy = fixture.base.directory.path("copy")
    try fixture.store.close()
    try FileManager.default.copyItem(atPath: home, toPath: copy)
    fixture.base.store = try ServerStore(directory: home, keys: fixture.base.keys)
    let row = fixture.opening(2)
    try commit([row], fixture)
    try fixture.store.close()
    try FileManager.default.removeItem(atPath: home)
    try FileManager.default.copyItem(atPath: copy, toPath: home)
    fixture.base.store = try ServerStore(directory: home, keys: fixture.base.keys)
    #expect(try fixture.store.hasOpened(row.opening.digest) && rows(fixture, about: 2).count == 1)
    #expect(fixture.store.verify().isSound)
  }

  @Test func whatWasErasedIsToldNoMore() throws {
    let fixture = try KnowingFixture()
    try commit([fixture.opening(1)], fixture)
    try fixture.store.destroyKeys(of: [fixture.records[1]], at: 1)
    guard case .entry(_, .told, .blinded)? = try rows(fixture, about: 1).first else {
      Issue.record("it says what was opened")
      return
    }
    #expect(fixture.store.verify().isSound)
  }

  @Test func aRowThatIsNotThereAnyMoreIsFound() throws {
    let fixture = try KnowingFixture()
    try commit([fixture.opening(1), fixture.opening(2)], fixture)
    try fixture.sign()
    let row = try #require(fixture.store.logs[.opened]?.row)
    try fixture.alter("DELETE FROM knowing_row WHERE log = \(row) AND place = 1")
    #expect(!fixture.findings().isEmpty)
  }
}
