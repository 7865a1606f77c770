/// The hashes of a proof as a peer sends them.
enum MerklePath {
  /// Reads hashes.
  ///
  /// - Throws: `ProtocolError`: `LIMIT_EXCEEDED`, `MALFORMED`.
  static func read(_ path: [some Collection<UInt8>]) throws -> [Digest] {
    guard path.count <= Limits.proofHashes else { throw ProtocolError(.limitExceeded) }
    return try path.map { bytes in
      guard let hash = Digest(bytes: bytes) else { throw ProtocolError.malformed }
      return hash
    }
  }
}
