public import CRDT
public import CaseModel
import Foundation
import Replication
import Storage
import WireProtocol

/// A person's own copy of the records, in a folder: it is read and written without a network, and exchanged
/// with the server when there is one. Several processes may have it open.
public final class Replica {
  /// Whose it is.
  public private(set) var profile: Profile
  /// The folder.
  public let home: String
  /// What the last session moved.
  public internal(set) var traffic = Traffic()
  let store: ReplicaStore
  private var lastShown: ShownRecords?
  /// The device's keys: what is stored opens with one of them.
  let deviceKeys: DeviceKeys
  /// The session that runs on this replica in this process; it is told what is written.
  var session: Session?

  /// How often a session looks whether it gets anywhere; tests have less patience.
  package var tick = Duration.seconds(ReplicaMachine.tickSeconds)

  /// The folder: `option`, else `KOS_HOME`, else `.kos` in the home folder.
  public static func home(_ option: String?) throws -> String {
    if let option, !option.isEmpty { return option }
    let environment = ProcessInfo.processInfo.environment
    if let home = environment["KOS_HOME"], !home.isEmpty { return home }
    return NSHomeDirectory() + "/.kos"
  }

  /// Opens the replica in a folder.
  ///
  /// - Parameter passphrase: gives the passphrase; asked only if the key file needs one that nothing else
  ///   keeps.
  /// - Throws: `ReplicaError`, or what `passphrase` throws; nothing was changed or lost then.
  public convenience init(
    home: String, passphrase: () throws -> String = { throw ReplicaError(.locked) }
  ) throws {
    guard ReplicaStore.exists(home: home) else { throw ReplicaError(.notEnrolled) }
    try self.init(home: home, keys: try Self.keys(home, passphrase))
  }

  init(home: String, keys: DeviceKeys) throws {
    do {
      self.home = home
      deviceKeys = keys
      store = try ReplicaStore(home: home, seal: StoreSeal(keys.storeKeys))
      profile = Profile(try store.meta())
    } catch {
      throw ReplicaError(error)
    }
  }

  /// Closes the files.
  public func close() { try? store.close() }

  // MARK: Reading

  /// All records as they are shown: what the server confirmed, with own pending changes over it.
  ///
  /// - Complexity: O(records); O(1) as long as nothing was written since.
  public func records() throws -> [CaseRecord] { try shown().records }

  /// All records as a stock of cases.
  ///
  /// - Complexity: O(n log n); O(1) as long as nothing was written since.
  public func stock() throws -> CaseStock { try shown().stock }

  /// What was read last, as long as it is what would be read now.
  private func shown() throws -> ShownRecords {
    try attempt {
      let version = try store.dataVersion()
      if let lastShown, lastShown.version == version { return lastShown }
      let shown = ShownRecords(version: version, records: try store.records())
      lastShown = shown
      return shown
    }
  }

  /// Whether a record holds changes that have no verdict yet.
  public func isPending(_ record: Identifier) throws -> Bool {
    try attempt { try store.history(of: record).contains { $0.status == .pending } }
  }

  /// The records that hold changes without a verdict, and when the oldest of these was written, in
  /// milliseconds since 1970.
  public func pendingRecords() throws -> [Identifier: Int64] { try attempt { try store.pendingRecords() } }

  /// How the replica stands.
  ///
  /// - Parameter conflicts: how many wait for a person, where that was looked into. Without it those of
  ///   fields are counted: what records break together takes reading them all.
  public func status(conflicts: Int? = nil) throws -> ReplicaSummary {
    try attempt {
      let status = try store.status()
      let meta = try store.meta()
      let lease = try lease()
      return ReplicaSummary(
        pendingEntries: status.pendingEntries + status.awaitingEntries, pendingSince: status.pendingSince,
        refused: try store.refused().map { try RefusedWork($0, in: store, isShown: !lease.isOver) },
        quarantined: try store.waitingForDecision().map {
          try RefusedWork($0, in: store, isShown: !lease.isOver)
        }, held: try store.held().map { try RefusedWork($0.work, in: store, isShown: !lease.isOver) },
        waitingForDecision: meta.quarantineWaiting, devicesWaiting: meta.devicesWaiting,
        logFindings: meta.logs.findings.map { LogFindingSummary($0, in: meta.logs) },
        conflicts: try conflicts ?? (status.conflicts == 0 ? 0 : disagreements()),
        lastContact: status.lastContact, lastCaughtUp: status.lastCaughtUp,
        confirmation: meta.isConfirmed ? nil : meta.confirmationDigits,
        // One that was copied goes on under another actor.
        isNewDevice: meta.lineage.isEmpty,
        healing: meta.healedAt.map {
          HealingSummary(
            at: $0, reissuedChanges: Int(clamping: meta.reissuedChanges),
            returnedChanges: Int(clamping: meta.returnedChanges), isGoingOn: meta.isHealing)
        },
        lastFailure: status.lastFailure?.reason, lastFailureAt: status.lastFailure?.at,
        unsentAttachments: try unsentAttachments(), accessEnd: try accessEnd(), lease: lease)
    }
  }

  /// What has no verdict of the server yet.
  public func unsent() throws -> Unsent {
    try attempt {
      let status = try store.status()
      return Unsent(entries: status.pendingEntries, since: status.pendingSince)
    }
  }

  /// Fields whose values differ: the same value written twice needs nobody's decision.
  private func disagreements() throws -> Int {
    RecordConflict.all(in: try store.records()).count(where: \.isDisagreement)
  }

  /// The changes of a record that are known here, oldest first: those that are here as changes, and of what
  /// came as a state those whose values still stand.
  public func history(of record: Identifier) throws -> [HistoryLine] {
    try attempt {
      let items = try store.history(of: record)
      let lines = try items.map { item in
        let status =
          switch item.status {
          case .pending: "pending"
          case .accepted: "accepted"
          case .void(let code): code?.name ?? "void"
          }
        return HistoryLine(
          author: try name(of: item.written.author),
          writtenAt: item.written.writtenAt, receivedAt: item.receivedAt, status: status)
      }
      return try standing(of: record, besides: Set(items.map(\.header.id))) + lines
    }
  }

  /// The changes whose values stand in a record, without some that are known anyhow, oldest first.
  private func standing(of record: Identifier, besides known: Set<ChangeID>) throws -> [HistoryLine] {
    guard let state = try store.record(record)?.state else { return [] }
    var written: [ChangeID: Authorship] = [:]
    for context in state.fields.values.joined().map(\.context) { written[context.id] = Authorship(context) }
    for writing in state.texts.values.flatMap(\.writings) { written[writing.change] = writing.authorship }
    return try written.filter { !known.contains($0.key) }.values.map { written in
      HistoryLine(
        author: try name(of: written.author), writtenAt: written.writtenAt, receivedAt: written.receivedAt,
        status: "accepted")
    }
    .sorted { ($0.receivedAt ?? .max, $0.writtenAt) < ($1.receivedAt ?? .max, $1.writtenAt) }
  }

  /// The name of whose account it is; the account's id where the person is not known here.
  public func name(of account: Identifier) throws -> String {
    if account == profile.account { return profile.personName }
    return try attempt { try store.record(account)?.text(Field.Person.name) ?? account.description }
  }

  // MARK: Writing

  /// Writes acts, each of which the server accepts or refuses whole. They are durable when this returns.
  ///
  /// - Parameter instant: when they were written, in milliseconds since 1970; now without. What is written at
  ///   several times and is one act for who wrote it has one instant.
  /// - Returns: how many acts were written.
  /// - Throws: `ReplicaError`, and then nothing is written; where the disk fails only after that, with a
  ///   session open, it may still be sent.
  @discardableResult
  public func write(_ acts: [[RecordDraft]], at instant: Int64? = nil) throws -> Int {
    try write(acts, attaching: nil, at: instant)
  }

  func write(
    _ acts: [[RecordDraft]], attaching attachment: NewAttachment?, at instant: Int64? = nil
  ) throws -> Int {
    // A file's record is not sent before the disk has its bytes: nobody else has them.
    let isSentEarly = session != nil && attachment == nil
    let begun: ((LinkedEntry) -> Void)? = if isSentEarly, let session { { session.begun($0) } } else { nil }
    guard try attempt({ try store.meta().accessEnded == nil }) else { throw ReplicaError(.accessEnded) }
    let written = try attempt {
      try store.write(
        acts, attaching: attachment, at: instant ?? now(), durability: isSentEarly ? .later : .atCommit,
        salt: SystemSource.identifier, begun: begun)
    }
    if let session {
      // On its way to the server while the disk takes it (decision 0029).
      session.written(written)
      if isSentEarly { try attempt { try store.flush() } }
    } else {
      _ = try? Wake.notify(home: home)
    }
    return written.count
  }

  /// A new random identifier.
  public func newIdentifier() -> Identifier { SystemSource.identifier() }

  /// The identifier that this tenant's replicas derive from a name: the same on every device, so that what is
  /// imported or sent twice under a name is one record.
  public func identifier(named name: String) -> Identifier {
    let scope = (try? store.meta().tenant.description) ?? ""
    let digest = EnrolmentCode.fingerprint(of: Array("kos.named.v1\u{0}\(scope)\u{0}\(name)".utf8))
    return Identifier(randomHigh: digest.high, randomLow: digest.low)
  }

  // MARK: References, clock

  /// This replica's short reference to a case.
  public func reference(of caseID: Identifier) throws -> String {
    try attempt { try store.reference(of: caseID) }
  }

  /// The case that a reference, the start of an id, or a label that only one case has, names.
  public func caseID(matching text: String) throws -> Identifier? {
    try attempt {
      // A case that came by itself has a reference as soon as somebody may want to use it.
      let heads = try store.records(kinds: [.case])
      for head in heads { _ = try store.reference(of: head.id) }
      if let found = try store.caseID(matching: text) { return found }
      let labelled = CaseLabel.heads(called: text, among: heads)
      return labelled.count == 1 ? labelled.first?.id : nil
    }
  }

  /// Milliseconds since 1970.
  public func now() -> Int64 { SystemSource.now }

  /// The calendar day in the tenant's time zone.
  public func today() -> CalendarDay { SystemSource.today() }

  func attempt<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch { throw ReplicaError(error) }
  }

  func refreshProfile() throws { profile = Profile(try store.meta()) }
}

extension Profile {
  init(_ meta: ReplicaMeta) {
    self.init(
      tenant: meta.tenant, tenantName: meta.tenantName, person: meta.person, personName: meta.personName,
      role: meta.role,
      account: meta.account, aliases: meta.aliases, serverURL: meta.serverURL,
      isUnprotected: meta.protection == .unprotected)
  }
}
