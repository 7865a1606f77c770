import CRDT
import GRDB
import Replication
import Testing
import WireProtocol

@testable import Storage

/// What was shown on a device, until the server has it.
@Suite struct ReplicaOpeningTests {
  private static let start: Int64 = 1_700_000_000_000

  /// A replica that was sent three records.
  private func fixture() throws -> (fixture: ReplicaFixture, records: [Identifier]) {
    let fixture = try ReplicaFixture(seed: 4)
    let records = (0..<3).map { _ in fixture.random.identifier() }
    for record in records { _ = fixture.writeElsewhere(record) }
    _ = try fixture.store.apply(delivery: fixture.delivery(enters: try records.map { try fixture.enter($0) }))
    return (fixture, records)
  }

  private func open(
    _ records: [Identifier], _ fixture: ReplicaFixture, after time: Int64 = 0,
    for purpose: String = "coordination"
  ) throws {
    try fixture.store.open(records, for: purpose, at: Self.start + time) { fixture.random.identifier() }
  }

  @Test func aRecordThatIsShownHasOneRowAnHourAndPurpose() throws {
    let (fixture, records) = try fixture()
    try open(records, fixture)
    try open(records, fixture, after: ReplicaStore.openingLasts)
    #expect(try fixture.store.waitingOpenings() == 3)
    try open([records[0]], fixture, after: 5, for: "supervision")
    try open([records[1]], fixture, after: ReplicaStore.openingLasts + 1)
    // A clock that was set back says nothing of now.
    try open([records[2]], fixture, after: -1)
    let waiting = try fixture.store.waitingOpenings(limit: 10)
    #expect(waiting.map(\.opening.event.record) == records + [records[0], records[1], records[2]])
    #expect(
      waiting[3].opening.event
        == OpenedEvent(record: records[0], openedAt: Self.start + 5, purpose: "supervision"))
    #expect(Set(waiting.flatMap { [$0.opening.agentSalt, $0.opening.eventSalt] }).count == 12)
  }

  @Test func workThatTheServerDoesNotKnowIsItsAuthorsAlone() throws {
    let (fixture, records) = try fixture()
    let own = fixture.random.identifier()
    try fixture.write([[fixture.draft(own, isNew: true, operations: [fixture.operation()])]])
    try open([own, fixture.random.identifier(), records[0], records[0]], fixture)
    #expect(try fixture.store.waitingOpenings(limit: 9).map(\.opening.event.record) == [records[0]])
  }

  /// A delivery bundle names what the server has: more may have been shown since the push bundle was written.
  @Test func aBundleTellsWhichRowsTheServerHas() throws {
    let (fixture, records) = try fixture()
    try open(records, fixture)
    let waiting = try fixture.store.waitingOpenings(limit: 9)
    let behind = try fixture.store.waitingOpenings(after: waiting[0], limit: 9)
    #expect(behind.map(\.opening) == waiting.dropFirst().map(\.opening))
    let told: Set = [waiting[0].opening.digest, waiting[2].opening.digest, Digest(hashing: [1])]
    for time in [7, 8] as [Int64] {
      _ = try fixture.store.carryOut(BundleIntake.Write.opened(told, takenAt: time), at: 99)
      #expect(try fixture.store.waitingOpenings(limit: 9).map(\.opening) == [waiting[1].opening])
    }
    let taken = try fixture.store.takenOpenings(after: 0, limit: 9).map(\.opening)
    #expect(taken.map(\.takenAt) == [7, 7] && Set(taken.map(\.event)).isSubset(of: told))
  }

  @Test func whatTheServerHasWaitsNoMoreAndIsForgottenAnHourAfterItWasFound() throws {
    let (fixture, records) = try fixture()
    try open(records, fixture)
    try fixture.store.noteTaken(openings: fixture.store.waitingOpenings(limit: 2), at: 7)
    #expect(try fixture.store.waitingOpenings(limit: 9).map(\.opening.event.record) == [records[2]])
    try open(records, fixture, after: 10)
    #expect(try fixture.store.waitingOpenings() == 1)
    // One of them was found in the log, the other is to be looked for again.
    let taken = try fixture.store.takenOpenings(after: 0, limit: 9)
    #expect(taken.map(\.opening.takenAt) == [7, 7])
    try fixture.store.noteFound(openings: [taken[0].row])
    #expect(try fixture.store.takenOpenings(after: 0, limit: 9).map(\.row) == [taken[1].row])
    #expect(try fixture.store.takenOpenings(after: taken[1].row, limit: 9).isEmpty)
    try open([records[0]], fixture, after: 2 * ReplicaStore.openingLasts)
    let rows = try fixture.store.reading { db in
      try db.first("SELECT count(*) FROM opening") { try $0.integer(0) }
    }
    #expect(try rows == 3 && fixture.store.waitingOpenings() == 2)
    // Another log is gone on with: what is still here is told again.
    try fixture.store.writing { db, _ in try fixture.store.tellOpeningsAgain(db) }
    #expect(try fixture.store.waitingOpenings() == 3)
    #expect(try fixture.store.verify().isSound)
  }

  /// Two sessions push the same rows at once, and each marks those that it pushed.
  @Test func aRowThatAnotherSessionToldOfIsNotTakenForTheNext() throws {
    let (fixture, records) = try fixture()
    try open(records, fixture)
    let pushed = try fixture.store.waitingOpenings(limit: 2)
    for _ in 0..<2 { try fixture.store.noteTaken(openings: pushed, at: 7) }
    #expect(try fixture.store.waitingOpenings(limit: 9).map(\.opening.event.record) == [records[2]])
    // Nor for one that comes after all of them were let go of.
    let last = try fixture.store.waitingOpenings(limit: 9)
    try fixture.store.noteTaken(openings: last, at: 7)
    try fixture.store.noteFound(openings: fixture.store.takenOpenings(after: 0, limit: 9).map(\.row))
    try open([records[0]], fixture, after: 2 * ReplicaStore.openingLasts)
    try fixture.store.noteTaken(openings: pushed + last, at: 7)
    #expect(try fixture.store.waitingOpenings() == 1)
  }

  /// What stands open beside a row names another record: the one that is opened has a row all the same.
  @Test func aRowCountsForWhatIsSealedInIt() throws {
    let (fixture, records) = try fixture()
    try open([records[0]], fixture)
    try fixture.store.close()
    let database = try DatabaseQueue(path: fixture.home + "/replica.db")
    try database.write {
      try $0.execute(sql: "UPDATE opening SET record = x'\(records[1].description.filter(\.isHexDigit))'")
    }
    try database.close()
    fixture.store = try ReplicaStore(home: fixture.home, seal: fixture.seal)
    try open([records[1]], fixture)
    let waiting = try fixture.store.waitingOpenings(limit: 9).map(\.opening.event.record)
    #expect(waiting == [records[0], records[1]])
  }

  @Test(arguments: [
    "DELETE FROM opening WHERE id = 2", "UPDATE opening SET content = zeroblob(120) WHERE id = 2",
    "UPDATE opening SET content = (SELECT content FROM opening WHERE id = 1) WHERE id = 2",
  ])
  func aRowThatIsGoneOrAnotherOneIsFound(sql: String) throws {
    let (fixture, records) = try fixture()
    try open(records, fixture)
    try fixture.store.close()
    let database = try DatabaseQueue(path: fixture.home + "/replica.db")
    try database.write { try $0.execute(sql: sql) }
    try database.close()
    fixture.store = try ReplicaStore(home: fixture.home, seal: fixture.seal)
    #expect(try fixture.store.verify().findings.map(\.fault) == [.rows])
  }
}
