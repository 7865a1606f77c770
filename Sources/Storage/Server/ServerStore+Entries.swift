import CRDT
import GRDB
import Replication
import WireProtocol

/// Writing the log: the changes of a group as segments, its entries as runs.
extension ServerStore {
  /// Writes the entries of a group, and its changes, of which those that came together stand together.
  func writeLog(_ group: CommitGroup, _ rows: [Identifier: CachedRecord], _ db: Database) throws {
    let runs = runs(of: group)
    for run in runs { try run.write(db, actors: &actors) }
    var starts = runs.filter { $0.seals == nil }.map { ($0.first, $0.first + UInt64($0.changes)) }
    starts.sort { $0.0 < $1.0 }
    var next = starts[...]
    var builder: SegmentBuilder?
    var end: UInt64 = 0
    for change in group.changes {
      if builder == nil || change.position == next.first?.0 || change.position == end {
        try write(builder?.finish() ?? [], rows, db)
        builder = SegmentBuilder(run: change.position)
        end = change.position == next.first?.0 ? next.removeFirst().1 : 0
      }
      builder?.append(change)
    }
    try write(builder?.finish() ?? [], rows, db)
  }

  private func write(
    _ parts: [SegmentBuilder.Part], _ rows: [Identifier: CachedRecord], _ db: Database
  ) throws {
    for part in parts.sorted(by: { $0.first < $1.first }) {
      guard let record = rows[part.record]?.row else { throw StorageError(.inconsistent, record: part.record) }
      try Segment(
        record: record, actor: try actors.row(part.actor, in: db), run: part.run, changes: part.changes
      ).write(db, epochs: &epochs)
    }
  }

  private func runs(of group: CommitGroup) -> [JournalRun] {
    var changes: [ActorID: ArraySlice<JudgedChange>] = [:]
    for change in group.changes { changes[change.change.header.id.actor, default: []].append(change) }
    var runs: [JournalRun] = []
    for entry in group.entries {
      let own = changes[entry.actor, default: []]
      guard let first = own.prefix(entry.verdict.seals.count).first(of: entry) else {
        runs.append(JournalRun(entry, first: 0, seals: entry.verdict.seals))
        continue
      }
      changes[entry.actor] = own.dropFirst(entry.verdict.seals.count)
      if let last = runs.indices.last, runs[last].append(entry, first: first) { continue }
      runs.append(JournalRun(entry, first: first, seals: nil))
    }
    return runs
  }
}

extension ArraySlice<JudgedChange> {
  /// The position of the first, when these are the changes of the entry at positions that follow each other.
  fileprivate func first(of entry: JudgedEntry) -> UInt64? {
    let seals = entry.verdict.seals
    guard !isEmpty, count == seals.count,
      zip(self, seals).allSatisfy({ $0.seal == $1 && $0.receivedAt == entry.verdict.receivedAt }),
      zip(self, dropFirst()).allSatisfy({ $0.position + 1 == $1.position })
    else { return nil }
    return first?.position
  }
}
