import Crypto

/// The Merkle tree hash of RFC 9162 §2.1.1 over SHA-256.
public enum MerkleTree {
  /// The root of a tree without leaves: the digest of no bytes.
  public static let emptyRoot = Digest.of { _ in }

  /// The root over the leaves' content, in order.
  ///
  /// - Complexity: O(n)
  public static func root(_ leaves: [[UInt8]]) -> Digest {
    leaves.isEmpty ? emptyRoot : root(leaves.map(leafHash)[...])
  }

  /// The hash of a leaf: SHA-256(0x00 ‖ content). The byte in front tells it from a node.
  public static func leafHash(_ content: [UInt8]) -> Digest {
    Digest.of {
      $0.add("\u{0}"); $0.add(content)
    }
  }

  /// The hash of an inner node: SHA-256(0x01 ‖ left ‖ right).
  public static func nodeHash(_ left: Digest, _ right: Digest) -> Digest {
    Digest.of {
      $0.add("\u{1}"); $0.add(left); $0.add(right)
    }
  }

  /// The largest power of two below a number.
  ///
  /// - Precondition: `count` is at least 2.
  static func split(_ count: UInt64) -> UInt64 {
    precondition(count > 1, "a leaf is not split")
    return 1 << UInt64(63 - (count - 1).leadingZeroBitCount)
  }

  private static func root(_ hashes: ArraySlice<Digest>) -> Digest {
    if hashes.count == 1, let only = hashes.first { return only }
    let left = Int(split(UInt64(hashes.count)))
    return nodeHash(root(hashes.prefix(left)), root(hashes.dropFirst(left)))
  }
}
