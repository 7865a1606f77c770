import CRDT
import CaseModel
import Foundation
import Replication
import Testing
import WireProtocol

@testable import Storage

/// Keys are backed up apart from what they seal, and it is known until when.
@Suite struct KeyBackupTests {
  typealias Fixture = ServerStoreTests.Fixture

  private static let passphrase = "sixteen characters"
  private static let day: Int64 = 86_400_000

  private func code(_ body: () throws -> Void) -> StorageError.Code? {
    do { try body() } catch { return (error as? StorageError)?.code }
    return nil
  }

  private final class Ground {
    let fixture: Fixture
    var home: String { fixture.directory.path("tenant") }
    var place: KeyPaths { KeyPaths(home + ".keys") }

    init(seed: UInt64) throws {
      fixture = try Fixture(seed: seed)
      for _ in 0..<3 { try fixture.commit(entries: 15) }
    }

    @discardableResult
    func backUp(_ name: String, at now: Int64 = 1, keptDays: Int = 35) throws -> KeyBackup.Summary {
      try KeyBackup.make(
        of: home, to: fixture.directory.path(name), passphrase: passphrase, keptDays: keptDays, at: now)
    }

    @discardableResult
    func restore(_ name: String, at now: Int64 = 1) throws -> KeyBackup.Summary {
      try KeyBackup.restore(
        from: fixture.directory.path(name), to: home, passphrase: passphrase, at: now)
    }

    func loseKeys() throws {
      for file in [place.database, place.wrapping] { try FileManager.default.removeItem(atPath: file) }
    }
  }

  @Test("A backup of keys made while the tenant is served opens what it sealed")
  func restores() throws {
    let ground = try Ground(seed: 1)
    let made = try ground.backUp("keys")
    #expect(made.keys >= ground.fixture.server.records.count && made.keptDays == 35)
    #expect(code { try ground.backUp("keys") } == .exists)
    #expect(code { try ground.restore("keys") } == .keysExist)
    try ground.fixture.store.close()
    try ground.loseKeys()
    #expect(code { try ServerStore(directory: ground.home).close() } == .keysMissing)
    #expect(try ground.restore("keys").keys == made.keys)
    ground.fixture.store = try ServerStore(directory: ground.home)
    #expect(ground.fixture.store.verify().isSound)
    // Nothing is left beside.
    let left = try FileManager.default.contentsOfDirectory(atPath: ground.fixture.directory.path)
    #expect(!left.contains { $0.contains("restoring") || $0.contains("backup-copy") || $0.hasSuffix(".new") })
  }

  @Test("Neither kind of backup is taken for the other, and none holds what opens the other")
  func kinds() throws {
    let ground = try Ground(seed: 2)
    try ground.backUp("keys")
    let data = ground.fixture.directory.path("data")
    _ = try ServerBackup.make(of: ground.home, to: data, passphrase: Self.passphrase, at: 1)
    let moved = ground.fixture.directory.path("moved")
    #expect(
      code {
        _ = try KeyBackup.restore(from: data, to: moved, passphrase: Self.passphrase, at: 1)
      } == .foreignFile)
    func restoreData(_ from: String) -> StorageError.Code? {
      code {
        _ = try ServerBackup.restore(
          from: from, to: moved, passphrase: Self.passphrase, epoch: Identifier(high: 1, low: 9))
      }
    }
    #expect(restoreData(ground.fixture.directory.path("keys")) == .foreignFile)
    #expect(restoreData(data) == .keysMissing)
    #expect(
      code {
        _ = try KeyBackup.restore(
          from: ground.fixture.directory.path("keys"), to: moved, passphrase: "another passphrase", at: 1)
      } == .wrongPassphrase)
  }

  @Test("Keys that are older than the data are refused, and an older backup of the data goes with them")
  func olderKeys() throws {
    let ground = try Ground(seed: 3)
    let data = ground.fixture.directory.path("data")
    _ = try ServerBackup.make(of: ground.home, to: data, passphrase: Self.passphrase, at: 1)
    try ground.backUp("keys")
    // The keys that were made ahead are in the backup; those of later openings are not.
    try ground.fixture.reopen()
    for _ in 0..<3 { try ground.fixture.commit(entries: 15) }
    let newer = ground.fixture.directory.path("newer")
    _ = try ServerBackup.make(of: ground.home, to: newer, passphrase: Self.passphrase, at: 2)
    try ground.fixture.store.close()
    try ground.loseKeys()
    try ground.restore("keys")
    #expect(code { try ServerStore(directory: ground.home).close() } == .keyMissing)
    try FileManager.default.removeItem(atPath: ground.home)
    func restore(_ from: String) throws {
      _ = try ServerBackup.restore(
        from: from, to: ground.home, passphrase: Self.passphrase, epoch: Identifier(high: 1, low: 9))
    }
    #expect(code { try restore(newer) } == .keyMissing)
    try restore(data)
    ground.fixture.store = try ServerStore(directory: ground.home)
    #expect(ground.fixture.store.verify().isSound)
  }

  @Test("It is known when the last copy of a destroyed key is gone")
  func lastCopy() throws {
    let ground = try Ground(seed: 4)
    let record = try #require(ground.fixture.server.records.keys.min())
    func gone(_ time: Int64) throws -> Int64 {
      try KeyBackup.lastCopyGone(ofKeyDestroyedAt: time, in: ground.home)
    }
    #expect(try gone(5 * Self.day) == 5 * Self.day)
    try ground.backUp("long", at: 1 * Self.day, keptDays: 90)
    try ground.backUp("short", at: 3 * Self.day, keptDays: 10)
    try ground.backUp("later", at: 8 * Self.day, keptDays: 365)
    try ground.fixture.store.destroyKeys(of: [record], at: 5 * Self.day)
    #expect(try gone(5 * Self.day) == 91 * Self.day)
    #expect(try gone(0) == 0)
    // The restored one knows nothing of backups after it; they may have been made up to now.
    try ground.fixture.store.close()
    try ground.loseKeys()
    try ground.restore("short", at: 20 * Self.day)
    #expect(try gone(5 * Self.day) == 110 * Self.day)
    #expect(code { _ = try ground.backUp("never", keptDays: 0) } == .tooLarge)
    ground.fixture.store = try ServerStore(directory: ground.home)
    #expect(ground.fixture.store.isErased(record))
    #expect(try ground.fixture.store.keys.database.count() > 0)
    #expect(code { _ = try ground.fixture.store.record(record) } == .erased)
  }
}
