public import CRDT
public import CaseModel
import Storage

/// What this replica's person wrote last, in one act.
public struct OwnAct: Sendable {
  /// One record of it.
  public struct Part: Sendable {
    /// The record as it stands.
    public let record: CaseRecord
    /// Whether the act created it.
    public let isCreation: Bool
    /// What the act did to it; `nil` when another unsent act on the record hides what stood there.
    public let edits: [Reversal.Edit]?
  }

  /// When it was written, in milliseconds since 1970 by the clock of the device.
  public let writtenAt: Int64
  /// What it wrote to, in order of id.
  public let parts: [Part]
}

/// When this replica's person wrote in one act, and to what.
public struct OwnWriting: Sendable {
  /// Describes an act.
  public init(writtenAt: Int64, records: [CaseRecord]) {
    self.writtenAt = writtenAt
    self.records = records
  }

  /// When it was written, in milliseconds since 1970 by the clock of the device.
  public let writtenAt: Int64
  /// What it wrote to, as it stands, in order of id.
  public let records: [CaseRecord]
}

extension Replica {
  /// The latest acts of this replica's person of which something stands, the latest first. What the server
  /// has received is asked of it, where what is here does not tell them.
  ///
  /// - Parameters:
  ///   - leftOut: the acts that are passed over, by when they were written: what took an act back, and what
  ///     was taken back, so that who asks once more comes one step further.
  ///   - isPartial: whether those that this replica knows of are enough when the server cannot be reached.
  /// - Throws: `ReplicaError`: `offline` when the server must be asked and cannot be reached.
  public nonisolated(nonsending) func ownWritings(
    leavingOut leftOut: Set<Int64>, upTo count: Int, isPartial: Bool = false,
    passphrase: @escaping () throws -> String, timeout: Duration
  ) async throws -> [OwnWriting] {
    var written: [(record: CaseRecord, at: Int64)] = []
    var overwritten: [CaseRecord] = []
    var unsent: Set<Int64> = []
    for record in try records() {
      let instants = Self.instants(record, by: profile.account)
        .filter { !isIntroduction(record, at: $0) }
      written += instants.subtracting(leftOut).map { (record, $0) }
      let waiting = try isPending(record.id) ? unsentInstants(record) : []
      unsent.formUnion(waiting)
      guard !instants.isDisjoint(with: leftOut) else { continue }
      overwritten.append(record)
      written += waiting.subtracting(leftOut).subtracting(instants).map { (record, $0) }
    }
    let here = Self.writings(written, upTo: count)
    // What was not sent yet came after all that the server has of this device: nobody need be asked.
    if here.count == count, here.allSatisfy({ unsent.contains($0.writtenAt) }) { return here }
    do {
      // What an act wrote that was taken back shows in the history alone what stood there before it.
      let hidden = try await hidden(in: overwritten, passphrase, timeout)
      let rest = hidden.filter { !leftOut.contains($0.at) && !isIntroduction($0.record, at: $0.at) }
      return Self.writings(written + rest, upTo: count)
    } catch let error as ReplicaError {
      if isPartial, case .offline = error.code { return here }
      throw error
    }
  }

  private static func writings(_ written: [(record: CaseRecord, at: Int64)], upTo count: Int) -> [OwnWriting]
  {
    Dictionary(grouping: written, by: \.at).sorted { $0.key > $1.key }.prefix(count).map { instant, parts in
      let records = Dictionary(
        parts.map { ($0.record.id, $0.record) }, uniquingKeysWith: { first, _ in first })
      return OwnWriting(writtenAt: instant, records: records.values.sorted { $0.id < $1.id })
    }
  }

  /// When what the server has no verdict on was written to a record.
  private func unsentInstants(_ record: CaseRecord) throws -> Set<Int64> {
    let items = try attempt { try store.history(of: record.id) }
    return Set(items.filter { $0.status == .pending }.map(\.written.writtenAt))
  }

  /// What an act did, with what stood there before.
  ///
  /// - Throws: `ReplicaError`: `offline` when the server has received the act and cannot be reached.
  public nonisolated(nonsending) func act(
    _ writing: OwnWriting, passphrase: @escaping () throws -> String, timeout: Duration
  ) async throws -> OwnAct {
    try await act(of: Set(writing.records.map(\.id)), at: writing.writtenAt, passphrase, timeout)
  }

  /// The act that was written at an instant; `nil` when it is not found.
  ///
  /// - Parameter acts: where nothing of it stands, it is looked for in the histories of what these wrote to.
  public nonisolated(nonsending) func ownAct(
    at instant: Int64, among acts: Set<Int64>, passphrase: @escaping () throws -> String, timeout: Duration
  ) async throws -> OwnAct? {
    let written = try records().map { ($0, Self.instants($0, by: profile.account)) }
    var ids = Set(written.filter { $0.1.contains(instant) }.map(\.0.id))
    if ids.isEmpty {
      let touched = written.filter { !$0.1.isDisjoint(with: acts) }.map(\.0)
      ids = Set(
        try await hidden(in: touched, passphrase, timeout).filter { $0.at == instant }.map(\.record.id))
    }
    return ids.isEmpty ? nil : try await act(of: ids, at: instant, passphrase, timeout)
  }

  /// When this replica's person last wrote to one of these records; `nil` when nothing of hers stands there.
  public func lastWritten(to records: Set<Identifier>) throws -> Int64? {
    try self.records().filter { records.contains($0.id) }
      .flatMap { Self.instants($0, by: profile.account) }.max()
  }

  private nonisolated(nonsending) func act(
    of ids: Set<Identifier>, at instant: Int64, _ passphrase: @escaping () throws -> String,
    _ timeout: Duration
  ) async throws -> OwnAct {
    let records = try records().filter { ids.contains($0.id) && !isIntroduction($0, at: instant) }
      .sorted { $0.id < $1.id }
    let isPending = try records.contains { try self.isPending($0.id) }
    let edits =
      try isPending
      ? pendingEdits(of: records, at: instant)
      : await receivedEdits(of: records, at: instant, passphrase: passphrase, timeout: timeout)
    return OwnAct(
      writtenAt: instant,
      parts: records.map { record in
        OwnAct.Part(
          record: record, isCreation: record.created == instant && record.creator == profile.person,
          edits: edits[record.id])
      })
  }

  /// Whether this replica's person put herself into the register by an act. A leader's first act does so on
  /// its way, whatever it was meant for: to take that back would leave her without a name.
  private func isIntroduction(_ record: CaseRecord, at instant: Int64) -> Bool {
    record.kind == .person && record.id == profile.person && record.created == instant
  }

  /// When an account wrote what of a record still stands there.
  private static func instants(_ record: CaseRecord, by account: Identifier) -> Set<Int64> {
    let contexts = record.state.fields.values.joined().map(\.context)
    let operations = contexts.filter { $0.author == account && $0.origin == nil }.map(\.writtenAt)
    let texts = record.state.texts.values.flatMap(\.writings).map(\.authorship)
      .filter { $0.author == account }.map(\.writtenAt)
    return Set(operations + texts)
  }

  /// When this replica's person wrote to records, whether or not it still stands.
  private nonisolated(nonsending) func hidden(
    in records: [CaseRecord], _ passphrase: @escaping () throws -> String, _ timeout: Duration
  ) async throws -> [(record: CaseRecord, at: Int64)] {
    let byID = Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var found: [(record: CaseRecord, at: Int64)] = []
    var received: [Identifier] = []
    for record in records {
      let items = try attempt { try store.history(of: record.id) }
      found += items.filter { $0.status == .pending }.map { (record, $0.written.writtenAt) }
      if try attempt({ try store.snapshot(of: record.id) }) != nil { received.append(record.id) }
    }
    for change in try await changes(of: received, passphrase: passphrase, timeout: timeout)
    where change.author == profile.personName && change.isAccepted {
      if let record = byID[change.record] { found.append((record, change.writtenAt)) }
    }
    return found
  }

  private nonisolated(nonsending) func receivedEdits(
    of records: [CaseRecord], at instant: Int64, passphrase: @escaping () throws -> String, timeout: Duration
  ) async throws -> [Identifier: [Reversal.Edit]] {
    let changes = try await changes(of: records.map(\.id), passphrase: passphrase, timeout: timeout)
    var edits: [Identifier: [Reversal.Edit]] = [:]
    for change in changes
    where change.writtenAt == instant && change.author == profile.personName && change.isAccepted {
      edits[change.record, default: []] += change.edits.map {
        Reversal.Edit(field: $0.field, before: $0.before, after: $0.after)
      }
    }
    return edits
  }

  /// What an act did that has no verdict yet, by what the server had confirmed before.
  private func pendingEdits(
    of records: [CaseRecord], at instant: Int64
  ) throws -> [Identifier: [Reversal.Edit]] {
    try attempt {
      var edits: [Identifier: [Reversal.Edit]] = [:]
      for record in records {
        let items = try store.history(of: record.id).filter { $0.status == .pending }
        // What the server has of the act already is not to be found here.
        guard !items.isEmpty, items.allSatisfy({ $0.written.writtenAt == instant }) else { continue }
        let before = try store.snapshot(of: record.id)?.state ?? RecordState()
        let operations = items.compactMap(\.operations).joined()
        let keys = Set(operations.map { RecordState.Key(field: $0.field, kind: $0.kind) })
        edits[record.id] = keys.sorted().map { key in
          Reversal.Edit(
            field: key.field, before: Self.shown(before, key), after: Self.shown(record.state, key))
        }
      }
      return edits
    }
  }

  private static func shown(_ state: RecordState, _ key: RecordState.Key) -> [Value] {
    switch key.kind {
    case .text:
      let text = state.text(key.field)
      return text.count > 0 ? [.text(text.string)] : []
    case .set: return state.elements(key.field)
    default: return state.operations(key.field, key.kind).map(\.value)
    }
  }
}
