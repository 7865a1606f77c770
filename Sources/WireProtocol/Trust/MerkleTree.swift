import Crypto

/// The Merkle tree hash of RFC 9162 §2.1.1 over SHA-256.
public enum MerkleTree {
  /// The root over the leaves' content, in order.
  ///
  /// - Complexity: O(n)
  public static func root(_ leaves: [[UInt8]]) -> Digest {
    guard !leaves.isEmpty else { return Digest.of { _ in } }
    return root(
      leaves.map { leaf in
        Digest.of {
          $0.add("\u{0}"); $0.add(leaf)
        }
      }[...])
  }

  private static func root(_ hashes: ArraySlice<Digest>) -> Digest {
    if hashes.count == 1, let only = hashes.first { return only }
    var split = 1
    while split * 2 < hashes.count { split *= 2 }
    let left = root(hashes.prefix(split))
    let right = root(hashes.dropFirst(split))
    return Digest.of {
      $0.add("\u{1}"); $0.add(left); $0.add(right)
    }
  }
}
