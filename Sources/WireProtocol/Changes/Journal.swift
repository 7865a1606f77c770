public import CRDT

/// The chain of all that an actor sent to its server, across records; nobody else sees it.
///
/// Entry k is 1–64 changes that get one verdict. The chain tells a server that a device was cloned or
/// restored: two writers cannot have the same number with different digests.
public struct JournalHead: Hashable, Sendable {
  /// How many entries there are.
  public let entries: UInt64
  /// The digest of the last one.
  public let digest: Digest

  /// Names a head.
  public init(entries: UInt64, digest: Digest) {
    self.entries = entries
    self.digest = digest
  }

  /// The head before the first entry: it binds tenant and actor.
  public static func start(tenant: Identifier, actor: ActorID) -> JournalHead {
    JournalHead(
      entries: 0,
      digest: Digest.of {
        $0.add("kos.journal-start.v1")
        $0.add(tenant)
        $0.add(bigEndian: actor.rawValue)
      })
  }

  /// The head after one more entry: SHA-256("kos.journal.v1" ‖ digest before ‖ the digests of its changes).
  public func appending(changes digests: [Digest]) -> JournalHead {
    let digest = Digest.of { hasher in
      hasher.add("kos.journal.v1")
      hasher.add(self.digest)
      for digest in digests { hasher.add(digest) }
    }
    return JournalHead(entries: entries + 1, digest: digest)
  }
}
