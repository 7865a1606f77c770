import CRDT
import CaseModel
import Foundation
import Replication
import Testing
import WireProtocol

@testable import Storage

/// Erasing beside a device that is offline, beside servers that are set back and beside power failures, in
/// any order: what was erased is gone, every entry has a verdict that is true, and nothing is found in the
/// files.
///
///     KOS_ERASURE_SCHEDULES=1000 swift test --filter ErasureScheduleTests
@Suite struct ErasureScheduleTests {
  private static let count =
    ProcessInfo.processInfo.environment["KOS_ERASURE_SCHEDULES"].flatMap(Int.init) ?? 40

  @Test("Whatever comes in whatever order, what two persons erased stays erased")
  func schedules() throws {
    var tally = ErasureSchedule.Tally()
    for seed in 0..<Self.count {
      var schedule = try ErasureSchedule(seed: UInt64(seed))
      try schedule.run(&tally)
    }
    // What is to be shown happened.
    #expect(min(tally.accepted, tally.erased, tally.setBack, tally.confirmed) > Self.count / 20, "\(tally)")
  }
}

/// One such life, drawn from a seed.
private struct ErasureSchedule {
  struct Tally {
    var accepted = 0
    var erased = 0
    var setBack = 0
    var confirmed = 0
  }

  private let server: RightsServer
  private let second: RightsServer.Member
  private var random: SeededGenerator
  private let seed: UInt64
  private var written: [JournalEntry] = []
  private var pushed = 0
  private var proposal: Identifier?
  private var isConfirmed = false
  /// What the server had, and the device knew it to have, when its folder was copied.
  private var copy: (pushed: Int, name: String)?
  private let base: VersionVector
  private let first: UInt64

  init(seed: UInt64) throws {
    self.seed = seed
    server = try RightsServer(seed: seed &+ 1)
    second = try server.enrol("Anden", as: .leader)
    random = SeededGenerator(seed: seed &+ 77)
    base = try #require(try server.store().record(server.note)).state.version
    first = try #require(try server.store().load().directory.devices[server.worker.actor]).journal.entries
  }

  mutating func run(_ tally: inout Tally) throws {
    for _ in 0..<14 {
      switch Int.random(in: 0..<12, using: &random) {
      case 0..<4: write()
      case 4, 5: try push(&tally)
      case 6: try propose()
      case 7, 8: try confirm(&tally)
      case 9: try copyFolder()
      case 10: try setBack(&tally)
      default: try server.reopen()
      }
      try check()
    }
    while pushed < written.count { try push(&tally) }
    try check()
    #expect(try server.reopen().verify().isSound, "seed \(seed)")
    try check()
    if isConfirmed { try checkFiles() }
  }

  /// The worker writes without a network: she knows her own work and what was there before.
  private mutating func write() {
    let number = UInt64(written.count) + 1
    let header = ChangeHeader(
      record: server.note, id: ChangeID(actor: server.worker.actor, number: number),
      author: server.worker.account.id, writtenAt: server.now,
      version: base.replacing(server.worker.actor, by: number - 1))
    let text = Value.text("\(RandomWriter.canary) \(number)")
    let payload = Payload(
      salt: server.identifier(),
      operations: [Operation(field: Field.Note.title.id, action: .assign(text))])
    written.append(
      JournalEntry(
        number: first + number, changes: [EncodedChange(header: header, payload: payload.encoded)]))
  }

  private mutating func push(_ tally: inout Tally) throws {
    guard pushed < written.count else { return }
    let verdict = try server.push(written[pushed], by: server.worker)
    pushed += 1
    let code = verdict.refusal?.code
    #expect(code == (isConfirmed ? .erased : nil), "seed \(seed), entry \(pushed)")
    if isConfirmed { tally.erased += 1 } else { tally.accepted += 1 }
  }

  private mutating func propose() throws {
    guard proposal == nil else { return }
    let id = server.identifier()
    let draft = CaseWork.erase(id: id, in: server.caseID, records: [server.note], ground: "kept too long")
    #expect(try server.push([draft], by: server.leader).refusal == nil, "seed \(seed)")
    proposal = id
  }

  private mutating func confirm(_ tally: inout Tally) throws {
    guard let proposal, !isConfirmed else { return }
    let draft = CaseWork.confirm(try server.record(proposal), by: second.person)
    #expect(try server.push([draft], by: second).refusal == nil, "seed \(seed)")
    isConfirmed = true
    tally.confirmed += 1
  }

  private mutating func copyFolder() throws {
    guard copy == nil else { return }
    try server.copyFolder(to: "copy")
    copy = (pushed, "copy")
  }

  /// The database is what it was; the ledger and the keys go on. The device pushes again what is lost.
  private mutating func setBack(_ tally: inout Tally) throws {
    guard let copy else { return }
    try server.putFolderBack(copy.name)
    try server.reopen()
    pushed = copy.pushed
    tally.setBack += 1
  }

  private func check() throws {
    let store = try server.store()
    #expect(store.isErased(server.note) == isConfirmed, "seed \(seed)")
    let mayRead = try [server.worker, server.professional].map(server.mayRead)
    #expect(mayRead == [!isConfirmed, !isConfirmed], "seed \(seed)")
    guard isConfirmed else { return }
    #expect(throws: StorageError.self, "seed \(seed)") { try store.record(server.note) }
  }

  private func checkFiles() throws {
    let folder = server.directory.path("")
    try server.close()
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) where !name.hasPrefix("copy") {
      let bytes = FileManager.default.contents(atPath: folder + "/" + name) ?? Data()
      #expect(bytes.firstRange(of: Data(RandomWriter.canary.utf8)) == nil, "seed \(seed) \(name)")
    }
  }
}
