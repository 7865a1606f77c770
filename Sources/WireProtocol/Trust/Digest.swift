import CRDT
import Crypto

/// A SHA-256 digest (FIPS 180-4), held without an allocation.
public struct Digest: Hashable, Sendable {
  /// How many bytes a digest has.
  public static let byteCount = 32

  private var words: (UInt64, UInt64, UInt64, UInt64)

  /// Makes a digest of its 32 bytes; `nil` for any other number.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    words = (0, 0, 0, 0)
    withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
  }

  /// Makes a digest of its 32 bytes in memory; `nil` for any other number.
  public init?(loadedFrom bytes: UnsafeRawBufferPointer) {
    guard bytes.count == Self.byteCount else { return nil }
    words = bytes.loadUnaligned(as: (UInt64, UInt64, UInt64, UInt64).self)
  }

  /// Takes what a hash comes to.
  init(_ hash: SHA256) {
    self = hash.finalize().withUnsafeBytes { bytes in
      // SHA-256 gives 32 bytes by definition.
      guard let digest = Digest(loadedFrom: bytes) else { preconditionFailure("SHA-256 of another size") }
      return digest
    }
  }

  /// The digest of bytes.
  public init(hashing bytes: UnsafeRawBufferPointer) {
    var sha = SHA256()
    sha.update(bufferPointer: bytes)
    self.init(sha)
  }

  /// The digest of bytes.
  public init(hashing bytes: [UInt8]) { self = bytes.withUnsafeBytes { Digest(hashing: $0) } }

  /// Hashes what `body` adds.
  static func of(_ body: (inout Hasher) -> Void) -> Digest {
    var hasher = Hasher()
    body(&hasher)
    return hasher.finish()
  }

  /// The 32 bytes.
  public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

  /// Gives access to the 32 bytes.
  public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    // By value: from `&copy` of a local copy, Swift 6.3 optimises the first word's initialisation away once
    // this is inlined, and what is read is whatever was on the stack.
    try Swift.withUnsafeBytes(of: words, body)
  }

  /// The first eight bytes, big-endian.
  public var firstWord: UInt64 { UInt64(bigEndian: words.0) }

  /// The second eight bytes, big-endian.
  var secondWord: UInt64 { UInt64(bigEndian: words.1) }

  public static func == (left: Digest, right: Digest) -> Bool { left.words == right.words }

  public func hash(into hasher: inout Swift.Hasher) { hasher.combine(words.0) }

  /// Collects what is hashed.
  struct Hasher {
    private var sha = SHA256()

    mutating func add(_ text: StaticString) {
      sha.update(bufferPointer: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { sha.update(bufferPointer: $0) } }

    mutating func add(_ digest: Digest) { digest.withUnsafeBytes { sha.update(bufferPointer: $0) } }

    mutating func add(_ identifier: Identifier) {
      add(bigEndian: identifier.high)
      add(bigEndian: identifier.low)
    }

    mutating func add(bigEndian value: UInt64) {
      Swift.withUnsafeBytes(of: value.bigEndian) { sha.update(bufferPointer: $0) }
    }

    func finish() -> Digest { Digest(sha) }
  }
}
