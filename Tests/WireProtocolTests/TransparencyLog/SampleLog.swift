import CRDT

@testable import WireProtocol

/// A server's log in a test: rows, and the tree that is made of them, honestly or not.
struct SampleLog {
  static let tenant = Identifier(high: 1, low: 2)
  static let id = Identifier(high: 3, low: 4)

  var kind = LogKind.delivered
  var id = SampleLog.id
  var rows: [LogRow]

  /// Rows by seed; another generator than the test's own, which would draw the same rows again.
  init(_ count: Int, kind: LogKind = .delivered, seed: UInt64 = 1) {
    var random = SplitMix64(seed: seed ^ 0x1096_0000)
    self.kind = kind
    rows = (0..<count).map { _ in random.row(of: kind) }
  }

  var leaves: [Digest] { rows.map { $0.leafHash(in: kind) } }

  var tree: MemoryNodes { MemoryNodes(leafHashes: leaves) }

  func checkpoint(size: Int? = nil, at time: Int64 = 1_780_000_000_000) -> LogCheckpoint {
    let size = size ?? rows.count
    return LogCheckpoint(
      tenant: Self.tenant, kind: kind, log: id, size: UInt64(size),
      root: MemoryNodes(leafHashes: Array(leaves.prefix(size))).root, signedAt: time)
  }

  /// The best that a server can say about how this log came from an earlier size.
  func proof(from size: UInt64) throws -> ConsistencyProof {
    try tree.consistencyProof(from: min(size, UInt64(rows.count)), to: UInt64(rows.count))
  }

  /// Each way to alter history: what, from which row on, and the log afterwards.
  func forgeries(_ random: inout SplitMix64) -> [(what: String, first: Int, log: SampleLog)] {
    let index = random.below(rows.count - 1)
    var edited = self
    edited.rows[index] = random.row(of: kind)
    var removed = self
    removed.rows.remove(at: index)
    removed.rows.append(random.row(of: kind))
    var swapped = self
    swapped.rows.swapAt(index, index + 1)
    var added = self
    added.rows.insert(random.row(of: kind), at: index)
    return [
      ("edited", index, edited), ("removed", index, removed), ("swapped", index, swapped),
      ("added", index, added),
    ]
  }
}
