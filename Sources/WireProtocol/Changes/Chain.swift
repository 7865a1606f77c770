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
    let header = Digest.of { $0.add(header) }
    let payload = Digest.of { $0.add(payload) }
    return Digest.of {
      $0.add("kos.change.v1")
      $0.add(previous)
      $0.add(header)
      $0.add(payload)
    }
  }
}
