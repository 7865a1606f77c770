import Crypto
import Foundation

/// The recursive definitions of RFC 9162 §2.1, word for word, over leaves that are hashed again each time.
enum MerkleReference {
  typealias Hash = [UInt8]

  /// MTH(D_n), §2.1.1.
  static func root(_ leaves: ArraySlice<[UInt8]>) -> Hash {
    guard let first = leaves.first else { return sha([]) }
    if leaves.count == 1 { return sha([0x00] + first) }
    let k = split(leaves.count)
    return sha([0x01] + root(leaves.prefix(k)) + root(leaves.dropFirst(k)))
  }

  /// PATH(m, D_n), §2.1.3.1.
  static func path(_ m: Int, _ leaves: ArraySlice<[UInt8]>) -> [Hash] {
    if leaves.count == 1 { return [] }
    let k = split(leaves.count)
    if m < k { return path(m, leaves.prefix(k)) + [root(leaves.dropFirst(k))] }
    return path(m - k, leaves.dropFirst(k)) + [root(leaves.prefix(k))]
  }

  /// PROOF(m, D_n), §2.1.4.1, for 0 < m < n.
  static func proof(_ m: Int, _ leaves: ArraySlice<[UInt8]>) -> [Hash] { subproof(m, leaves, true) }

  private static func subproof(_ m: Int, _ leaves: ArraySlice<[UInt8]>, _ isWhole: Bool) -> [Hash] {
    if m == leaves.count { return isWhole ? [] : [root(leaves)] }
    let k = split(leaves.count)
    if m <= k { return subproof(m, leaves.prefix(k), isWhole) + [root(leaves.dropFirst(k))] }
    return subproof(m - k, leaves.dropFirst(k), false) + [root(leaves.prefix(k))]
  }

  /// The largest power of two smaller than n.
  private static func split(_ n: Int) -> Int {
    var k = 1
    while k * 2 < n { k *= 2 }
    return k
  }

  private static func sha(_ bytes: [UInt8]) -> Hash { Array(SHA256.hash(data: Data(bytes))) }
}
