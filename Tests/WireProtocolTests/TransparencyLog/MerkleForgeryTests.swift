import Testing

@testable import WireProtocol

/// Proofs that were changed, and ones that somebody made up: refused, and never a trap.
@Suite struct MerkleForgeryTests {
  private static func tree(_ count: Int, seed: UInt64) -> MemoryNodes {
    var random = SplitMix64(seed: seed)
    return MemoryNodes(leafHashes: (0..<count).map { _ in random.digest() })
  }

  /// Every change of one hash, one hash more or less, and two that changed places.
  private static func mutations(_ path: [Digest], _ random: inout SplitMix64) -> [[Digest]] {
    var others = [path + [random.digest()], [random.digest()] + path]
    for index in path.indices {
      var bytes = path[index].bytes
      bytes[random.below(32)] ^= 1 << UInt8(random.below(8))
      others.append(path[..<index] + [Samples.digest(bytes)] + path[(index + 1)...])
      others.append(Array(path[..<index] + path[(index + 1)...]))
      others.append(Array(path[...index] + path[index...]))
      if index + 1 < path.count {
        var swapped = path
        swapped.swapAt(index, index + 1)
        others.append(swapped)
      }
    }
    return others
  }

  @Test func aChangedInclusionProofIsRefused() throws {
    var random = SplitMix64(seed: 1)
    for count in 1...40 {
      let tree = Self.tree(count, seed: UInt64(count))
      for index in 0..<count {
        let (size, place) = (UInt64(count), UInt64(index))
        let proof = try tree.inclusionProof(ofLeaf: place, size: size)
        let leaf = try tree.hashes(of: [MerkleNode(level: 0, index: place)])[0]
        #expect(proof.isValid(leaf: leaf, root: tree.root))
        func refused(_ other: InclusionProof, _ leaf: Digest, _ root: Digest, _ what: String) {
          if other.isValid(leaf: leaf, root: root) { Issue.record("\(what): leaf \(index) of \(count)") }
        }
        for path in Self.mutations(proof.path, &random) {
          refused(InclusionProof(index: place, size: size, path: path), leaf, tree.root, "path")
        }
        for other in 0..<count where other != index {
          refused(
            InclusionProof(index: UInt64(other), size: size, path: proof.path), leaf, tree.root, "index")
        }
        refused(InclusionProof(index: size, size: size, path: proof.path), leaf, tree.root, "beyond")
        refused(InclusionProof(index: place, size: 0, path: proof.path), leaf, tree.root, "empty tree")
        refused(proof, random.digest(), tree.root, "leaf")
        refused(proof, leaf, random.digest(), "root")
        if count > 1 { refused(proof, tree.root, tree.root, "a root as a leaf") }
      }
    }
  }

  @Test func aChangedConsistencyProofIsRefused() throws {
    var random = SplitMix64(seed: 2)
    for count in 1...40 {
      let tree = Self.tree(count, seed: UInt64(count))
      for first in 1...count {
        let older = try tree.root(size: UInt64(first))
        let proof = try tree.consistencyProof(from: UInt64(first), to: UInt64(count))
        #expect(proof.isValid(from: older, to: tree.root))
        func refused(_ other: ConsistencyProof, _ from: Digest, _ to: Digest, _ what: String) {
          if other.isValid(from: from, to: to) { Issue.record("\(what): \(first) to \(count)") }
        }
        for path in Self.mutations(proof.path, &random) {
          refused(
            ConsistencyProof(first: proof.first, second: proof.second, path: path), older, tree.root, "path")
        }
        refused(proof, random.digest(), tree.root, "older root")
        refused(proof, older, random.digest(), "newer root")
        refused(
          ConsistencyProof(first: proof.second, second: proof.first, path: proof.path), tree.root,
          first == count ? random.digest() : older, "turned round")
        if first < count {
          refused(
            ConsistencyProof(first: proof.first, second: proof.second, path: []), older, tree.root, "no path")
        }
      }
    }
  }

  /// The right half of a tree is not passed off as all of it: a path ends where its tree does (steps 4a, 6a).
  @Test func aPathEndsWithItsTree() throws {
    for half in [1, 2, 4, 8, 16] {
      let tree = Self.tree(2 * half, seed: UInt64(half))
      let (half, size) = (UInt64(half), UInt64(2 * half))
      for index in half..<size {
        let proof = try tree.inclusionProof(ofLeaf: index, size: size)
        let leaf = try tree.hashes(of: [MerkleNode(level: 0, index: index)])[0]
        #expect(proof.isValid(leaf: leaf, root: tree.root))
        let claimed = InclusionProof(index: index - half, size: half, path: proof.path)
        #expect(!claimed.isValid(leaf: leaf, root: tree.root))
      }
      for first in half + 1..<size {
        let proof = try tree.consistencyProof(from: first, to: size)
        let older = try tree.root(size: first)
        #expect(proof.isValid(from: older, to: tree.root))
        let claimed = ConsistencyProof(first: first - half, second: half, path: proof.path)
        #expect(!claimed.isValid(from: older, to: tree.root))
      }
    }
  }

  /// Of nothing one root is right, and it is consistent with everything; a proof of that has no hashes.
  @Test func theEmptyTree() {
    let (root, other) = (Samples.digest([UInt8](repeating: 1, count: 32)), MerkleTree.emptyRoot)
    func isValid(_ first: UInt64, _ second: UInt64, _ path: [Digest], _ from: Digest, _ to: Digest) -> Bool {
      ConsistencyProof(first: first, second: second, path: path).isValid(from: from, to: to)
    }
    #expect(isValid(0, 0, [], other, other))
    #expect(isValid(0, 3, [], other, root))
    #expect(!isValid(0, 3, [], root, root))
    #expect(!isValid(0, 3, [root], other, root))
    #expect(!isValid(0, 0, [], other, root))
    #expect(!isValid(0, 0, [], root, root))
    #expect(!isValid(3, 3, [root], root, root))
    #expect(!isValid(3, 3, [], root, other))
  }

  /// Any numbers and any path: an answer, quickly.
  @Test func madeUpProofs() {
    var random = SplitMix64(seed: 3)
    let edges: [UInt64] = [0, 1, 2, 3, 1 << 32, 1 << 48, 1 << 63, (1 << 63) + 1, .max - 1, .max]
    for _ in 0..<3_000 {
      let path = (0..<random.below(70)).map { _ in random.digest() }
      let (first, second) = (
        random.flip() ? random.pick(edges) : random.next(), random.flip() ? random.pick(edges) : random.next()
      )
      let (one, other) = (random.digest(), random.digest())
      #expect(!InclusionProof(index: first, size: second, path: path).isValid(leaf: one, root: other))
      let proof = ConsistencyProof(first: first, second: second, path: path)
      #expect(!proof.isValid(from: one, to: other))
    }
  }

  @Test func aReceivedPathIsBounded() throws {
    let hash = [UInt8](repeating: 7, count: 32)
    let longest = [[UInt8]](repeating: hash, count: Limits.proofHashes)
    #expect(try InclusionProof(index: 0, size: 9, received: longest).path.count == Limits.proofHashes)
    #expect(try ConsistencyProof(first: 1, second: 9, received: longest).path.first?.bytes == hash)
    #expect(throws: ProtocolError(.limitExceeded)) {
      try InclusionProof(index: 0, size: 9, received: longest + [hash])
    }
    for count in [0, 31, 33] {
      #expect(throws: ProtocolError.malformed) {
        try ConsistencyProof(first: 1, second: 9, received: [[UInt8](repeating: 7, count: count)])
      }
    }
  }

  /// The longest proofs that there are fit the bound.
  @Test func noProofIsLongerThanTheBound() throws {
    struct Anything: MerkleHashSource {
      let size = Limits.logRows
      func hashes(of nodes: [MerkleNode]) -> [Digest] { nodes.map { _ in MerkleTree.emptyRoot } }
    }
    for size in [Limits.logRows, Limits.logRows - 1, Limits.logRows / 2 + 1] {
      for index in [0, 1, size / 2 - 1, size / 2, size - 2, size - 1] {
        #expect(try Anything().inclusionProof(ofLeaf: index, size: size).path.count <= Limits.proofHashes)
        let proof = try Anything().consistencyProof(from: index + 1, to: size)
        #expect(proof.path.count <= Limits.proofHashes)
      }
    }
  }
}
