import CRDT
import CaseModel
import Foundation
import Replication
import Testing
import WireProtocol

@testable import Storage

/// The ledger's file: what it takes, what it drops, and what it refuses.
@Suite struct LedgerTests {
  private struct Ground {
    let directory: TemporaryDirectory
    let tenant = Identifier(high: 7, low: 9)
    var path: String { directory.path("ledger") }

    init() throws {
      directory = try TemporaryDirectory()
      try Ledger.create(path, tenant: tenant)
    }

    func open(_ visit: (LedgerEntry, LedgerHead) throws -> Void = { _, _ in }) throws -> Ledger {
      try Ledger(path, visit: visit)
    }

    func append(_ events: [LedgerEvent], to ledger: Ledger) throws {
      try ledger.append(try ledger.prepare(events, at: 5))
    }

    func entries() throws -> [LedgerEntry] {
      var entries: [LedgerEntry] = []
      _ = try LedgerFile.read(path) { entry, _ in entries.append(entry) }
      return entries
    }

    func bytes() throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

    func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: path)) }
  }

  private func code(_ body: () throws -> Void) -> StorageError.Code? {
    do {
      try body()
      return nil
    } catch {
      return (error as? StorageError)?.code
    }
  }

  static func device(_ seed: UInt8, predecessor: ActorID? = nil, isConfirmed: Bool = true) throws -> Device {
    let key = try SigningKey(secret: Array(repeating: seed, count: 32)).publicKey
    let actor = Transcript.actor(of: key)
    return Device(
      id: Identifier(high: UInt64(seed), low: 1), actor: actor, account: Identifier(high: 3, low: 3),
      name: "device \(seed)", signingKey: key, agreementKey: Array(repeating: 1, count: 32),
      journal: .start(tenant: Identifier(high: 7, low: 9), actor: actor), predecessor: predecessor,
      isConfirmed: isConfirmed)
  }

  private var everything: [LedgerEvent] {
    get throws {
      let device = try Self.device(1)
      let account = Account(
        id: Identifier(high: 3, low: 3), person: Identifier(high: 3, low: 3), personName: "Karin",
        role: .leader, inviter: Identifier(high: 4, low: 4))
      let head = LedgerHead(number: 4, digest: Digest(hashing: [1]))
      return [
        .enrolled(device, of: account, code: .max),
        .succeeded(
          try Self.device(2, predecessor: device.actor, isConfirmed: false), retiresPredecessor: true),
        .confirmed(device.actor),
        .entered(device.actor, [.init(record: Identifier(high: 1, low: 2), generation: 3)]),
        .epochBegan(EpochStart(epoch: Identifier(high: 8, low: 8), position: 12)), .recoveryBegan(head),
        .recoveryEnded(RecoveryEnd(actor: device.actor, statement: [1, 2], signature: [3])),
        .revoked(
          AccessEnd(
            devices: [device.id, Identifier(high: 5, low: 5)], reason: .stolen, account: nil,
            person: account.person, actor: device.actor)),
        .governed(
          SealedChange(
            record: Identifier(high: 1, low: 2), key: .max, digest: 1 << 63, content: [0xff, 0, 1])),
        .keysDestroyed([Identifier(high: 1, low: 2)]),
        .revoked(
          AccessEnd(
            devices: [], reason: .left, account: account.id, person: account.person, actor: device.actor)),
      ]
    }
  }

  @Test func whatIsWrittenIsRead() throws {
    let ground = try Ground()
    let ledger = try ground.open()
    try ground.append(try everything, to: ledger)
    try ground.append([.confirmed(ActorID(rawValue: 1))], to: ledger)
    ledger.close()
    let entries = try ground.entries()
    #expect(entries.map(\.number) == [1, 2])
    #expect(entries.first?.events == (try everything))
    #expect(entries.first?.writtenAt == 5)
    #expect(try ground.open().head == ledger.head)
  }

  @Test func aLastEntryThatIsTornAnywhereIsDroppedAndCounted() throws {
    let ground = try Ground()
    let ledger = try ground.open()
    try ground.append([.confirmed(ActorID(rawValue: 1))], to: ledger)
    let whole = try ground.bytes().count
    try ground.append(try everything, to: ledger)
    ledger.close()
    let bytes = try ground.bytes()
    for end in whole + 1..<bytes.count {
      try ground.write(Array(bytes.prefix(end)))
      let opened = try ground.open()
      #expect(opened.droppedBytes == end - whole)
      #expect(opened.head.number == 1)
      try ground.append([.confirmed(ActorID(rawValue: 2))], to: opened)
      opened.close()
      #expect(try ground.entries().count == 2)
    }
  }

  /// A disk may have written a later sector of an entry and not the first.
  @Test func aLastEntryOfWhichTheBeginningIsMissingIsTornAsWell() throws {
    let ground = try Ground()
    let ledger = try ground.open()
    try ground.append([.confirmed(ActorID(rawValue: 1))], to: ledger)
    let whole = try ground.bytes().count
    try ground.append(try everything, to: ledger)
    ledger.close()
    var bytes = try ground.bytes()
    for offset in whole..<whole + 20 { bytes[offset] = 0 }
    try ground.write(bytes)
    let opened = try ground.open()
    #expect(opened.droppedBytes == bytes.count - whole && opened.head.number == 1)
  }

  @Test func aByteThatChangedInTheMiddleIsRefusedWhereverItIs() throws {
    let ground = try Ground()
    let ledger = try ground.open()
    try ground.append(try everything, to: ledger)
    let middle = try ground.bytes().count
    try ground.append([.confirmed(ActorID(rawValue: 1))], to: ledger)
    ledger.close()
    let bytes = try ground.bytes()
    for offset in 0..<middle {
      var damaged = bytes
      damaged[offset] ^= 0x10
      try ground.write(damaged)
      let code = code { _ = try ground.open() }
      // Another tenant in the header is another chain.
      #expect(code == (offset < 8 ? .foreignFile : .ledgerDamaged), "offset \(offset)")
      #expect(try ground.bytes() == damaged)
    }
  }

  @Test func anUnknownKindIsKeptAndSaysWhichItIs() throws {
    let ground = try Ground()
    // Record 1 of the entry's field 3: field 77, a varint.
    let record: [UInt8] = [0xe8, 0x04, 1]
    let body: [UInt8] = [8, 1, 26, UInt8(record.count)] + record
    let head = LedgerHead.start(of: ground.tenant)
    let frame = LedgerFile.frame(body, after: head, giving: head.appending(body))
    try ground.write(try ground.bytes() + frame)
    #expect(try ground.entries().map(\.events) == [[.unknown(kind: 77)]])
    let ledger = try ground.open()
    try ground.append([.confirmed(ActorID(rawValue: 1))], to: ledger)
    ledger.close()
    let bytes = try ground.bytes()
    #expect(Array(bytes.dropFirst(LedgerFile.headerBytes).prefix(frame.count)) == frame)
  }

  @Test func oneProcessWrites() throws {
    let ground = try Ground()
    let ledger = try ground.open()
    #expect(code { _ = try ground.open() } == .inUse)
    #expect(code { try Ledger.create(ground.path, tenant: ground.tenant) } == .ledgerExists)
    ledger.close()
    _ = try ground.open()
  }
}
