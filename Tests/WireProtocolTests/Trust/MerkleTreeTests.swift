import Crypto
import Foundation
import Testing

@testable import WireProtocol

/// The Merkle tree hash, against published vectors and against its definition.
@Suite struct MerkleTreeTests {
  /// The leaves and roots that implementations of RFC 6962 share.
  private static let leaves = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
  ]
  private static let roots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  @Test func publishedVectors() throws {
    let leaves = try Self.leaves.map { try #require([UInt8](hex: $0)) }
    for (count, root) in Self.roots.enumerated() {
      #expect(MerkleTree.root(Array(leaves.prefix(count))).bytes.hex == root)
    }
  }

  /// RFC 9162 §2.1.1, word for word.
  private static func definition(_ leaves: [[UInt8]]) -> [UInt8] {
    if leaves.isEmpty { return Array(SHA256.hash(data: Data())) }
    if leaves.count == 1 { return Array(SHA256.hash(data: Data([0x00] + leaves[0]))) }
    let split = (0..<32).map { 1 << $0 }.last { $0 < leaves.count } ?? 1
    let left = definition(Array(leaves[..<split]))
    let right = definition(Array(leaves[split...]))
    return Array(SHA256.hash(data: Data([0x01] + left + right)))
  }

  @Test func everySizeAsDefined() {
    var random = SplitMix64(seed: 1)
    var leaves: [[UInt8]] = []
    for _ in 0...70 {
      #expect(MerkleTree.root(leaves).bytes == Self.definition(leaves))
      leaves.append(random.bytes(random.below(100)))
    }
  }

  /// A leaf that looks like a node is not taken for one.
  @Test func leavesAndNodesAreToldApart() {
    let (one, two): ([UInt8], [UInt8]) = ([1], [2])
    let node = MerkleTree.root([one]).bytes + MerkleTree.root([two]).bytes
    #expect(MerkleTree.root([node]) != MerkleTree.root([one, two]))
  }
}
