/// The chain of all that a server took into its log. Positions alone do not tell two histories of one length
/// apart: a server that was set back unnoticed, and went on, has another digest.
public enum LogDigest {
  /// The digest of the empty log.
  public static let start = Digest.of { $0.add("kos.log-start.v1") }

  /// The digest after one more change: SHA-256("kos.log.v1" ‖ digest before ‖ the change's digest).
  public static func appending(_ change: Digest, to log: Digest) -> Digest {
    Digest.of {
      $0.add("kos.log.v1")
      $0.add(log)
      $0.add(change)
    }
  }
}
