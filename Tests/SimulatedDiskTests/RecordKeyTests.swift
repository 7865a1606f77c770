import CRDT
import Testing
import WireProtocol

@testable import SimulatedDisk
@testable import Storage

/// The key database on a disk that fails: a key that was given is there when the power goes.
@Suite struct RecordKeyTests {
  private static let tenant = Identifier(high: 4, low: 4)

  private func options(_ path: String) -> RecordKeyOptions {
    RecordKeyOptions(
      path: path, salt: { (0, 0) },
      draw: { number, count in (0..<count).map { UInt8(truncatingIfNeeded: number &+ Int64($0)) } })
  }

  private func open(_ path: String) throws -> RecordKeys {
    try RecordKeys(path, tenant: Self.tenant, for: .give, options(path))
  }

  @Test("What was sealed opens after any end, and what was destroyed does not", arguments: 0..<40)
  func outlivesEveryEnd(seed: UInt64) throws {
    let disk = SimulatedDisk("keys-\(seed)", sectorBytes: seed.isMultiple(of: 2) ? 512 : 4_096, seed: seed)
    let path = disk.path + "/tenant.keys"
    try KeyDatabase.create(KeyPaths(path), tenant: Self.tenant, options(path))
    // What the tenant's database would hold.
    var rows: [(record: Identifier, key: RecordKeyID, value: SealedValue)] = []
    var destroyed: [Identifier: Int64] = [:]
    for round in 0..<8 as Range<UInt64> {
      let keys = try open(path)
      let unowned = Set(try keys.database.unowned())
      try keys.settle(
        owners: rows.filter { unowned.contains($0.key) }.map { ($0.key, $0.record) },
        newest: rows.last?.key ?? .none, destroyed: destroyed)
      for row in rows {
        if destroyed[row.record] != nil {
          #expect(throws: StorageError(.erased, record: row.record)) {
            try keys.seal(of: row.record, row.key)
          }
        } else {
          #expect(try keys.seal(of: row.record, row.key).open(row.value, at: .snapshot) == [7])
        }
      }
      for number in 0..<5 as Range<UInt64> {
        let record = Identifier(high: round, low: number)
        let seal = try keys.newSeal(of: record)
        if number == 3 {
          keys.rollBack()
          continue
        }
        rows.append((record, seal.key.id, try seal.seal([7], at: .snapshot)))
        try keys.commit()
      }
      if round.isMultiple(of: 2) {
        let record = Identifier(high: round, low: 1)
        destroyed[record] = 1
        try keys.destroy([record], at: 1)
      }
      // Given up before, they would be closed in order.
      try withExtendedLifetime(keys) {
        switch (seed + round) % 4 {
        case 0: disk.kill()
        case 1: try keys.close()
        default: disk.losePower(seed: seed &* 100 &+ round)
        }
      }
    }
    #expect(Set(rows.map(\.key)).count == rows.count)
  }

  @Test("A key whose sync failed is given to nobody", arguments: [Fault.Effect.fails, .forgets])
  func failedSync(effect: Fault.Effect) throws {
    let disk = SimulatedDisk("keys-sync-\(effect)", sectorBytes: 512, seed: 1)
    let path = disk.path + "/tenant.keys"
    try KeyDatabase.create(KeyPaths(path), tenant: Self.tenant, options(path))
    let keys = try open(path)
    disk.add(Fault(effect, of: [.sync]))
    #expect(throws: StorageError.self) { try keys.newSeal(of: Identifier(high: 1, low: 1)) }
    #expect(throws: StorageError.self) { try keys.newSeal(of: Identifier(high: 1, low: 1)) }
    withExtendedLifetime(keys) { disk.kill() }
    let again = try open(path)
    try again.settle(owners: [], newest: .none, destroyed: [:])
    let seal = try again.newSeal(of: Identifier(high: 1, low: 1))
    withExtendedLifetime(again) { disk.losePower(seed: 2) }
    let last = try open(path)
    #expect(try last.database.key(seal.key.id) != nil)
    try last.close()
  }
}
