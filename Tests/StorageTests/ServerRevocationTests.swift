import CRDT
import CaseModel
import Foundation
import Replication
import Testing
import WireProtocol

@testable import Storage

/// What ended stays ended, whatever database is put back.
@Suite struct ServerRevocationTests {
  private final class Ground {
    let directory: TemporaryDirectory
    let tenant = NewTenant.generated(name: "Prøve")
    let person = Identifier(high: 3, low: 3)
    var store: ServerStore?
    var home: String { directory.path("tenant") }

    init() throws {
      directory = try TemporaryDirectory()
      store = try ServerStore.create(in: home, tenant: tenant)
      try enrol(1)
      let open = try #require(store)
      var group = CommitGroup(after: open.position, logDigest: open.logDigest)
      group.codes = [code(7, by: person), code(8, by: Identifier(high: 4, low: 4))]
      try open.commit(group)
    }

    deinit { try? store?.close() }

    func code(_ id: UInt64, by inviter: Identifier) -> PendingCode {
      PendingCode(
        id: id, verifier: Digest(hashing: [1]), role: .coreTeam, person: person, personName: "Poul",
        account: nil, expiresAt: .max, inviter: inviter)
    }

    /// Enrols a device of one account, as a group of the server does.
    func enrol(_ seed: UInt8) throws {
      let store = try #require(self.store)
      let known = try LedgerTests.device(seed)
      let device = Device(
        id: known.id, actor: known.actor, account: person, name: known.name, signingKey: known.signingKey,
        agreementKey: known.agreementKey, journal: .start(tenant: tenant.id, actor: known.actor),
        enrolledAt: 5, contactDay: 3)
      let account = Account(id: person, person: person, personName: "Poul", role: .coreTeam)
      var group = CommitGroup(after: store.position, logDigest: store.logDigest)
      group.accounts = [account]
      group.devices = [device.actor: device]
      group.ledger = [.enrolled(device, of: account, code: UInt64(seed))]
      try store.commit(group)
    }

    func end(_ devices: [Identifier], _ reason: RevocationReason, account: Bool) throws {
      let store = try #require(self.store)
      var group = CommitGroup(after: store.position, logDigest: store.logDigest)
      group.revocations = devices.map { Revocation(device: $0, reason: reason, revokedAt: 9) }
      if account {
        group.accounts = [
          Account(id: person, person: person, personName: "Poul", role: .coreTeam, endedAt: 9)
        ]
      }
      group.ledger = [
        .revoked(
          AccessEnd(
            devices: devices, reason: reason, account: account ? person : nil, person: person,
            actor: ActorID(rawValue: 1)))
      ]
      try store.commit(group)
    }

    func reopen() throws -> ServerStore {
      try store?.close()
      let opened = try ServerStore(directory: home)
      store = opened
      return opened
    }

    /// Closes the store and puts another folder in its database's place, or keeps a copy of it.
    func swap(with copy: String? = nil) throws -> String {
      try store?.close()
      store = nil
      guard let copy else {
        let kept = directory.path("copy")
        try FileManager.default.copyItem(atPath: home, toPath: kept)
        _ = try reopen()
        return kept
      }
      try FileManager.default.removeItem(atPath: home)
      try FileManager.default.copyItem(atPath: copy, toPath: home)
      return copy
    }
  }

  private let device = Identifier(high: 1, low: 1)

  @Test func whatIsWrittenIsRead() throws {
    let ground = try Ground()
    try ground.end([device], .replaced, account: false)
    try ground.end([device], .stolen, account: true)
    let (directory, governing, _, _) = try ground.reopen().load()
    #expect(
      directory.revocations == [device: Revocation(device: device, reason: .stolen, revokedAt: 9)])
    #expect(directory.accounts[ground.person]?.endedAt == 9)
    #expect(governing.role(of: ground.person) == nil)
    let known = try #require(directory.devices.values.first)
    #expect(known.enrolledAt == 5 && known.contactDay == 3)
  }

  @Test(arguments: [true, false]) func aDatabaseThatWasSetBackBringsNothingBack(endsAccount: Bool) throws {
    let ground = try Ground()
    let copy = try ground.swap()
    try ground.enrol(2)
    try ground.end([device, Identifier(high: 2, low: 1)], .stolen, account: endsAccount)
    _ = try ground.swap(with: copy)
    let store = try ground.reopen()
    #expect(store.ledgerReport.replayedEntries == 2)
    let (directory, governing, _, _) = try store.load()
    #expect(Set(directory.revocations.keys) == [device, Identifier(high: 2, low: 1)])
    #expect(directory.revocations.values.allSatisfy { $0.reason == .stolen })
    #expect((directory.accounts[ground.person]?.endedAt != nil) == endsAccount)
    #expect(governing.role(of: ground.person) == (endsAccount ? nil : .coreTeam))
    // The one that she asked for, and with her account the one that is for her.
    #expect(directory.codes[7]?.isUsable(at: 1) == false)
    #expect(directory.codes[8]?.isUsable(at: 1) == !endsAccount)
    #expect(directory.devices.values.allSatisfy { $0.enrolledAt > 0 && $0.contactDay > 0 })
  }

  /// Somebody let her in again after that, and the database knows of neither.
  @Test func anAccountThatWentOnGoesOn() throws {
    let ground = try Ground()
    let copy = try ground.swap()
    try ground.end([device], .left, account: true)
    try ground.enrol(2)
    _ = try ground.swap(with: copy)
    let (directory, governing, _, _) = try ground.reopen().load()
    #expect(directory.accounts[ground.person]?.endedAt == nil)
    #expect(governing.role(of: ground.person) == .coreTeam)
    #expect(Set(directory.revocations.keys) == [device])
  }
}
