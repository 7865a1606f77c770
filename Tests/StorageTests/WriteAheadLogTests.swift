import CRDT
import Foundation
import Testing
import WireProtocol

@testable import Storage

/// A log that is as large from the beginning as it gets.
@Suite struct WriteAheadLogTests {
  @Test("What follows the last frame is no part of the log, whoever reads it after a crash")
  func restIsNoPart() throws {
    let fixture = try ServerStoreTests.Fixture(seed: 21)
    try fixture.commit(entries: 4)
    let before = fixture.store.log.byteCount
    try fixture.store.reserveLog()
    let reserved = fixture.store.log.byteCount
    #expect(reserved >= WriteAheadLog.Schedule().passivePages * 4_096 && before < reserved)
    for _ in 0..<5 {
      try fixture.commit(entries: 3)
      // The files as they are under the open store, as a crash would leave them.
      let copy = try fixture.copy(to: "copy-\(fixture.store.position)")
      let reopened = try ServerStore(directory: copy)
      #expect(reopened.position == fixture.store.position)
      #expect(reopened.verify().isSound)
      for (id, expected) in fixture.server.records {
        #expect(try reopened.record(id)?.encoded == expected.encoded)
      }
      try reopened.close()
    }
    #expect(fixture.store.log.byteCount == reserved)
  }

  @Test("It is taken once, again after the log was cut, and given back at the end")
  func takenOnce() throws {
    let fixture = try ReplicaFixture(seed: 22)
    try fixture.store.reserveLog()
    let reserved = fixture.store.log.byteCount
    try fixture.store.reserveLog()
    #expect(fixture.store.log.byteCount == reserved)
    let id = fixture.random.identifier()
    try fixture.write([[fixture.draft(id, isNew: true, operations: [fixture.operation()])]])
    #expect(fixture.store.log.byteCount == reserved)
    try fixture.store.database.inDatabase { try fixture.store.log.truncate($0) }
    #expect(fixture.store.log.byteCount == 0)
    try fixture.store.reserveLog()
    #expect(fixture.store.log.byteCount == reserved)
    try fixture.reopen()
    #expect(fixture.store.log.byteCount == 0)
    #expect(try fixture.store.record(id) != nil)
  }
}
