import WireProtocol

/// Digests of what is stored.
enum ChangeDigest {
  static func of(_ bytes: [UInt8]) -> Digest { Digest(hashing: bytes) }

  static func after(_ previous: Digest, header: [UInt8], payloadDigest: Digest) -> Digest {
    Chain.digest(after: previous, header: header, payloadDigest: payloadDigest)
  }
}
