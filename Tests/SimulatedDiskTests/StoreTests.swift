import CRDT
import CaseModel
import Replication
import Storage
import Testing

@testable import SimulatedDisk

/// The real stores on simulated disks: they find nothing missing there.
@Suite struct StoreTests {
  private func account(_ number: UInt64) -> Account {
    Account(
      id: Identifier(high: 1, low: number), person: Identifier(high: 2, low: number), personName: "Prøve",
      role: .coreTeam)
  }

  private func commit(_ number: UInt64, to store: ServerStore) throws {
    var group = CommitGroup(after: store.position)
    group.accounts = [account(number)]
    try store.commit(group)
  }

  @Test("A server's store comes back from a power loss with all that it returned from", arguments: 0..<40)
  func server(seed: UInt64) throws {
    let disk = SimulatedDisk("server-\(seed)", sectorBytes: seed.isMultiple(of: 2) ? 512 : 4_096, seed: seed)
    let home = disk.path + "/tenant"
    var store = try ServerStore.create(in: home, tenant: .generated(name: "Prøve"))
    for round in 0..<8 as Range<UInt64> {
      for number in 0..<6 as Range<UInt64> { try commit(round * 6 + number, to: store) }
      if round.isMultiple(of: 3) {
        let reader = try store.openReader()
        #expect(try reader.counts().accounts == Int(round + 1) * 6)
        try reader.close()
      }
      switch (seed + round) % 4 {
      case 0: disk.kill()
      case 1: try store.close()
      default: disk.losePower(seed: seed &* 100 &+ round)
      }
      store = try ServerStore(directory: home)
      #expect(try store.counts().accounts == Int(round + 1) * 6)
      #expect(store.verify().isSound)
    }
    try store.close()
  }

  @Test("A second server is kept out until the first is killed")
  func lock() throws {
    let disk = SimulatedDisk("server-lock")
    let store = try ServerStore.create(in: disk.path + "/tenant", tenant: .generated(name: "Prøve"))
    #expect { _ = try ServerStore(directory: store.directory) } throws: {
      ($0 as? StorageError)?.code == .inUse
    }
    disk.kill()
    try ServerStore(directory: store.directory).close()
    // The dead one does no harm when it is given up.
    #expect(throws: StorageError.self) { try store.close() }
    try ServerStore(directory: store.directory).close()
  }

  @Test("Two processes share a replica, and a power loss takes what was not flushed and no more")
  func replica() throws {
    let disk = SimulatedDisk("replica")
    let meta = ReplicaMeta(
      tenant: Identifier(high: 3, low: 1), tenantName: "Prøve", tenantKey: Array(repeating: 1, count: 32),
      account: Identifier(high: 3, low: 2), person: Identifier(high: 3, low: 3), personName: "Prøve",
      role: .coreTeam, actor: ActorID(rawValue: 7), serverURL: "ws://localhost:1",
      epoch: Identifier(high: 3, low: 4))
    let seal = StoreSeal(try .generated())
    let first = try ReplicaStore.create(home: disk.path + "/home", meta: meta, seal: seal)
    let second = try ReplicaStore(home: first.home, seal: seal)
    for number in 0..<200 as Range<UInt64> {
      try (number.isMultiple(of: 2) ? first : second).updateMeta { $0.judgedEntries = number }
      #expect(try first.meta().judgedEntries == number)
      #expect(try second.meta().judgedEntries == number)
    }
    disk.losePower(seed: 5)
    let third = try ReplicaStore(home: first.home, seal: seal)
    #expect(try third.meta().judgedEntries == 199)
    try third.close()
  }

  @Test("The same seeds give the same bytes")
  func determinism() throws {
    func run(_ name: String) throws -> [UInt8]? {
      let disk = SimulatedDisk(name, seed: 3)
      SimulatedDisk.seedSQLite(9)
      let tenant = NewTenant(
        id: Identifier(high: 1, low: 1), name: "Prøve", epoch: Identifier(high: 1, low: 2),
        signingSecret: Array(repeating: 1, count: 32), stampSecret: Array(repeating: 2, count: 32))
      let store = try ServerStore.create(
        in: disk.path + "/tenant", keys: RecordKeyOptions(salt: { (5, 6) }), tenant: tenant)
      for number in 0..<20 as Range<UInt64> { try commit(number, to: store) }
      disk.losePower(seed: 4)
      try ServerStore(directory: store.directory).close()
      return disk.bytes(of: "tenant/tenant.db")
    }
    let first = try #require(try run("same-1"))
    #expect(try run("same-2") == first)
  }
}
