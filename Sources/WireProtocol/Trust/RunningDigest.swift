import Crypto

/// SHA-256 (FIPS 180-4) of bytes that come one piece after the other. A value: a copy goes on by itself.
public struct RunningDigest: Sendable {
  private var sha = SHA256()
  /// How many bytes came.
  public private(set) var byteCount: UInt64 = 0

  /// Of no bytes yet.
  public init() {}

  /// Takes in the next bytes.
  public mutating func add(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { sha.update(bufferPointer: $0) }
    byteCount += UInt64(bytes.count)
  }

  /// The digest of all that came.
  public var digest: Digest {
    guard let digest = Digest(bytes: Array(sha.finalize())) else {
      preconditionFailure("SHA-256 of another size")
    }
    return digest
  }
}
