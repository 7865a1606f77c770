import CRDT
import GRDB
import Replication
import WireProtocol

/// Entries of one actor's journal that were judged together, as one row: their numbers follow each other, and
/// so do the positions of their changes.
///
/// Digests of the journal between the first entry and the last are made of the changes' digests again when
/// somebody asks.
struct JournalRun {
  /// What is said of one entry: how many changes it has, and why it was refused if it was.
  struct Outcome: Hashable {
    let changes: Int
    let refusal: EntryVerdict.Refusal?
  }

  let actor: ActorID
  let receivedAt: Int64
  /// The position of the first change; 0 where `seals` has the stamps.
  let first: UInt64
  private(set) var outcomes: [Outcome]
  /// The stamps of an entry whose changes are not in the log beside each other.
  let seals: [Seal]?
  /// The journal after the last entry.
  private(set) var journal: JournalHead

  /// A run of one entry.
  init(_ entry: JudgedEntry, first: UInt64, seals: [Seal]?) {
    actor = entry.actor
    receivedAt = entry.verdict.receivedAt
    self.first = first
    outcomes = [Outcome(changes: entry.verdict.seals.count, refusal: entry.verdict.refusal)]
    self.seals = seals
    journal = entry.journal
    changes = entry.verdict.seals.count
  }

  /// How many changes the entries have.
  private(set) var changes: Int
  /// The number of the first entry.
  var firstEntry: UInt64 { journal.entries &- UInt64(outcomes.count) &+ 1 }

  /// Takes an entry in if it goes on where the run ends.
  mutating func append(_ entry: JudgedEntry, first position: UInt64) -> Bool {
    guard seals == nil, outcomes.count < Self.entriesMax, entry.actor == actor,
      entry.journal.entries == journal.entries + 1,
      entry.verdict.receivedAt == receivedAt, first + UInt64(changes) == position
    else { return false }
    outcomes.append(Outcome(changes: entry.verdict.seals.count, refusal: entry.verdict.refusal))
    changes += entry.verdict.seals.count
    journal = entry.journal
    return true
  }

  // MARK: Rows

  /// As many as one actor can have waiting for one group, so that a damaged number allots no memory.
  private static let entriesMax = Limits.outstandingPushes * Limits.pushEntries

  static let columns = "actor, last, entries, received_at, first, digest, outcomes, seals"

  init(_ row: ResultRow, actors: RowNumbers<ActorID>) throws {
    actor = try actors.key(try row.integer(0))
    receivedAt = try row.integer(3)
    first = try row.unsigned(4)
    journal = JournalHead(entries: try row.unsigned(1), digest: try row.digest(5))
    let count = try row.unsigned(2)
    guard count > 0, count <= journal.entries, count <= UInt64(Self.entriesMax) else {
      throw StorageError(.damaged)
    }
    outcomes =
      try row.bytes(6).map { try Self.decode($0) }
      ?? Array(repeating: Outcome(changes: 1, refusal: nil), count: Int(count))
    changes = outcomes.reduce(0) { $0 + $1.changes }
    let changes = changes
    seals = try row.bytes(7).map(SealCoding.decode)
    guard outcomes.count == Int(count), seals.map({ $0.count == changes }) ?? (first > 0) else {
      throw StorageError(.damaged)
    }
  }

  func write(_ db: Database, actors: inout RowNumbers<ActorID>) throws {
    try db.run(
      """
      INSERT INTO journal (actor, last, entries, received_at, first, digest, outcomes, seals)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .integer(try actors.row(actor, in: db)), .bits(journal.entries), .integer(outcomes.count),
        .integer(receivedAt), .bits(first), .blob(journal.digest), .blob(encodedOutcomes),
        .blob(seals.map(SealCoding.encode)),
      ])
  }

  /// Nothing where each entry is one change and accepted, as most are.
  private var encodedOutcomes: [UInt8]? {
    if outcomes.allSatisfy({ $0.changes == 1 && $0.refusal == nil }) { return nil }
    var bytes: [UInt8] = []
    for outcome in outcomes {
      VarintCoding.append(UInt64(outcome.changes), to: &bytes)
      VarintCoding.append(outcome.refusal.map { UInt64($0.kind.rawValue) } ?? 0, to: &bytes)
      guard let refusal = outcome.refusal else { continue }
      VarintCoding.append(UInt64(refusal.code.rawValue), to: &bytes)
      VarintCoding.append(UInt64(refusal.change), to: &bytes)
    }
    return bytes
  }

  private static func decode(_ bytes: [UInt8]) throws -> [Outcome] {
    var rest = bytes[...]
    var outcomes: [Outcome] = []
    while !rest.isEmpty {
      let changes = try VarintCoding.read(&rest)
      guard changes > 0, changes <= UInt64(Limits.entryChanges) else { throw StorageError(.damaged) }
      var refusal: EntryVerdict.Refusal?
      let tag = try VarintCoding.read(&rest)
      if tag != 0 {
        guard let kind = UInt8(exactly: tag).flatMap(EntryVerdict.Refusal.Kind.init(rawValue:)),
          let code = UInt32(exactly: try VarintCoding.read(&rest)),
          let change = UInt32(exactly: try VarintCoding.read(&rest))
        else { throw StorageError(.damaged) }
        refusal = EntryVerdict.Refusal(code: ErrorCode(rawValue: code), change: change, kind)
      }
      outcomes.append(Outcome(changes: Int(changes), refusal: refusal))
    }
    return outcomes
  }
}

extension JournalRun {
  /// The entries as they were judged.
  ///
  /// - Parameters:
  ///   - before: the journal before the first.
  ///   - changes: the digests and stamps of their changes, in order of position.
  /// - Throws: `damaged` when the changes are not those that the journal has.
  func entries(after before: JournalHead, _ changes: [(digest: Digest, seal: Seal)]) throws -> [JudgedEntry] {
    guard changes.count == self.changes, before.entries + 1 == firstEntry else {
      throw StorageError(.damaged)
    }
    var head = before
    var start = 0
    let entries = outcomes.map { outcome in
      let own = changes[start..<start + outcome.changes]
      start += outcome.changes
      head = head.appending(changes: own.map(\.digest))
      return JudgedEntry(
        actor: actor, journal: head,
        verdict: EntryVerdict(
          entry: head.entries, refusal: outcome.refusal, receivedAt: receivedAt, seals: own.map(\.seal)))
    }
    guard head == journal else { throw StorageError(.damaged) }
    return entries
  }
}
