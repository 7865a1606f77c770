public import CRDT

/// A row of a log of knowing: who came to know what, and when. Its leaf in the tree holds it by a commitment,
/// so that who (`agent`) and what (`event`) can be told or blinded each by itself.
public enum LogRow: Hashable, Sendable {
  /// A row, of which parts may be blinded.
  case entry(recordedAt: Int64, agent: LogPart, event: LogPart)
  /// No row: it fills a checkpoint up, so that the log's size does not tell how much went on in the tenant.
  /// Who has the salt (16 random bytes) can tell it from an erased one.
  case padding(salt: Identifier)
  /// A row of which nothing but its commitment is left, or for this reader.
  case withheld(commitment: Digest)

  /// A row of the log of what was delivered.
  ///
  /// - Parameters:
  ///   - recordedAt: by the server's clock, in milliseconds since 1970.
  ///   - salts: 16 random bytes for each part.
  public init(
    recordedAt: Int64, agent: LogAgent, delivered event: DeliveredEvent,
    salts: (agent: Identifier, event: Identifier)
  ) {
    self = .entry(
      recordedAt: recordedAt, agent: .told(salt: salts.agent, content: agent.encoded),
      event: .told(salt: salts.event, content: event.encoded))
  }

  /// A row of the log of what was opened. The device draws the salts, so it can look for its row itself.
  ///
  /// - Parameters:
  ///   - recordedAt: when the server took it in, by its clock, in milliseconds since 1970.
  ///   - salts: 16 random bytes for each part.
  public init(
    recordedAt: Int64, agent: LogAgent, opened event: OpenedEvent,
    salts: (agent: Identifier, event: Identifier)
  ) {
    self = .entry(
      recordedAt: recordedAt, agent: .told(salt: salts.agent, content: agent.encoded),
      event: .told(salt: salts.event, content: event.encoded))
  }

  /// What the leaf holds: SHA-256("kos.log-row.v1" ‖ log kind ‖ time ‖ agent's digest ‖ event's digest).
  public func commitment(in kind: LogKind) -> Digest {
    switch self {
    case .withheld(let commitment): commitment
    case .padding(let salt):
      Digest.of {
        $0.add("kos.log-padding.v1")
        $0.add([kind.rawValue])
        $0.add(salt)
      }
    case .entry(let recordedAt, let agent, let event):
      Digest.of {
        $0.add("kos.log-row.v1")
        $0.add([kind.rawValue])
        $0.add(bigEndian: UInt64(bitPattern: recordedAt))
        $0.add(agent.digest(as: .agent))
        $0.add(event.digest(as: .event))
      }
    }
  }

  /// The hash of the row's leaf (RFC 9162 §2.1.1), whose content is the commitment.
  public func leafHash(in kind: LogKind) -> Digest { MerkleTree.leafHash(commitment(in: kind).bytes) }
}

extension LogRow {
  /// The row without who: for a citizen, who may know when her child's records were looked up and why, and
  /// not by whom.
  public func blindingAgent() -> LogRow {
    guard case .entry(let recordedAt, let agent, let event) = self else { return self }
    return .entry(recordedAt: recordedAt, agent: .blinded(agent.digest(as: .agent)), event: event)
  }

  /// The row without what: when the record is erased. That somebody came to know something then remains.
  public func blindingEvent() -> LogRow {
    guard case .entry(let recordedAt, let agent, let event) = self else { return self }
    return .entry(recordedAt: recordedAt, agent: agent, event: .blinded(event.digest(as: .event)))
  }

  /// The row with nothing left.
  public func withholding(in kind: LogKind) -> LogRow { .withheld(commitment: commitment(in: kind)) }
}
