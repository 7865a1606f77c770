import WireProtocol

/// How what was written here is sent.
extension ClientSession {
  /// An entry is being written to the replica. What it is sent with is signed meanwhile, and sent once
  /// `entriesWritten` says that it is written.
  public mutating func entryBegun(_ entry: LinkedEntry) throws {
    guard case .open = state, follows(entry) else { return }
    prepared = (entry.journal, try message(pushing: [entry], after: entry.journal))
  }

  /// Whether an entry may be sent at once: all before it were.
  private func follows(_ entry: LinkedEntry) -> Bool {
    ahead == nil && entry.entry.number == sentUpTo + 1 && outstanding.count < Limits.outstandingPushes
  }

  /// This or another process wrote to the replica.
  ///
  /// - Parameter entries: what was written, if that is at hand.
  public mutating func entriesWritten(_ entries: [LinkedEntry] = [], replica: some ReplicaSource) throws
    -> [Action]
  {
    guard case .open = state else { return [] }
    guard let first = entries.first, let last = entries.last else { return try push(from: replica) }
    if last.entry.number <= sentUpTo { return [] }
    // What another process wrote before it is sent first.
    guard follows(first), entries.count == 1 else { return try push(from: replica) }
    return [try push([last])]
  }

  /// Sends entries without a verdict, as far as the window is open.
  mutating func push(from replica: some ReplicaSource) throws -> [Action] {
    var actions: [Action] = []
    while outstanding.count < Limits.outstandingPushes {
      let entries = try replica.pendingEntries(after: sentUpTo, limit: 256)
        .filter { $0.entry.number <= ahead?.own ?? .max }
      let batch = entries.prefix(fitting: Limits.batchBytes)
      guard !batch.isEmpty else { break }
      actions.append(try push(batch))
      if batch.count == entries.count, entries.count < 256 { break }
    }
    return actions
  }

  /// Signs and sends entries that follow the last one sent.
  private mutating func push(_ batch: [LinkedEntry]) throws -> Action {
    guard let last = batch.last else { preconditionFailure("an empty push") }
    let ready = prepared.flatMap { batch.count == 1 && $0.journal == last.journal ? $0.message : nil }
    prepared = nil
    let message = try ready ?? message(pushing: batch, after: last.journal)
    sentUpTo = last.entry.number
    for entry in batch { unjudged[entry.entry.number] = entry.digests.count }
    outstanding.append(last.entry.number)
    return .send(message)
  }

  private func message(pushing batch: [LinkedEntry], after journal: JournalHead) throws -> [UInt8] {
    try WireClientMessage.with { $0.push = identity.push(batch, after: journal).message }.serializedBytes()
  }
}

extension [LinkedEntry] {
  /// As many entries from the front as fit into a push; at least one.
  func prefix(fitting byteCount: Int) -> [LinkedEntry] {
    var size = 0
    var count = 0
    for entry in self {
      size += entry.entry.changes.reduce(0) { $0 + $1.packedByteCountMax }
      if count > 0, size > byteCount { break }
      count += 1
    }
    return Array(self[..<count])
  }
}
