public import CRDT

/// Successive changes of one record, each encoded once as it stands after the one before it: what many are
/// sent is then copied for each of them, not encoded again.
///
/// How the first one that a receiver is sent is encoded depends on what stands before it there, and how the
/// one after a stub is, on how the stub was; `ChangePacker.append(_:from:to:)` takes care of both.
public struct PackedRun: Sendable {
  /// The changes, in the log's order.
  public let changes: [DeliveredChange]
  /// The session's epoch for which they were encoded.
  let epoch: Identifier?
  /// The encodings of all but the first, one after the other.
  let bytes: [UInt8]
  /// Where the encoding of each change ends in these; 0 for the first one.
  let ends: [Int]

  /// Encodes changes.
  ///
  /// - Precondition: they are of one record.
  /// - Complexity: O(bytes of all but the first).
  public init(_ changes: [DeliveredChange], epoch: Identifier?) {
    precondition(changes.allSatisfy { $0.header.record == changes[0].header.record }, "a run of two records")
    self.changes = changes
    self.epoch = epoch
    guard changes.count > 1, let first = changes.first else {
      bytes = []
      ends = changes.map { _ in 0 }
      return
    }
    var packer = ChangePacker(epoch: epoch)
    packer.append(first)
    let start = packer.byteCount
    var ends = [0]
    for change in changes.dropFirst() {
      packer.append(change)
      ends.append(packer.byteCount - start)
    }
    bytes = Array(packer.encoded[start...])
    self.ends = ends
  }

  /// Whether a change's encoding holds whatever stood before the change before it; it does not after a stub,
  /// which says only what its place does not.
  func isFixed(_ index: Int) -> Bool { index > 0 && changes[index - 1].voidDigest == nil }

  /// The index after the last of those changes, from one on, that fit as they are encoded here.
  ///
  /// - Parameters:
  ///   - byteCount: how many bytes may be added.
  ///   - stop: after how many bytes no other change begins.
  func end(from first: Int, fitting byteCount: Int, stoppingAfter stop: Int) -> Int {
    let start = ends[first - 1]
    var end = first
    while end < changes.count, ends[end] - start <= byteCount, ends[end - 1] - start < stop { end += 1 }
    return end
  }
}

extension ChangePacker {
  /// Adds changes of a run from one on, until the encoding is full.
  ///
  /// - Parameters:
  ///   - first: the index of the first.
  ///   - limit: how many bytes there may be in all; the first change of an empty encoding is added anyway.
  ///   - stop: from how many bytes in all on no other change begins.
  ///   - reserved: bytes that count as well, and are elsewhere.
  /// - Returns: the index after the last one that was added.
  /// - Precondition: the run was encoded for the same epoch.
  public mutating func append(
    _ run: PackedRun, from first: Int, limit: Int, stop: Int, besides reserved: Int = 0
  ) -> Int {
    precondition(run.changes.isEmpty || run.epoch == epoch, "a run that was encoded for another epoch")
    var next = first
    while next < run.changes.count {
      let size = byteCount + reserved
      guard size < stop else { break }
      if next > first, run.isFixed(next) {
        let end = run.end(from: next, fitting: limit - size, stoppingAfter: stop - size)
        guard end > next else { break }
        copy(run, next..<end)
        next = end
      } else {
        let change = run.changes[next]
        guard size == 0 || size + change.packedByteCountMax <= limit else { break }
        append(change)
        next += 1
      }
    }
    return next
  }
}
