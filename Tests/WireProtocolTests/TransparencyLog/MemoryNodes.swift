@testable import WireProtocol

/// A tree in memory, as a store would keep it: only what `append` gives it, and only to be looked up by key.
final class MemoryNodes: MerkleHashSource {
  struct Missing: Error {}

  private(set) var frontier = MerkleFrontier()
  private var hashes: [MerkleNode: Digest] = [:]
  private(set) var calls: [Int] = []

  init(_ leaves: [[UInt8]] = []) { for leaf in leaves { append(leaf) } }

  init(leafHashes: [Digest]) { for leaf in leafHashes { append(hash: leaf) } }

  func append(_ leaf: [UInt8]) { append(hash: MerkleTree.leafHash(leaf)) }

  func append(hash: Digest) {
    for (node, hash) in frontier.append(hash) {
      precondition(hashes.updateValue(hash, forKey: node) == nil, "a node is written once")
    }
  }

  func hashes(of nodes: [MerkleNode]) throws -> [Digest] {
    calls.append(nodes.count)
    return try nodes.map {
      guard let hash = hashes[$0] else { throw Missing() }
      return hash
    }
  }

  var size: UInt64 { frontier.size }
  var root: Digest { frontier.root }
  var nodeCount: Int { hashes.count }
  func forgetCalls() { calls = [] }
}
