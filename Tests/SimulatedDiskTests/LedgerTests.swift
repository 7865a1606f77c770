import CRDT
import Replication
import Testing
import WireProtocol

@testable import SimulatedDisk
@testable import Storage

/// The ledger on a disk that fails.
@Suite struct LedgerTests {
  @Test("What a ledger reads when it is opened is there when the power goes, though its sync had failed")
  func failedSync() throws {
    var forgotten = 0
    for seed in 0..<50 as Range<UInt64> {
      let disk = SimulatedDisk("ledger-sync-\(seed)", sectorBytes: 512, seed: seed)
      let path = disk.path + "/ledger"
      try Ledger.create(path, tenant: Identifier(high: 7, low: 9))
      let ledger = try Ledger(path) { _, _ in }
      try ledger.append(try ledger.prepare(events(1), at: 1))
      disk.add(Fault(.forgets, of: [.sync]))
      let second = try ledger.prepare(events(2), at: 2)
      #expect(throws: StorageError.self) { try ledger.append(second) }
      disk.kill()
      // Whoever opens it now is told of the second entry, and goes on from it.
      let opened = try Ledger(path) { _, _ in }
      #expect(opened.head == second.head)
      try opened.append(try opened.prepare(events(3), at: 3))
      let end = opened.head
      disk.losePower(seed: seed)
      do {
        #expect(try Ledger(path) { _, _ in }.head == end)
      } catch {
        forgotten += 1
      }
    }
    #expect(forgotten == 0)
  }

  /// An entry of some sectors, so that a sync can forget part of it.
  private func events(_ number: UInt64) -> [LedgerEvent] {
    let records = (0..<100).map { Identifier(high: number, low: $0) }
    return [.entered(ActorID(rawValue: number), records.map { .init(record: $0, generation: 1) })]
  }
}
