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
      guard let record = rows[part.record] else {
        throw StorageError(.inconsistent, record: part.record)
      }
      let seal = try keys.seal(of: part.record, record.key)
      try Segment(
        record: record.row, actor: try actors.row(part.actor, in: db), run: part.run, changes: part.changes
      ).write(db, epochs: &epochs, sealing: seal)
    }
  }

  /// The runs that a group's entries make. Changes stand in the order of their entries; an entry whose
  /// changes are not there keeps its stamps itself.
  private func runs(of group: CommitGroup) -> [JournalRun] {
    var next = 0
    var runs: [JournalRun] = []
    for entry in group.entries {
      guard let start = group.start(of: entry, from: next) else {
        runs.append(JournalRun(entry, first: 0, seals: entry.verdict.seals))
        continue
      }
      next = start + entry.verdict.seals.count
      let first = group.changes[start].position
      if let last = runs.indices.last, runs[last].append(entry, first: first) { continue }
      runs.append(JournalRun(entry, first: first, seals: nil))
    }
    return runs
  }
}

extension CommitGroup {
  /// Where the changes of an entry begin, from a place on; `nil` when they are not there beside each other.
  fileprivate func start(of entry: JudgedEntry, from next: Int) -> Int? {
    let seals = entry.verdict.seals
    guard let first = seals.first, let start = changes[next...].firstIndex(where: { $0.seal == first }),
      start + seals.count <= changes.count
    else { return nil }
    for (offset, seal) in seals.enumerated() {
      let change = changes[start + offset]
      guard change.seal == seal, change.receivedAt == entry.verdict.receivedAt,
        change.change.header.id.actor == entry.actor
      else { return nil }
    }
    return start
  }
}
