import CRDT
import Crypto
import WireProtocol

/// The digest of a change of which only the digest of the payload is at hand, as of a void one.
///
/// It is the formula of `Chain.digest(after:header:payload:)`, and a test holds the two together.
enum ChangeDigest {
  static func of(_ bytes: [UInt8]) -> WireProtocol.Digest {
    var hash = SHA256()
    bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    return finish(hash)
  }

  static func after(_ previous: WireProtocol.Digest, header: [UInt8], payloadDigest: WireProtocol.Digest)
    -> WireProtocol.Digest
  {
    var hash = SHA256()
    Array("kos.change.v1".utf8).withUnsafeBytes { hash.update(bufferPointer: $0) }
    previous.withUnsafeBytes { hash.update(bufferPointer: $0) }
    of(header).withUnsafeBytes { hash.update(bufferPointer: $0) }
    payloadDigest.withUnsafeBytes { hash.update(bufferPointer: $0) }
    return finish(hash)
  }

  private static func finish(_ hash: SHA256) -> WireProtocol.Digest {
    hash.finalize().withUnsafeBytes { bytes in
      guard let digest = WireProtocol.Digest(bytes: bytes) else {
        preconditionFailure("SHA-256 of another size")
      }
      return digest
    }
  }
}
