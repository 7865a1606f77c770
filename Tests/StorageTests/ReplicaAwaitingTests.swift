import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

@testable import Storage

/// Own work that was refused since what it builds on is to come back to the server first.
@Suite struct ReplicaAwaitingTests {
  private let field = FieldID(rawValue: 2)

  /// A record of another device that the server sent.
  private func recordThatIsHere(_ fixture: ReplicaFixture) throws -> Identifier {
    let id = fixture.random.identifier()
    _ = fixture.writeElsewhere(id)
    _ = try fixture.store.apply(delivery: fixture.delivery(enters: [fixture.enter(id)]))
    return id
  }

  private func write(_ text: String, in ids: [Identifier], isNew: Bool = false, _ fixture: ReplicaFixture)
    throws
  {
    let operations = [Operation(field: field, action: .assign(.text(text)))]
    try fixture.write([ids.map { fixture.draft($0, isNew: isNew, operations: operations) }])
  }

  private func judge(_ code: ErrorCode?, _ fixture: ReplicaFixture) throws {
    let entry = try #require(try fixture.store.pendingEntries(after: 0, limit: 1).first)
    var group = fixture.server.newGroup()
    let verdict = fixture.server.judge(
      entry.entry.changes, of: fixture.actor, refusing: code, into: &group)
    _ = try fixture.store.apply(verdicts: [verdict])
  }

  /// In a new epoch nothing counts as delivered until the server sends it again.
  private func forgetWhatWasDelivered(_ fixture: ReplicaFixture) throws {
    try fixture.store.writing { db, _ in try db.run("UPDATE record SET generation = 0") }
    try fixture.reopen()
  }

  private func texts(_ id: Identifier, _ fixture: ReplicaFixture) throws -> [String] {
    (try fixture.store.record(id)?.state.values(field) ?? []).compactMap { live in
      if case .text(let text) = live.value { text } else { nil }
    }
  }

  @Test func itWaitsAndIsWrittenAgainWhenWhatItBuildsOnWasDelivered() throws {
    let fixture = try ReplicaFixture(seed: 11)
    let id = try recordThatIsHere(fixture)
    try write("first", in: [id], fixture)
    try write("second", in: [id], fixture)
    let originals = try fixture.store.pendingEntries(after: 0, limit: 9)
    for _ in originals { try judge(.awaited, fixture) }
    try forgetWhatWasDelivered(fixture)
    for _ in 0..<2 {
      try fixture.store.reissueAwaiting(at: 5_000)
      let status = try fixture.store.status()
      #expect(status.awaitingEntries == 2 && status.pendingEntries == 0 && status.refusedEntries == 0)
      #expect(try fixture.store.refused().isEmpty)
      try fixture.reopen()
    }
    _ = try fixture.store.apply(delivery: fixture.delivery(enters: [fixture.enter(id)]))
    for _ in 0..<2 {
      try fixture.store.reissueAwaiting(at: 5_000)
      let again = try fixture.store.pendingEntries(after: 0, limit: 9)
      #expect(again.map(\.entry.number) == [3, 4])
      #expect(again.flatMap(\.entry.changes).map(\.header.id.number) == [3, 4])
      #expect(
        again.flatMap(\.entry.changes).map(\.header.originDigest) == originals.flatMap(\.digests).map { $0 })
      #expect(try fixture.store.status().awaitingEntries == 0)
      #expect(try texts(id, fixture).contains("second") && !texts(id, fixture).contains("first"))
      #expect(try fixture.store.verify().isSound)
      try fixture.reopen()
    }
    for _ in 0..<2 { try judge(nil, fixture) }
    #expect(try texts(id, fixture).contains("second") && !texts(id, fixture).contains("first"))
    #expect(try fixture.store.status().pendingEntries == 0)
    #expect(try fixture.store.verify().isSound)
  }

  @Test func anEntryIsWrittenAgainWholeOrNotAtAll() throws {
    let fixture = try ReplicaFixture(seed: 12)
    let ids = try (0..<2).map { _ in try recordThatIsHere(fixture) }
    try write("in both", in: ids, fixture)
    try judge(.awaited, fixture)
    try forgetWhatWasDelivered(fixture)
    for (index, id) in ids.enumerated() {
      try fixture.store.reissueAwaiting(at: 5_000)
      #expect(try fixture.store.pendingEntries(after: 0, limit: 9).isEmpty, "\(index)")
      _ = try fixture.store.apply(delivery: fixture.delivery(enters: [fixture.enter(id)]))
    }
    try fixture.store.reissueAwaiting(at: 5_000)
    #expect(try fixture.store.pendingEntries(after: 0, limit: 9).map(\.entry.changes.count) == [2])
    for id in ids { #expect(try texts(id, fixture).contains("in both")) }
  }

  @Test func whatCreatesARecordWaitsForItsCase() throws {
    let fixture = try ReplicaFixture(seed: 13)
    let id = fixture.random.identifier()
    try write("created", in: [id], isNew: true, fixture)
    try judge(.awaited, fixture)
    try fixture.store.reissueAwaiting(at: 5_000)
    #expect(try fixture.store.pendingEntries(after: 0, limit: 9).isEmpty)
    _ = fixture.writeElsewhere(fixture.caseID)
    _ = try fixture.store.apply(delivery: fixture.delivery(enters: [fixture.enter(fixture.caseID)]))
    try fixture.store.reissueAwaiting(at: 5_000)
    let again = try #require(try fixture.store.pendingEntries(after: 0, limit: 9).first)
    #expect(again.entry.changes.first?.header.creates?.caseID == fixture.caseID)
    #expect(try texts(id, fixture) == ["created"])
  }

  @Test func backupsDoNotTakeAwayWhatWaits() throws {
    let fixture = try ReplicaFixture(seed: 14)
    let id = try recordThatIsHere(fixture)
    try write("waits", in: [id], fixture)
    try judge(.awaited, fixture)
    try write("behind it", in: [id], fixture)
    try judge(nil, fixture)
    try forgetWhatWasDelivered(fixture)
    try fixture.store.apply(BackupWatermark(number: 1, entries: 2, coversReceived: true))
    _ = try fixture.store.apply(delivery: fixture.delivery(enters: [fixture.enter(id)]))
    try fixture.store.reissueAwaiting(at: 5_000)
    try judge(nil, fixture)
    // Neither author had seen the other's.
    #expect(try Set(texts(id, fixture)).isSuperset(of: ["waits", "behind it"]))
    #expect(try fixture.store.verify().isSound)
  }
}
