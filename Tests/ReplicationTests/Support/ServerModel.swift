import CRDT
import CaseModel
import Replication
import WireProtocol

/// The tenant's machine with a tenant in memory, driven as a server's shell drives it. It is a value: a copy
/// goes its own way.
struct ServerModel {
  /// An action of the machine.
  enum Output: Equatable {
    case send(Int, WireServerMessage)
    case authenticated(Int)
    case close(Int, ErrorCode)
  }

  var store = TenantModel()
  private var machine: TenantMachine
  /// How many groups were committed.
  private(set) var commits = 0
  /// How long devices may show what they hold without contact.
  var leaseDuration: Int64? {
    get { machine.leaseDuration }
    set { machine.leaseDuration = newValue }
  }
  /// Milliseconds since 1970; each group gets a later one.
  var now: Int64 = 1_600_000_000_000
  /// Whether the store refuses what it is given.
  var isDiskFull = false
  /// Whether the disk is nearly full.
  var isShortOfSpace = false
  private var output: [Output] = []
  private var random: SplitMix64

  var directory: TenantDirectory { machine.directory }
  var governing: GoverningState { machine.governing }
  var sessions: [Int: ServerSession] {
    .init(uniqueKeysWithValues: machine.sessions.map { (Int($0.key.rawValue), $0.value) })
  }

  init(tenant: Tenant, seed: UInt64) {
    machine = TenantMachine(
      directory: TenantDirectory(tenant: tenant), governing: GoverningState(), position: 0,
      logDigest: LogDigest.start, accessChangedAt: [:])
    random = SplitMix64(seed: seed)
  }

  /// The server as it starts again from what is stored here: a copy of it, when it was set back. What it
  /// draws from now on it never drew before.
  mutating func restart(seed: UInt64) {
    machine = TenantMachine(
      directory: machine.directory, governing: machine.governing, position: machine.position,
      logDigest: machine.logDigest, accessChangedAt: [:], backups: machine.backups)
    output = []
    random = SplitMix64(seed: seed)
  }

  /// Every device is confirmed; or it is forgotten of each.
  mutating func confirmEverybody(_ isConfirmed: Bool = true) {
    var directory = machine.directory
    for var device in directory.devices.values {
      device.isConfirmed = isConfirmed
      directory.update(device)
    }
    machine = TenantMachine(
      directory: directory, governing: machine.governing, position: machine.position,
      logDigest: machine.logDigest, accessChangedAt: [:], backups: machine.backups)
  }

  /// When what a session may read may change by the time alone.
  var nextChange: Int64? { machine.nextChange }

  /// The clock goes on, and nobody writes.
  mutating func pass(until instant: Int64) {
    look(at: instant)
    commit()
  }

  /// The clock goes on, and the machine looks what that brings, before it judges what was submitted.
  mutating func look(at instant: Int64) {
    now = instant
    machine.timePassed(at: instant, in: store)
  }

  /// Begins a new epoch, as a restore does.
  mutating func beginEpoch() throws {
    var directory = machine.directory
    directory.begin(EpochStart(epoch: random.identifier(), position: machine.position))
    machine = TenantMachine(
      directory: directory, governing: machine.governing, position: machine.position,
      logDigest: machine.logDigest, accessChangedAt: [:], backups: machine.backups)
  }

  /// Begins a new epoch, and takes back what a ledger has, as a restore beside its ledger does.
  ///
  /// - Returns: the places of what could not be taken back.
  @discardableResult
  mutating func restore(_ ledgered: [OfferedChange]) throws -> [Int] {
    var stage = GroupStage(
      source: store, directory: machine.directory, governing: machine.governing.staged(),
      after: machine.position, logDigest: machine.logDigest, at: now)
    let lost = try stage.replay(ledgered, in: [random.identifier()])
    try store.apply(stage.group)
    var directory = machine.directory
    for start in stage.group.epochs { directory.begin(start) }
    for digest in stage.group.changes.compactMap(\.change.header.originDigest) {
      directory.take(origin: digest)
    }
    var governing = machine.governing
    governing.commit(stage.governing)
    machine = TenantMachine(
      directory: directory, governing: governing, position: stage.group.position,
      logDigest: stage.group.logDigest, accessChangedAt: [:], backups: machine.backups)
    return lost
  }

  /// What a backup that is made now contains.
  func backupMark() -> BackupMark {
    BackupMark(
      createdAt: now, position: machine.position, logDigest: machine.logDigest,
      journals: machine.directory.devices.mapValues(\.journal.entries))
  }

  /// Whether the log here is one that a backup is a copy of.
  func contains(_ mark: BackupMark) -> Bool { store.logDigest(at: mark.position) == mark.logDigest }

  /// Tells the machine what backups there are.
  mutating func update(backups: [BackupMark]) { machine.update(backups: backups) }

  /// The server starts again without its ledger.
  mutating func beginRecovery() {
    var directory = machine.directory
    directory.beginRecovery()
    machine = TenantMachine(
      directory: directory, governing: machine.governing, position: machine.position,
      logDigest: machine.logDigest, accessChangedAt: [:], backups: machine.backups)
  }

  /// Makes a code, as the set-up of a tenant does.
  mutating func add(_ code: PendingCode) { machine.update(code) }

  mutating func takeOutput() -> [Output] {
    defer { output = [] }
    return output + machine.takeActions().map(Output.init)
  }

  mutating func opened(_ id: Int) {
    machine.opened(
      ConnectionNumber(id),
      entropy: .init(
        nonce: random.bytes(32), newEpoch: random.identifier(), newDevice: random.identifier()))
  }

  /// Somebody reads out a push bundle.
  mutating func openedForBundle(_ id: Int) {
    machine.openedForBundle(
      ConnectionNumber(id),
      entropy: .init(
        nonce: random.bytes(32), newEpoch: random.identifier(), newDevice: random.identifier()))
  }

  /// The program ended and was started again: what it had in memory alone is gone.
  mutating func restart() {
    machine = TenantMachine(
      directory: machine.directory, governing: machine.governing, position: machine.position,
      logDigest: machine.logDigest, accessChangedAt: [:], backups: machine.backups)
  }

  mutating func closed(_ id: Int) { machine.closed(ConnectionNumber(id)) }

  /// Takes in a message. What it submits waits for `commit`.
  mutating func received(_ message: [UInt8], on id: Int) {
    machine.received(message, on: ConnectionNumber(id), at: now)
  }

  /// Commits what was submitted, and only then answers.
  mutating func commit() {
    while var staged = machine.stage(at: now + 1, isShortOfSpace: isShortOfSpace, in: store) {
      now += 1
      // As the shell does: what was judged by the rights of before the group leaves before it.
      output += machine.takeActions().map(Output.init)
      let check = staged.signatures.check()
      guard check.isPassed else {
        machine.rejected(staged, check)
        continue
      }
      do {
        if isDiskFull { throw ProtocolError(.retry) }
        if !staged.group.isEmpty { try store.apply(staged.group) }
      } catch {
        machine.failed(staged)
        continue
      }
      commits += 1
      machine.committed(&staged, check, in: store)
      machine.answer(staged, in: store)
    }
    output += machine.takeActions().map(Output.init)
  }
}

extension ServerModel.Output {
  fileprivate init(_ action: TenantMachine.Action) {
    self =
      switch action {
      case .send(let id, let message): .send(Int(id.rawValue), message)
      case .authenticated(let id): .authenticated(Int(id.rawValue))
      case .close(let id, let code): .close(Int(id.rawValue), code)
      }
  }
}

extension ConnectionNumber {
  fileprivate init(_ number: Int) { self.init(rawValue: UInt64(number)) }
}
