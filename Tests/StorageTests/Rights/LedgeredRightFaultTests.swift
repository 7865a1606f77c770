import CRDT
import CaseModel
import Foundation
import GRDB
import Replication
import Testing
import WireProtocol

@testable import Storage

/// What the ledger says of rights: how it is sealed, what it costs, and what happens where it cannot be taken
/// back.
@Suite struct LedgeredRightFaultTests {
  private func code(_ body: () throws -> Void) -> StorageError.Code? {
    do { try body() } catch { return (error as? StorageError)?.code }
    return nil
  }

  private func bytes(_ server: RightsServer) throws -> Data {
    try Data(contentsOf: URL(filePath: server.ledger))
  }

  private func end(_ server: RightsServer) throws {
    try server.push(
      [CaseWork.end(participant: server.part(of: server.worker), on: server.day)], by: server.leader)
  }

  @Test("What does not govern writes nothing into the ledger, and what governs says nothing open there")
  func sealed() throws {
    let server = try RightsServer()
    let before = try bytes(server)
    // What the consent says, and in its header who wrote it about whom.
    #expect(before.range(of: Data("coordination".utf8)) == nil)
    #expect(before.range(of: Data(server.child.bytes)) == nil)
    let note = CaseWork.note(
      id: server.identifier(), in: server.caseID, about: [server.child], text: "more", on: server.day)
    try server.push([note], by: server.leader)
    try server.push([CaseWork.edit(note: server.record(note.id), to: "others")[0]], by: server.leader)
    #expect(try bytes(server) == before)
    try server.push(
      [
        CaseWork.withhold(
          id: server.identifier(), in: server.caseID, from: server.worker.person, wholeCase: true)
      ], by: server.leader)
    let grown = try bytes(server).count - before.count
    try server.push(
      [CaseWork.withdraw(consent: server.record(server.consent), by: server.mother)], by: server.leader)
    let sizes = try sizes(server)
    print("ledger: \(grown) bytes for a withholding, its exit and log rows; sealed changes of \(sizes) bytes")
    // Rows of what was delivered go with whatever is written anyhow.
    #expect(grown > 0)
    #expect(sizes.count == 9 && sizes.allSatisfy { $0 < 600 })
  }

  /// How long the changes in the ledger are, in their order.
  private func sizes(_ server: RightsServer) throws -> [Int] {
    var sizes: [Int] = []
    _ = try LedgerFile.read(server.ledger) { entry, _ in
      for case .governed(let change) in entry.events { sizes.append(change.content.count) }
    }
    return sizes
  }

  @Test("A last entry that is torn was never in force; those before it are taken back")
  func tornEnd() throws {
    let server = try RightsServer()
    try server.copyFolder(to: "copy")
    try end(server)
    let whole = try bytes(server)
    try server.push(
      [CaseWork.withdraw(consent: server.record(server.consent), by: server.mother)], by: server.leader)
    let longer = try bytes(server)
    for end in [whole.count + 1, whole.count + 40, longer.count - 1] {
      try server.putFolderBack("copy")
      try longer.prefix(end).write(to: URL(filePath: server.ledger))
      let store = try server.reopen()
      #expect(store.ledgerReport.droppedBytes == end - whole.count)
      #expect(try !server.mayRead(server.worker) && server.mayRead(server.professional))
    }
  }

  @Test("What was erased since is passed over, whatever copy of the keys there is")
  func erased() throws {
    let server = try RightsServer()
    try server.copyFolder(to: "copy")
    let keys = [".keys", ".keys.wrapping"]
    try server.close()
    for name in keys {
      try FileManager.default.copyItem(atPath: server.home + name, toPath: server.directory.path("k" + name))
    }
    try server.reopen()
    try end(server)
    let part = try server.part(of: server.worker)
    try server.store().destroyKeys(of: [part.id], at: server.now)
    try server.putFolderBack("copy")
    for name in keys {
      try FileManager.default.removeItem(atPath: server.home + name)
      try FileManager.default.copyItem(atPath: server.directory.path("k" + name), toPath: server.home + name)
    }
    let store = try server.reopen()
    #expect(store.ledgerReport.erasedChanges == 1 && store.ledgerReport.takenChanges == 0)
    // Who takes part is not known any more, so nobody does.
    #expect(try !server.mayRead(server.worker) && !store.isInRecovery)
  }

  @Test("Keys that are older than the ledger are refused, and nothing is changed")
  func olderKeys() throws {
    let server = try RightsServer()
    try server.copyFolder(to: "copy")
    let keys = [".keys", ".keys.wrapping"]
    try server.close()
    for name in keys {
      try FileManager.default.copyItem(
        atPath: server.home + name, toPath: server.directory.path("old" + name))
    }
    try server.reopen()
    try server.push(
      [
        CaseWork.withhold(
          id: server.identifier(), in: server.caseID, from: server.worker.person, wholeCase: true)
      ], by: server.leader)
    try server.putFolderBack("copy")
    func putKeys(_ prefix: String, from: Bool) throws {
      for name in keys {
        let aside = server.directory.path(prefix + name)
        if !from { try? FileManager.default.removeItem(atPath: aside) }
        if from { try FileManager.default.removeItem(atPath: server.home + name) }
        try FileManager.default.copyItem(
          atPath: from ? aside : server.home + name, toPath: from ? server.home + name : aside)
      }
    }
    try putKeys("new", from: false)
    try putKeys("old", from: true)
    let folder = try Data(contentsOf: URL(filePath: server.home + "/tenant.db"))
    #expect(code { try server.reopen() } == .ledgerKeyMissing)
    #expect(try Data(contentsOf: URL(filePath: server.home + "/tenant.db")) == folder)
    try putKeys("new", from: true)
    #expect(try server.reopen().ledgerReport.takenChanges == 1)
    #expect(try !server.mayRead(server.worker))
  }

  /// The keys of what the database has forgotten are kept as long as the ledger names them.
  @Test("A copy can be put back twice")
  func twice() throws {
    let server = try RightsServer()
    try server.copyFolder(to: "copy")
    try server.push(
      [
        CaseWork.withhold(
          id: server.identifier(), in: server.caseID, from: server.worker.person, wholeCase: true)
      ], by: server.leader)
    for _ in 0..<3 {
      try server.putFolderBack("copy")
      #expect(try server.reopen().ledgerReport.takenChanges == 1)
      #expect(try !server.mayRead(server.worker))
    }
  }

  /// Opened for a drill, nothing of what governs is taken back: a replay that was broken off there.
  @Test("A replay that is broken off between its two transactions takes nothing in twice")
  func brokenOff() throws {
    let server = try RightsServer()
    try server.copyFolder(to: "copy")
    func note(_ event: LedgerEvent) throws {
      var group = try server.emptyGroup()
      group.ledger = [event]
      try server.store().commit(group)
    }
    try note(.exited(server.worker.actor, [.init(record: server.note, generation: 1)]))
    try note(.entered(server.worker.actor, [.init(record: server.note, generation: 2)]))
    try server.push(
      [CaseWork.withdraw(consent: server.record(server.consent), by: server.mother)], by: server.leader)
    try server.putFolderBack("copy")
    for _ in 0..<2 {
      try ServerStore(
        directory: server.home, ledger: nil, keys: RecordKeyOptions(), for: .read, isRestored: false
      ).close()
    }
    let store = try server.reopen()
    #expect(store.ledgerReport.takenChanges == 1)
    #expect(try store.exits(of: server.worker.actor).isEmpty)
    #expect(try store.exits(of: server.professional.actor).map(\.record) == [server.note])
    #expect(try !server.mayRead(server.professional))
  }

  /// It takes somebody who writes into the database to get there: a ledger that does not go on where the
  /// database ends is refused.
  @Test("Where the log has something else in its place nothing is delivered until a leader has looked")
  func branched() throws {
    let server = try RightsServer()
    try server.copyFolder(to: "copy")
    try end(server)
    try server.putFolderBack("copy")
    let ledger = try bytes(server)
    // The same number of the same actor means another change there.
    let known = try server.reopenWithoutLedger()
    try end(server)
    try server.close()
    try DatabaseQueue(path: server.home + "/tenant.db").write { db in
      try ServerStore.write(ledgerHead: known, db)
      try db.execute(sql: "DELETE FROM meta WHERE key = 'recovery'")
    }
    #expect(try bytes(server) == ledger)
    for _ in 0..<2 {
      let store = try server.reopen()
      #expect(store.isInRecovery)
      #expect(try store.load().directory.isInRecovery)
      #expect(try !server.mayRead(server.worker))
    }
  }

  @Test("A commit that fails before the ledger has it never was; one that fails behind it stops the store")
  func failedCommit() throws {
    let server = try RightsServer()
    let before = try bytes(server)
    let entry = try server.entry(
      [CaseWork.end(participant: server.part(of: server.worker), on: server.day)], by: server.leader)
    let group = try server.staged(entry, by: server.leader).stage.group
    try server.store().beforeCommit = { _ in throw CommitRefusal.Cut() }
    #expect(throws: CommitRefusal.Cut.self) { try server.store().commit(group) }
    try server.store().beforeCommit = nil
    #expect(try bytes(server) == before && server.mayRead(server.worker))
    let refusal = CommitRefusal()
    try server.store().database.add(transactionObserver: refusal)
    #expect(throws: StorageError.self) { try server.store().commit(group) }
    try server.store().database.remove(transactionObserver: refusal)
    #expect(try bytes(server) != before)
    #expect(code { try server.store().commit(group) } == .mustReopen)
    #expect(try server.reopen().ledgerReport.takenChanges == 1)
    #expect(try !server.mayRead(server.worker))
    #expect(try server.push(entry, by: server.leader).refusal == nil)
  }
}
