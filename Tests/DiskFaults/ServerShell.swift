import CRDT
import Replication
import SimulatedDisk
import Storage
import WireProtocol

/// A server on a simulated disk: the real store under the real machine, driven as the server's shell does it.
final class ServerShell {
  let disk: SimulatedDisk
  private(set) var store: ServerStore
  private var machine: TenantMachine
  /// What the store must hold.
  private(set) var model: TenantModel
  /// What it may hold: the group that it said no word on, or that it may not have.
  private var doubtful: CommitGroup?
  /// The disk failed: the process ends.
  private(set) var hasFailed = false
  private(set) var isFull = false
  private var output: [TenantMachine.Action] = []
  private var entropy: SplitMix64
  private let checkpoints: (pages: Int, bytes: Int)

  var home: String { disk.path + "/tenant" }

  init(
    on disk: SimulatedDisk, model: TenantModel, seed: UInt64, checkpoints: (pages: Int, bytes: Int)
  ) throws {
    self.disk = disk
    self.model = model
    self.checkpoints = checkpoints
    entropy = SplitMix64(seed: seed)
    store = try ServerStore(directory: disk.path + "/tenant", keys: Household.recordKeys)
    machine = try Self.machine(over: store)
    store.checkpoint(fromPages: checkpoints.pages, cuttingFrom: checkpoints.bytes)
    // A long one is a thousand calls more to strike.
    if checkpoints.pages < 1_000 { try store.reserveLog() }
  }

  private static func machine(over store: ServerStore) throws -> TenantMachine {
    let loaded = try store.load()
    return TenantMachine(
      directory: loaded.directory, governing: loaded.governing, position: loaded.position,
      logDigest: store.logDigest, accessChangedAt: loaded.accessChangedAt)
  }

  // MARK: Connections

  func opened(_ connection: ConnectionNumber) {
    machine.opened(
      connection,
      entropy: ServerSession.Entropy(
        nonce: entropy.bytes(32), newEpoch: entropy.identifier(), newDevice: entropy.identifier()))
  }

  func received(_ bytes: [UInt8], on connection: ConnectionNumber, at now: Int64) {
    machine.received(bytes, on: connection, at: now)
  }

  func closed(_ connection: ConnectionNumber) { machine.closed(connection) }

  /// Commits what was submitted, group by group, and answers.
  func process(at now: Int64) -> [TenantMachine.Action] {
    while var staged = machine.stage(at: now, in: store) {
      let check = staged.signatures.check()
      guard check.isPassed else {
        machine.rejected(staged, check)
        continue
      }
      do {
        if !staged.group.isEmpty {
          try store.commit(staged.group)
          model.take(staged.group)
        }
      } catch {
        took(error, on: staged.group)
        machine.failed(staged)
        continue
      }
      machine.committed(&staged, check, in: store)
      writeRows()
      output += machine.takeActions()
      machine.answer(staged, in: store)
      writeRows()
      output += machine.takeActions()
    }
    writeRows()
    output += machine.takeActions()
    defer { output = [] }
    return output
  }

  /// Rows of what is about to be sent are durable before it is; or it is not sent.
  private func writeRows() {
    guard let group = machine.takeRows() else { return }
    do {
      try store.commit(group)
    } catch {
      took(error, on: group)
      machine.failedToNote()
    }
  }

  private func took(_ error: any Error, on group: CommitGroup) {
    let code = (error as? StorageError)?.code
    if code == .diskFull || code == .notAccessible { isFull = true }
    guard code == .inputOutput || code == .mustReopen else { return }
    hasFailed = true
    if code == .inputOutput { doubtful = group }
  }

  // MARK: Starting again

  /// Opens the store anew after its process ended, and compares it with what it must hold.
  func restart() throws {
    store = try ServerStore(directory: home, keys: Household.recordKeys)
    store.checkpoint(fromPages: checkpoints.pages, cuttingFrom: checkpoints.bytes)
    try disk.sparing { try compare() }
    doubtful = nil
    hasFailed = false
    machine = try Self.machine(over: store)
    output = []
  }

  private func compare() throws {
    let report = store.verify()
    try require(report.isSound, "the server's store is not sound: \(report.findings.prefix(2))")
    guard let difference = try model.difference(from: store) else { return }
    // A process that ended in a commit may have written it.
    if let doubtful {
      var other = model
      other.take(doubtful)
      if try other.difference(from: store) == nil {
        model = other
        return
      }
    }
    throw Loss("the server's store has \(difference)")
  }

  /// At rest: the store holds what it must, and is sound.
  func check() throws {
    guard !hasFailed else { return }
    try disk.sparing { try compare() }
  }

  func close() throws { try store.close() }
}
