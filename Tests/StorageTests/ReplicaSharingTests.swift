import CRDT
import CaseModel
import Foundation
import Replication
import Synchronization
import Testing
import WireProtocol

@testable import Storage

/// Several users of one replica at the same time. Each has an instance of its own, as processes have; locks
/// are held by open files, so that instances exclude each other as processes do.
@Suite struct ReplicaSharingTests {
  @Test("Concurrent writers lose no number and leave no gap")
  func concurrentWriters() async throws {
    let fixture = try ReplicaFixture(seed: 1)
    let shared = fixture.random.identifier()
    try fixture.write([[fixture.draft(shared, isNew: true, operations: [])]])
    let (home, caseID, seal) = (fixture.home, fixture.caseID, fixture.seal)
    let written = try await withThrowingTaskGroup(of: [UInt64].self) { group in
      for writer in 0..<6 {
        group.addTask {
          var random = SeededGenerator(seed: UInt64(writer) &+ 900)
          var numbers: [UInt64] = []
          for round in 0..<25 {
            // Opening and closing meets the others' writes too.
            let store = try ReplicaStore(home: home, seal: seal)
            defer { try? store.close() }
            let own = RecordDraft.new(.note, id: random.identifier(), in: caseID)
            let operation = Operation(
              field: FieldID(rawValue: 1), action: .add(.integer(Int64(writer * 100 + round))))
            let change = RecordDraft(
              id: shared, kind: .note, caseID: caseID, about: [caseID], informationType: .social,
              isNew: false,
              operations: [operation])
            numbers += try store.write([[own, change], [change]], at: 1) { random.identifier() }
              .map(\.entry.number)
          }
          return numbers
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(written.sorted() == Array(2...301))
    let entries = try fixture.store.pendingEntries(after: 0, limit: 1_000)
    #expect(entries.map(\.entry.number) == Array(1...301))
    var journal = JournalHead.start(tenant: fixture.server.tenant.id, actor: fixture.actor)
    for entry in entries {
      journal = journal.appending(changes: entry.digests)
      #expect(entry.journal == journal)
    }
    let numbers = entries.flatMap(\.entry.changes).filter { $0.header.record == shared }.map(
      \.header.id.number)
    #expect(numbers == Array(1...301))
    #expect(try fixture.store.record(shared)?.state.elements(FieldID(rawValue: 1)).count == 150)
    // The server takes it all: every chain and version vector fits.
    for entry in entries {
      var group = fixture.server.newGroup()
      fixture.server.judge(entry.entry.changes, of: fixture.actor, into: &group)
      #expect(group.changes.map(\.digest) == entry.digests)
    }
  }

  @Test("What another instance wrote is seen at once, and not what was in memory")
  func cachesAreValidated() throws {
    let fixture = try ReplicaFixture(seed: 2)
    let other = try ReplicaStore(home: fixture.home, seal: fixture.seal)
    let id = fixture.random.identifier()
    let version = try other.dataVersion()
    try fixture.write([[fixture.draft(id, isNew: true, operations: [])]])
    #expect(try other.dataVersion() != version)
    #expect(try other.record(id) == (try fixture.store.record(id)))
    let written = try other.write(
      [[fixture.draft(id, isNew: false, operations: [fixture.operation()])]], at: 1
    ) {
      fixture.random.identifier()
    }
    #expect(written[0].entry.number == 2)
    let own = try fixture.store.dataVersion()
    try fixture.write([[fixture.draft(id, isNew: false, operations: [fixture.operation()])]])
    #expect(try fixture.store.dataVersion() != own)
    #expect(try fixture.store.journal().entries == 3)
    try other.updateMeta { $0.lastContact = 5 }
    #expect(try fixture.store.meta().lastContact == 5)
    try other.close()
    try other.close()
  }

  @Test("Writing, opening and closing happen under the write lock")
  func writeLockIsHeld() throws {
    let fixture = try ReplicaFixture(seed: 4)
    let lock = try FileLock(path: ReplicaPaths(fixture.home).writeLock)
    var wasFree: Bool?
    fixture.store.beforeCommit = { _ in wasFree = lock.tryLock() }
    try fixture.store.updateMeta { $0.lastContact = 1 }
    #expect(wasFree == false)
    fixture.store.beforeCommit = nil

    let (home, seal) = (fixture.home, fixture.seal)
    try lock.lock()
    // A thread of its own: who waits for a lock must not wait for other tests to leave a thread free.
    let opened = Mutex<Result<ContinuousClock.Instant, any Error>?>(nil)
    let end = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      let result = Result {
        let store = try ReplicaStore(home: home, seal: seal)
        defer { try? store.close() }
        return ContinuousClock.now
      }
      opened.withLock { $0 = result }
      end.signal()
    }
    usleep(200_000)
    let unlocked = ContinuousClock.now
    lock.unlock()
    end.wait()
    #expect(try #require(opened.withLock { $0 }).get() > unlocked)
  }

  @Test("One holds the session, and is woken by the others")
  func sessionAndWake() throws {
    let fixture = try ReplicaFixture(seed: 3)
    #expect(try Wake.notify(home: fixture.home) == false)
    var held = try SessionLock(home: fixture.home)
    #expect(held != nil)
    #expect(try SessionLock(home: fixture.home) == nil)
    var listener: WakeListener? = try WakeListener(home: fixture.home)
    #expect(listener?.wait(milliseconds: 0) == false)
    #expect(try Wake.notify(home: fixture.home))
    #expect(try Wake.notify(home: fixture.home))
    #expect(listener?.wait(milliseconds: 1_000) == true)
    #expect(listener?.wait(milliseconds: 0) == false)
    // A listener that is slow holds nobody up.
    for _ in 0..<70_000 where try Wake.notify(home: fixture.home) == false { Issue.record("nobody listens") }
    #expect(listener?.drain() == true)
    listener = nil
    #expect(try Wake.notify(home: fixture.home) == false)
    held = nil
    #expect(try SessionLock(home: fixture.home) != nil)
  }
}
