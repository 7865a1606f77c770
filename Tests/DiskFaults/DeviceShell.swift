import CRDT
import CaseModel
import Replication
import SimulatedDisk
import Storage
import WireProtocol

/// A person's device on a simulated disk: the real store under the real session, driven as the client library
/// does it.
final class DeviceShell {
  let name: String
  let disk: SimulatedDisk
  let signingKey: SigningKey
  private(set) var store: ReplicaStore
  private(set) var session: ClientSession?
  /// The disk failed: the process ends.
  private(set) var hasFailed = false
  /// What it saw that must never happen.
  private(set) var loss: Loss?
  private(set) var wasUpToDate = false
  /// Why the last session ended, by its own word.
  private(set) var failure: ErrorCode?
  /// The journal as far as `write` has returned from it.
  private var written: [UInt64: Digest] = [:]
  /// What is in records that this device alone writes to, by its own word; and what may be.
  private(set) var texts: [Identifier: String] = [:]
  private var doubtful: [Identifier: String] = [:]
  /// Records whose entering was acknowledged.
  private var acknowledged: Set<Identifier> = []
  private var entered: Set<Identifier> = []
  private let checkpoints: (pages: Int, bytes: Int)

  var home: String { disk.path + "/home" }

  init(
    _ name: String, on disk: SimulatedDisk, signingKey: SigningKey, checkpoints: (pages: Int, bytes: Int)
  ) throws {
    self.name = name
    self.disk = disk
    self.signingKey = signingKey
    self.checkpoints = checkpoints
    store = try ReplicaStore(home: disk.path + "/home", seal: try Household.seal())
    store.checkpoint(fromPages: checkpoints.pages, cuttingFrom: checkpoints.bytes)
    // A long one is a thousand calls more to strike.
    if checkpoints.pages < 1_000 { try store.reserveLog() }
    for entry in try store.pendingEntries(after: 0, limit: .max) {
      written[entry.journal.entries] = entry.journal.digest
    }
  }

  // MARK: Writing

  /// Writes one act. What it throws on may or may not be there after the process has ended.
  func write(_ act: [RecordDraft], texts: [Identifier: String], at now: Int64, _ random: inout SplitMix64) {
    do {
      let entries = try store.write([act], at: now) { random.identifier() }
      for entry in entries { written[entry.journal.entries] = entry.journal.digest }
      self.texts.merge(texts) { $1 }
    } catch {
      took(error)
      if hasFailed || disk.isHalted { doubtful.merge(texts) { $1 } }
    }
  }

  private func took(_ error: any Error) {
    let code = (error as? StorageError)?.code
    if let error = error as? Loss { loss = error }
    if code == .inputOutput || code == .mustReopen || code == .damaged { hasFailed = true }
  }

  // MARK: Exchanging

  private func identity() throws -> ClientIdentity {
    let meta = try store.meta()
    return ClientIdentity(
      tenant: meta.tenant, tenantKey: meta.tenantKey, actor: meta.actor, signingKey: signingKey,
      epoch: meta.epoch, token: meta.sessionToken, cursor: meta.cursor ?? [],
      deliveries: meta.deliveries, holdings: Transcript.holdingsDigest(try store.holdings()))
  }

  /// Begins a session; what it says first, or `nil` when it cannot.
  func connect(nonce: [UInt8], at now: Int64) -> [[UInt8]]? {
    wasUpToDate = false
    failure = nil
    do {
      var session = ClientSession(identity: try identity())
      let actions = try session.connected(nonce: nonce, at: now, replica: store)
      self.session = session
      return perform(actions, at: now)
    } catch {
      took(error)
      return nil
    }
  }

  /// Takes a message in; what is answered, or `nil` when the session is over.
  func received(_ bytes: [UInt8], at now: Int64) -> [[UInt8]]? {
    guard session != nil else { return nil }
    do {
      guard let actions = try session?.messageReceived(bytes, replica: store) else { return nil }
      return perform(actions, at: now)
    } catch {
      took(error)
      session = nil
      return nil
    }
  }

  func disconnect() { session = nil }

  private func perform(_ actions: [ClientSession.Action], at now: Int64) -> [[UInt8]]? {
    var messages: [[UInt8]] = []
    for action in actions {
      switch action {
      case .send(let bytes):
        messages.append(bytes)
        // Whatever is said after a delivery may be its acknowledgement.
        acknowledged.formUnion(entered)
      case .store(let command):
        do {
          try carryOut(command, at: now)
        } catch {
          took(error)
          session = nil
          return nil
        }
      case .flush:
        do {
          try store.flush()
        } catch {
          took(error)
          session = nil
          return nil
        }
      case .resume:
        do {
          messages += perform(try session?.resumed(replica: store) ?? [], at: now) ?? []
        } catch {
          took(error)
          session = nil
          return nil
        }
      case .report(.upToDate): wasUpToDate = true
      case .report(.failed(let code)):
        if code == .malformed { _ = try? store.updateMeta { $0.cursor = nil } }
        failure = code
      case .report: break
      case .close:
        session = nil
        return messages
      }
    }
    return messages
  }

  private func carryOut(_ command: ClientSession.StoreAction, at now: Int64) throws {
    do {
      switch command {
      case .session(let token, _, _, let deliveries):
        try store.updateMeta {
          $0.sessionToken = token
          $0.deliveries = deliveries
        }
      case .journal(let head, let own): _ = try store.carryOut(.journal(head, after: own))
      case .watermark(let watermark): _ = try store.carryOut(.watermark(watermark))
      case .missedWipes(let wipes): _ = try store.carryOut(.missedWipes(wipes))
      case .accessEnded(let end, let time): _ = try store.carryOut(.accessEnded(end, at: time))
      case .lease(let lease): _ = try store.carryOut(.lease(lease))
      case .exit(let records, let erased, let time):
        _ = try store.carryOut(.exit(records, erased: erased, at: time))
      case .decisions(let decisions): _ = try store.carryOut(.decisions(decisions))
      case .quarantineWaiting(let count): _ = try store.carryOut(.quarantineWaiting(count))
      case .devicesWaiting(let count): _ = try store.carryOut(.devicesWaiting(count))
      case .succession, .standing, .healed:
        throw Loss("a device that lost its power was taken for a restored one")
      case .verdicts(let verdicts, let cursor): _ = try store.apply(verdicts: verdicts, cursor: cursor)
      case .delivery(let delivery):
        _ = try store.apply(delivery: delivery)
        if !delivery.enters.isEmpty {
          try store.flush()
          entered.formUnion(delivery.enters.map(\.snapshot.record))
        }
      }
    } catch let error as StorageError where [.gap, .unknownRecord, .notReady].contains(error.code) {
      // As the client library has it: this device lost something, and asks for everything.
      try store.updateMeta { $0.cursor = nil }
      throw error
    }
  }

  // MARK: Starting again

  /// Opens the store anew after its process ended, and sees that nothing is gone that it promised.
  func restart() throws {
    session = nil
    store = try ReplicaStore(home: home, seal: try Household.seal())
    store.checkpoint(fromPages: checkpoints.pages, cuttingFrom: checkpoints.bytes)
    hasFailed = false
    entered = acknowledged
    try check()
    for (id, text) in doubtful where try shownText(id) == text { texts[id] = text }
    doubtful = [:]
  }

  /// What it promised is here.
  func check() throws {
    guard !hasFailed else { return }
    try disk.sparing { try compare() }
  }

  private func compare() throws {
    try require(try store.isWhole(), "\(name)'s store is not whole")
    for (number, digest) in written where try store.digest(ofEntry: number) != digest {
      throw Loss("\(name) lost entry \(number), which was saved")
    }
    for (id, text) in texts {
      let shown = try shownText(id)
      try require(
        shown == text || shown == doubtful[id] && shown != nil, "\(name) lost a text that was saved")
    }
    let held = Set(try store.holdings().map(\.record))
    try require(acknowledged.isSubset(of: held), "\(name) lost a record whose entering it acknowledged")
  }

  func shownText(_ id: Identifier) throws -> String? { try store.record(id)?.text(Field.Note.title) }

  func close() throws { try store.close() }
}
