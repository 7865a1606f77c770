import CRDT
import CaseModel
import Storage
import SyncClient
import TestProcesses
import WireProtocol

/// Somebody who writes and syncs without pause, and remembers what she wrote.
actor LoadClient {
  nonisolated let name: String
  private let replica: Replica
  private let store: ReplicaStore
  private let caseID: Identifier
  private let assessment: Identifier
  private var generator: SplitMix64
  private let day: CalendarDay
  /// The last text of each contact.
  private(set) var texts: [Identifier: String] = [:]
  private var own: [Identifier] = []
  /// How many acts were written; each is one change.
  private(set) var written = 0

  init(
    _ name: String, home: String, case caseID: Identifier, assessment: Identifier, seed: UInt64
  ) throws {
    self.name = name
    self.caseID = caseID
    self.assessment = assessment
    replica = try Replica(home: home)
    let keys = try DeviceKeys(home: home, passphrase: Office.noPassphrase)
    store = try ReplicaStore(home: home, seal: StoreSeal(keys.storeKeys))
    generator = SplitMix64(seed: seed)
    day = try CalendarDay("2020-07-02")
  }

  /// Writes and exchanges in turn, one short session after the other.
  func work(_ course: Course) async {
    do {
      while !course.isEnded {
        for _ in 0..<Int.random(in: 1...8, using: &generator) { try write() }
        await course.gate.pass()
        switch try await exchange() {
        case .upToDate, .offline: continue
        case .refused(let code): throw Loss("the server refused the session: \(code)")
        case .handedOver: throw Loss("another holds the session")
        }
      }
    } catch {
      course.report("\(name): \(error)")
    }
  }

  /// Stays connected; every time that nothing is left to send she writes more. Ends when cancelled.
  func watch(_ course: Course) async {
    do {
      try await replica.watch(passphrase: Office.noPassphrase) { event in
        switch event {
        case .upToDate: for _ in 0..<Int.random(in: 1...3, using: &generator) { try write() }
        case .disconnected(let reason) where ErrorCode.all.contains { $0.name == reason }:
          throw Loss("the server refused the session: \(reason)")
        case .refused(let work): throw Loss("refused: \(work.map(\.code))")
        case .healed, .unconfirmed, .serverRecovers:
          throw Loss("a killed server or client was taken for a restored one")
        case .connected, .disconnected, .changed, .attachmentsAvailable, .quarantineWaiting: break
        }
      }
    } catch is CancellationError {
    } catch {
      course.report("\(name): \(error)")
    }
  }

  /// Exchanges once.
  func exchange() async throws -> SyncOutcome {
    try await replica.sync(passphrase: Office.noPassphrase, timeout: .seconds(60))
  }

  /// One act: a new contact, another text for one of hers, or a word in the notes that all write in.
  private func write() throws {
    let text = "\(name) \(written)"
    switch Int.random(in: 0..<4, using: &generator) {
    case 0:
      let id = replica.newIdentifier()
      try replica.write([
        [
          CaseWork.contact(
            id: id, in: caseID, form: "visit", by: replica.profile.person, text: text, on: day)
        ]
      ])
      own.append(id)
      texts[id] = text
    case 1:
      try change(assessment, Field.Assessment.familyNotes, to: text)
    default:
      guard let id = own.randomElement(using: &generator) else { return }
      try change(id, Field.Contact.text, to: text)
      texts[id] = text
    }
    written += 1
  }

  private func change(_ id: Identifier, _ field: FieldDefinition, to text: String) throws {
    guard let record = try store.record(id) else { throw Loss("record \(id) is gone from the replica") }
    var draft = RecordDraft.change(record)
    draft.write(field, text)
    try replica.write([[draft]])
  }

  /// How the replica stands after the last exchange.
  func standing() throws -> (pending: Int, refused: Int) {
    let status = try store.status()
    return (status.pendingEntries, status.refusedEntries)
  }

  /// All records as shown here.
  func states() throws -> [Identifier: RecordState] {
    Dictionary(try store.records().map { ($0.id, $0.state) }, uniquingKeysWith: { first, _ in first })
  }

  /// The newest entry that the client was told a verdict on, and the journal's digest there.
  func told() throws -> (entries: UInt64, digest: Digest?, pending: Int) {
    let pending = try store.pendingEntries(after: 0, limit: 1_024)
    let entries = try pending.first.map { $0.entry.number - 1 } ?? store.journal().entries
    return (entries, try store.digest(ofEntry: entries), pending.count)
  }

  /// The actor that the replica writes as.
  func actor() throws -> ActorID { try store.meta().actor }

  func close() throws {
    replica.close()
    try store.close()
  }
}
