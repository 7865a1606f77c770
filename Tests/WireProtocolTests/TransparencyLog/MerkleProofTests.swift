import Testing

@testable import WireProtocol

/// Trees and proofs against the recursive definitions of RFC 9162 and published values.
@Suite struct MerkleProofTests {
  private static func leaves(_ count: Int, seed: UInt64) -> [[UInt8]] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in random.bytes(random.below(40)) }
  }

  /// Every leaf and every earlier size of a tree.
  private func check(_ leaves: [[UInt8]], _ tree: MemoryNodes) throws {
    let size = UInt64(leaves.count)
    let root = Samples.digest(MerkleReference.root(leaves[...]))
    #expect(try tree.root(size: size) == root)
    for (index, leaf) in leaves.enumerated() {
      let proof = try tree.inclusionProof(ofLeaf: UInt64(index), size: size)
      if proof.path.map(\.bytes) != MerkleReference.path(index, leaves[...]) {
        Issue.record("path of leaf \(index) of \(size)")
      }
      if !proof.isValid(leaf: MerkleTree.leafHash(leaf), root: root) {
        Issue.record("leaf \(index) of \(size) is not shown")
      }
    }
  }

  private func check(from first: Int, _ leaves: [[UInt8]], _ tree: MemoryNodes) throws {
    let proof = try tree.consistencyProof(from: UInt64(first), to: UInt64(leaves.count))
    if first > 0, first < leaves.count, proof.path.map(\.bytes) != MerkleReference.proof(first, leaves[...]) {
      Issue.record("proof from \(first) to \(leaves.count)")
    }
    let older = try tree.root(size: UInt64(first))
    let newer = try tree.root(size: UInt64(leaves.count))
    if !proof.isValid(from: older, to: newer) { Issue.record("\(first) to \(leaves.count) is not shown") }
  }

  @Test func everySmallTree() throws {
    let leaves = Self.leaves(70, seed: 1)
    let tree = MemoryNodes()
    for count in 0...leaves.count {
      if count > 0 { tree.append(leaves[count - 1]) }
      let some = Array(leaves.prefix(count))
      #expect(tree.root.bytes == MerkleReference.root(some[...]))
      #expect(try tree.frontier(size: UInt64(count)) == tree.frontier)
      try check(some, tree)
      for first in 0...count { try check(from: first, some, tree) }
    }
  }

  /// All roots up to some hundred rows, and at each size a few proofs by seed.
  @Test func everySizeUpToSomeHundred() throws {
    let leaves = Self.leaves(300, seed: 2)
    let tree = MemoryNodes()
    var random = SplitMix64(seed: 3)
    for (index, leaf) in leaves.enumerated() {
      tree.append(leaf)
      let some = Array(leaves.prefix(index + 1))
      #expect(tree.root.bytes == MerkleReference.root(some[...]))
      for _ in 0..<3 {
        let chosen = random.below(some.count)
        let proof = try tree.inclusionProof(ofLeaf: UInt64(chosen), size: UInt64(some.count))
        #expect(proof.path.map(\.bytes) == MerkleReference.path(chosen, some[...]))
        #expect(proof.isValid(leaf: MerkleTree.leafHash(some[chosen]), root: tree.root))
        try check(from: random.below(some.count + 1), some, tree)
      }
    }
  }

  @Test(arguments: [1_000, 1_023, 1_024, 1_025, 4_097, 6_001]) func larger(count: Int) throws {
    let leaves = Self.leaves(count, seed: UInt64(count))
    let tree = MemoryNodes(leaves)
    #expect(tree.root.bytes == MerkleReference.root(leaves[...]))
    var random = SplitMix64(seed: 4)
    for _ in 0..<6 {
      let index = random.below(count)
      let proof = try tree.inclusionProof(ofLeaf: UInt64(index), size: UInt64(count))
      #expect(proof.path.map(\.bytes) == MerkleReference.path(index, leaves[...]))
      #expect(proof.isValid(leaf: MerkleTree.leafHash(leaves[index]), root: tree.root))
      try check(from: random.below(count), leaves, tree)
    }
    // A tree of today shows what an older checkpoint said.
    let size = UInt64(random.below(count) + 1)
    let older = MemoryNodes(Array(leaves.prefix(Int(size))))
    #expect(try tree.root(size: size) == older.root)
    #expect(try tree.inclusionProof(ofLeaf: 0, size: size) == older.inclusionProof(ofLeaf: 0, size: size))
  }

  /// The tree of eight leaves that the implementations of Certificate Transparency share, and its proofs.
  @Test func publishedProofs() throws {
    let leaves = try CertificateTransparency.leaves.map { try #require([UInt8](hex: $0)) }
    let tree = MemoryNodes(leaves)
    for (index, size, path) in CertificateTransparency.inclusion {
      let proof = try tree.inclusionProof(ofLeaf: index, size: size)
      #expect(proof.path.map(\.bytes.hex) == path)
      let root = try tree.root(size: size)
      #expect(proof.isValid(leaf: MerkleTree.leafHash(leaves[Int(index)]), root: root))
    }
    for (first, second, path) in CertificateTransparency.consistency {
      let proof = try tree.consistencyProof(from: first, to: second)
      #expect(proof.path.map(\.bytes.hex) == path)
      #expect(proof.isValid(from: try tree.root(size: first), to: try tree.root(size: second)))
    }
    #expect(tree.root.bytes.hex == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")
  }

  /// One call to the store a proof, with at most two nodes a level.
  @Test func readsAreLogarithmic() throws {
    let count = 5_000
    let tree = MemoryNodes(Self.leaves(count, seed: 5))
    #expect(tree.nodeCount < 2 * count)
    let most = 2 * 13
    for index in stride(from: 0, to: count, by: 37) {
      tree.forgetCalls()
      _ = try tree.inclusionProof(ofLeaf: UInt64(index), size: UInt64(count))
      _ = try tree.consistencyProof(from: UInt64(index + 1), to: UInt64(count))
      #expect(tree.calls.count == 2 && tree.calls.allSatisfy { $0 <= most })
    }
  }

  @Test func whatIsNotThereIsAnError() throws {
    let tree = MemoryNodes(Self.leaves(5, seed: 6))
    #expect(throws: MerkleTreeError.outOfRange) { try tree.inclusionProof(ofLeaf: 5, size: 5) }
    #expect(throws: MerkleTreeError.outOfRange) { try tree.inclusionProof(ofLeaf: 0, size: 0) }
    #expect(throws: MerkleTreeError.outOfRange) { try tree.consistencyProof(from: 4, to: 3) }
    for size in [6, Limits.logRows, UInt64(Int64.max), .max] {
      #expect(throws: MerkleTreeError.outOfRange) { try tree.inclusionProof(ofLeaf: 0, size: size) }
      #expect(throws: MerkleTreeError.outOfRange) { try tree.consistencyProof(from: 1, to: size) }
      #expect(throws: MerkleTreeError.outOfRange) { try tree.root(size: size) }
    }
    // A store that lacks a node, and one that answers with fewer.
    struct Lossy: MerkleHashSource {
      let size: UInt64 = 2
      func hashes(of nodes: [MerkleNode]) throws -> [Digest] { throw MemoryNodes.Missing() }
    }
    #expect(throws: MemoryNodes.Missing.self) { try Lossy().inclusionProof(ofLeaf: 1, size: 2) }
    struct Short: MerkleHashSource {
      let size = UInt64.max
      func hashes(of nodes: [MerkleNode]) -> [Digest] { [] }
    }
    #expect(throws: MerkleTreeError.storeIncomplete) { try Short().inclusionProof(ofLeaf: 1, size: 2) }
    for size in [1, Limits.logRows, .max] {
      #expect(throws: MerkleTreeError.storeIncomplete) { try Short().root(size: size) }
      #expect(throws: MerkleTreeError.storeIncomplete) { try Short().consistencyProof(from: 1, to: .max) }
      #expect(throws: MerkleTreeError.storeIncomplete) { try Short().inclusionProof(ofLeaf: 9, size: .max) }
    }
  }
}
