import CRDT
import Replication
import WireProtocol

/// Gathers the changes of one run into segments: what one actor wrote in one record together.
struct SegmentBuilder {
  private let run: UInt64
  private var open: [Key: Part] = [:]
  private(set) var parts: [Part] = []

  private struct Key: Hashable {
    let record: Identifier
    let actor: ActorID
  }

  /// Changes that become one segment.
  struct Part {
    let record: Identifier
    let actor: ActorID
    let run: UInt64
    var changes: [StoredChange]
    fileprivate var payloadBytes: Int

    var first: UInt64 { changes.first?.position ?? 0 }
  }

  /// - Parameter run: the position of the run's first change.
  init(run: UInt64) { self.run = run }

  /// Takes in the next change of the run.
  mutating func append(_ judged: JudgedChange) {
    let change = StoredChange(judged)
    let key = Key(record: change.header.record, actor: change.header.id.actor)
    let size = judged.change.payload.count
    if let part = open[key], part.continues(with: change, size) {
      open[key]?.changes.append(change)
      open[key]?.payloadBytes += size
      return
    }
    if let full = open.removeValue(forKey: key) { parts.append(full) }
    open[key] = Part(
      record: key.record, actor: key.actor, run: run, changes: [change], payloadBytes: size)
  }

  /// Ends the run.
  mutating func finish() -> [Part] { parts + open.values }
}

extension SegmentBuilder.Part {
  fileprivate func continues(with change: StoredChange, _ size: Int) -> Bool {
    guard let last = changes.last else { return true }
    return changes.count < Segment.changesMax && payloadBytes + size <= Segment.payloadBytesMax
      && last.header.id.number + 1 == change.header.id.number && last.seal.epoch == change.seal.epoch
  }
}
