public import CRDT

/// The digests that chain an actor's changes in one record, so that none can be altered, left out or put in
/// another order unseen. A payload counts by its digest alone: erasing it keeps the chain verifiable.
public enum Chain {
  /// The digest before the first change: it binds tenant, record and actor.
  public static func start(tenant: Identifier, record: Identifier, actor: ActorID) -> Digest {
    Digest.of {
      $0.add("kos.record.v1")
      $0.add(tenant)
      $0.add(record)
      $0.add(bigEndian: actor.rawValue)
    }
  }

  /// SHA-256("kos.change.v1" ‖ digest before ‖ SHA-256(header) ‖ SHA-256(payload)).
  public static func digest(after previous: Digest, header: [UInt8], payload: [UInt8]) -> Digest {
    digest(after: previous, header: header, payloadDigest: Digest(hashing: payload))
  }

  /// The same where only the digest of the payload is at hand, as of a void or an erased change.
  public static func digest(after previous: Digest, header: [UInt8], payloadDigest: Digest) -> Digest {
    // Hashed in one go: it happens for each change that comes in.
    let context: StaticString = "kos.change.v1"
    let start = context.utf8CodeUnitCount
    let size = Digest.byteCount
    return withUnsafeTemporaryAllocation(byteCount: start + 3 * size, alignment: 8) { buffer in
      buffer.copyMemory(from: UnsafeRawBufferPointer(start: context.utf8Start, count: start))
      func put(_ digest: Digest, at place: Int) {
        digest.withUnsafeBytes {
          UnsafeMutableRawBufferPointer(rebasing: buffer[(start + place * size)...]).copyMemory(from: $0)
        }
      }
      put(previous, at: 0)
      put(Digest(hashing: header), at: 1)
      put(payloadDigest, at: 2)
      return Digest(hashing: UnsafeRawBufferPointer(buffer))
    }
  }
}
