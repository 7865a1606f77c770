public import CRDT

/// One part of a log's row: told with its salt, or blinded, when its digest alone is left. The row's place in
/// the tree is the same either way.
public enum LogPart: Hashable, Sendable {
  /// What it says. The salt is 16 random bytes of this part alone: without them a guess at what was blinded
  /// could be checked.
  case told(salt: Identifier, content: [UInt8])
  /// Erased, or not for this reader.
  case blinded(Digest)

  /// Which part of a row, so that one is not taken for the other.
  enum Role {
    case agent, event
  }

  /// SHA-256(context ‖ salt ‖ content).
  func digest(as role: Role) -> Digest {
    switch self {
    case .blinded(let digest): digest
    case .told(let salt, let content):
      Digest.of {
        switch role {
        case .agent: $0.add("kos.log-agent.v1")
        case .event: $0.add("kos.log-event.v1")
        }
        $0.add(salt)
        $0.add(content)
      }
    }
  }

  /// What it says; `nil` when it is blinded.
  public var content: [UInt8]? {
    guard case .told(_, let content) = self else { return nil }
    return content
  }
}
