/// A multiset hash over the sealed values that are present (Clarke et al., "Incremental multiset hash
/// functions", ASIACRYPT 2003, MSet-Add-Hash): the sum of a keyed pseudorandom term for each, modulo 2¹²⁸,
/// and how many there are. Adding, removing and replacing a value cost one term each, whatever there is.
///
/// A term is AES-256 of the value's tag, under a key of its own. The tag depends on content, place and salt;
/// so a value that was put back, left out or brought in twice changes the sum, and who does not know the key
/// cannot tell by how much. The sum itself is stored sealed.
struct RowSum: Hashable, Sendable {
  /// What one value adds.
  struct Term: Hashable, Sendable {
    fileprivate let number: UInt128

    init(_ number: UInt128) { self.number = number }
  }

  private var sum: UInt128 = 0
  private var count: UInt64 = 0

  /// Of nothing.
  init() {}

  /// Adds a value.
  mutating func add(_ term: Term) {
    sum &+= term.number
    count &+= 1
  }

  /// Takes a value away.
  mutating func remove(_ term: Term) {
    sum &-= term.number
    count &-= 1
  }

  /// Adds what another one comes to, which may be negative.
  mutating func add(_ other: RowSum) {
    sum &+= other.sum
    count &+= other.count
  }

  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    withUnsafeBytes(of: sum.bigEndian) { bytes += $0 }
    withUnsafeBytes(of: count.bigEndian) { bytes += $0 }
    return bytes
  }

  /// - Throws: `damaged`.
  init(encoded bytes: [UInt8]) throws {
    guard bytes.count == 24 else { throw StorageError(.damaged) }
    sum = bytes.prefix(16).reduce(0) { $0 << 8 | UInt128($1) }
    count = bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
