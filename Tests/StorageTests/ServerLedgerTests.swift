import CRDT
import CaseModel
import Foundation
import Replication
import Testing
import WireProtocol

@testable import Storage

/// A tenant's database and its ledger, of which one or the other was set back, lost or harmed.
@Suite struct ServerLedgerTests {
  private final class Ground {
    let directory: TemporaryDirectory
    let tenant = NewTenant.generated(name: "Prøve")
    var store: ServerStore?
    var home: String { directory.path("tenant") }
    var ledger: String { home + ".ledger" }

    init() throws {
      directory = try TemporaryDirectory()
      store = try ServerStore.create(in: home, tenant: tenant)
    }

    deinit { try? store?.close() }

    func close() throws {
      try store?.close()
      store = nil
    }

    @discardableResult
    func open(isRestored: Bool = false) throws -> ServerStore {
      let opened = try ServerStore(directory: home, isRestored: isRestored)
      store = opened
      return opened
    }

    func copy(_ from: String, to: String) throws {
      try? FileManager.default.removeItem(atPath: to)
      try FileManager.default.copyItem(atPath: from, toPath: to)
    }

    /// Enrols a device, as a group of the server does.
    @discardableResult
    func enrol(_ seed: UInt8, confirmed: Bool = true) throws -> Device {
      let store = try #require(self.store)
      let account = Account(
        id: Identifier(high: 3, low: 3), person: Identifier(high: 3, low: 3), personName: "Karin",
        role: .leader)
      var group = CommitGroup(after: store.position, logDigest: store.logDigest)
      let device = try LedgerTests.device(
        seed, predecessor: confirmed ? nil : ActorID(rawValue: 5), isConfirmed: confirmed)
      let own = Device(
        id: device.id, actor: device.actor, account: account.id, name: device.name,
        signingKey: device.signingKey, agreementKey: device.agreementKey,
        journal: .start(tenant: tenant.id, actor: device.actor), predecessor: device.predecessor,
        isConfirmed: confirmed)
      group.accounts = [account]
      group.devices = [own.actor: own]
      group.ledger = [.enrolled(own, of: account, code: UInt64(seed))]
      try store.commit(group)
      return own
    }

    func commit(_ events: [LedgerEvent]) throws {
      let store = try #require(self.store)
      var group = CommitGroup(after: store.position, logDigest: store.logDigest)
      group.ledger = events
      try store.commit(group)
    }
  }

  private func code(_ body: () throws -> Void) -> StorageError.Code? {
    do {
      try body()
      return nil
    } catch {
      return (error as? StorageError)?.code
    }
  }

  @Test func aDatabaseThatWasSetBackKnowsItsDevicesAgain() throws {
    let ground = try Ground()
    let early = try ground.enrol(1)
    try ground.close()
    try ground.copy(ground.home, to: ground.directory.path("copy"))
    try ground.open()
    let late = try ground.enrol(2)
    let waiting = try ground.enrol(3, confirmed: false)
    try ground.commit([.confirmed(waiting.actor)])
    try ground.close()
    try ground.copy(ground.directory.path("copy"), to: ground.home)
    let store = try ground.open()
    let devices = try store.load().directory.devices
    #expect(Set(devices.keys) == [early.actor, late.actor, waiting.actor])
    #expect(devices[late.actor]?.signingKey == late.signingKey)
    #expect(devices[waiting.actor]?.isConfirmed == true)
    #expect(store.ledgerReport.replayedEntries == 3 && !store.isInRecovery)
    try ground.close()
    #expect(try ground.open().ledgerReport.replayedEntries == 0)
  }

  @Test func anEpochThatTheDatabaseDoesNotKnowBeginsAnother() throws {
    let ground = try Ground()
    try ground.close()
    try ground.copy(ground.home, to: ground.directory.path("copy"))
    let epoch = Identifier(high: 1, low: 1)
    try ground.open().beginEpoch(epoch)
    try ground.close()
    try ground.copy(ground.directory.path("copy"), to: ground.home)
    let store = try ground.open()
    #expect(store.ledgerReport.beganEpoch)
    #expect(store.tenant.epochs.map(\.epoch).contains(epoch))
    #expect(store.tenant.epoch != epoch && store.tenant.epochs.count == 3)
    let now = store.tenant.epoch
    try ground.close()
    #expect(try ground.open().tenant.epoch == now)
  }

  @Test func withoutItsLedgerATenantIsInRecoveryUntilThatEnds() throws {
    let ground = try Ground()
    try ground.enrol(1)
    try ground.close()
    try FileManager.default.removeItem(atPath: ground.ledger)
    for _ in 0..<2 {
      let store = try ground.open()
      #expect(store.isInRecovery)
      #expect(try store.load().directory.isInRecovery)
      try ground.close()
    }
    try ground.open()
    try ground.commit([
      .recoveryEnded(RecoveryEnd(actor: ActorID(rawValue: 1), statement: [], signature: []))
    ])
    #expect(ground.store?.isInRecovery == false)
    try ground.close()
    #expect(try !ground.open().isInRecovery)
  }

  @Test func aTenantWithoutAnEntryHasLostNothing() throws {
    let ground = try Ground()
    try ground.close()
    try FileManager.default.removeItem(atPath: ground.ledger)
    #expect(try !ground.open().isInRecovery)
    try ground.close()
    try FileManager.default.removeItem(atPath: ground.ledger)
    #expect(try ground.open(isRestored: true).isInRecovery)
  }

  @Test func anOlderLedgerAndAnotherTenantsAreRefusedAndLeftAlone() throws {
    let ground = try Ground()
    try ground.enrol(1)
    try ground.close()
    try ground.copy(ground.ledger, to: ground.directory.path("older"))
    try ground.open()
    try ground.enrol(2)
    try ground.close()
    let newest = try Data(contentsOf: URL(filePath: ground.ledger))
    try ground.copy(ground.directory.path("older"), to: ground.ledger)
    #expect(code { try ground.open() } == .ledgerBehind)
    let other = try Ground()
    try other.enrol(4)
    try other.enrol(5)
    try other.close()
    try ground.copy(other.ledger, to: ground.ledger)
    #expect(code { try ground.open() } == .ledgerForeign)
    try newest.write(to: URL(filePath: ground.ledger))
    #expect(try ground.open().ledgerReport == LedgerReport())
  }

  /// What the disk has of a commit that a power failure cut off: the ledger's entry, and nothing in the
  /// database.
  @Test func theLedgerIsDurableBeforeTheEffect() throws {
    let ground = try Ground()
    try ground.enrol(1)
    let entries = { try LedgerFile.read(ground.ledger).head.number }
    struct Cut: Error {}
    ground.store?.beforeCommit = { _ in
      #expect(try entries() == 1)
      throw Cut()
    }
    #expect(throws: Cut.self) { try ground.enrol(2) }
    #expect(try entries() == 1)
    ground.store?.beforeCommit = nil
    try ground.close()
    try ground.copy(ground.home, to: ground.directory.path("copy"))
    try ground.open()
    let device = try ground.enrol(2)
    #expect(try entries() == 2)
    try ground.close()
    try ground.copy(ground.directory.path("copy"), to: ground.home)
    #expect(try ground.open().load().directory.devices[device.actor] != nil)
  }

  @Test func aGroupWithoutAnEventTouchesNoLedger() throws {
    let ground = try Ground()
    let before = try Data(contentsOf: URL(filePath: ground.ledger))
    let store = try #require(ground.store)
    var group = CommitGroup(after: store.position, logDigest: store.logDigest)
    group.codes = [
      PendingCode(
        id: 1, verifier: Digest(hashing: [1]), role: .leader, person: Identifier(high: 1, low: 1),
        personName: "Lene", account: nil, expiresAt: 1)
    ]
    try store.commit(group)
    #expect(try Data(contentsOf: URL(filePath: ground.ledger)) == before)
  }

  @Test func whatANewerVersionMustCarryOutIsNotPassedOver() throws {
    let ground = try Ground()
    try ground.enrol(1)
    try ground.close()
    func append(kind tag: [UInt8]) throws {
      let head = try LedgerFile.read(ground.ledger).head
      let record = tag + [1]
      let body: [UInt8] = [8, UInt8(head.number + 1), 26, UInt8(record.count)] + record
      let bytes = try Data(contentsOf: URL(filePath: ground.ledger))
      let frame = LedgerFile.frame(body, after: head, giving: head.appending(body))
      try (bytes + Data(frame)).write(to: URL(filePath: ground.ledger))
    }
    try append(kind: [0xe8, 0x04])
    #expect(try ground.open().ledgerReport.replayedEntries == 1)
    try ground.close()
    // Kind 19: an erasure.
    try append(kind: [0x98, 0x01])
    #expect(code { try ground.open() } == .ledgerNewer)
  }

  @Test func aRestoreTakesInWhatTheLedgerKnows() throws {
    let ground = try Ground()
    let early = try ground.enrol(1)
    let backup = ground.directory.path("backup")
    let made = try ServerBackup.make(of: ground.home, to: backup, passphrase: "sixteen characters", at: 1)
    #expect(made.ledger == ServerBackup.LedgerCheck(entries: 1, unknownEntries: 0))
    let late = try ground.enrol(2)
    try ground.close()
    try FileManager.default.removeItem(atPath: ground.home)
    func restore(ledger: String? = nil, isDryRun: Bool = false) throws -> ServerBackup.Summary {
      try ServerBackup.restore(
        from: backup, to: ground.home, ledger: ledger, passphrase: "sixteen characters",
        epoch: Identifier(high: 9, low: .random(in: 1 ... .max)), isDryRun: isDryRun)
    }
    let before = try Data(contentsOf: URL(filePath: ground.ledger))
    #expect(try restore(isDryRun: true).ledger?.unknownEntries == 1)
    #expect(try Data(contentsOf: URL(filePath: ground.ledger)) == before)
    #expect(try restore().ledger?.unknownEntries == 1)
    var store = try ground.open()
    #expect(Set(try store.load().directory.devices.keys) == [early.actor, late.actor])
    #expect(!store.isInRecovery && store.tenant.epochs.count == 2)
    try ground.close()

    try FileManager.default.removeItem(atPath: ground.home)
    try FileManager.default.removeItem(atPath: ground.ledger)
    #expect(try restore().ledger == nil)
    store = try ground.open()
    #expect(store.isInRecovery)
    #expect(Set(try store.load().directory.devices.keys) == [early.actor])
    try ground.close()
    // The ledger that began then goes on where the lost one ended, as far as anybody knows.
    try FileManager.default.removeItem(atPath: ground.home)
    _ = try restore()
    #expect(try ground.open().isInRecovery)
  }
}
