/// Why a proof could not be made. What a *verification* finds is no error but an answer.
public enum MerkleTreeError: Error, Hashable, Sendable {
  /// A leaf or a size beyond the tree, or an older size above the newer one. Who asked is to be told that it
  /// is not there.
  case outOfRange
  /// The store gave fewer or more hashes than it was asked for.
  case storeIncomplete
}
