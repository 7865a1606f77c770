/// The right edge of an append-only Merkle tree: its size, and the hashes of the complete subtrees that it
/// consists of, the largest first. All that appending and the root need.
///
/// A value: what is appended to a copy can be thrown away when a transaction fails.
public struct MerkleFrontier: Hashable, Sendable {
  /// How many leaves the tree has.
  public private(set) var size: UInt64
  /// One for each bit that is set in `size`, from the highest down.
  private var peaks: [Digest]

  /// An empty tree.
  public init() { self.init(size: 0, peaks: []) }

  init(size: UInt64, peaks: [Digest]) {
    self.size = size
    self.peaks = peaks
  }

  /// The root of the tree (RFC 9162 §2.1.1).
  ///
  /// - Complexity: O(log n)
  public var root: Digest { Self.root(ofPeaks: peaks[...]) }

  static func root(ofPeaks peaks: ArraySlice<Digest>) -> Digest {
    guard let last = peaks.last else { return MerkleTree.emptyRoot }
    return peaks.dropLast().reversed().reduce(last) { MerkleTree.nodeHash($1, $0) }
  }

  /// Appends a leaf by its hash (`MerkleTree.leafHash`).
  ///
  /// - Returns: the subtrees that are complete now and were not before, the leaf first, for a store to keep.
  /// - Complexity: O(log n), O(1) on average
  @discardableResult
  public mutating func append(_ leaf: Digest) -> [(node: MerkleNode, hash: Digest)] {
    var completed = [(node: MerkleNode(level: 0, index: size), hash: leaf)]
    var hash = leaf
    for level in 0..<UInt64((~size).trailingZeroBitCount) {
      guard let left = peaks.popLast() else { preconditionFailure("a peak is missing at size \(size)") }
      hash = MerkleTree.nodeHash(left, hash)
      completed.append((MerkleNode(level: UInt8(level + 1), index: size >> (level + 1)), hash))
    }
    peaks.append(hash)
    size += 1
    return completed
  }
}

extension MerkleFrontier {
  /// As a store keeps it: the size in 8 bytes, big-endian, and the peaks.
  public var encoded: [UInt8] {
    var writer = ProtobufWriter(capacity: 8 + peaks.count * Digest.byteCount)
    writer.append(bigEndian: size)
    for peak in peaks { writer.append(peak.bytes) }
    return writer.bytes
  }

  /// Reads an encoding. Whether it is the tree's own frontier only its root shows, beside a signed one.
  ///
  /// - Throws: `ProtocolError` when the bytes are not one.
  public init(encoded bytes: [UInt8]) throws {
    guard bytes.count >= 8 else { throw ProtocolError.malformed }
    let size = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let peaks = stride(from: 8, to: bytes.count, by: Digest.byteCount).compactMap {
      Digest(bytes: bytes[$0...].prefix(Digest.byteCount))
    }
    guard size <= Limits.logRows, peaks.count == size.nonzeroBitCount,
      bytes.count == 8 + peaks.count * Digest.byteCount
    else { throw ProtocolError.malformed }
    self.init(size: size, peaks: peaks)
  }
}
