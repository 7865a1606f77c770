public import WireProtocol

/// What became of an entry that waited for a person's decision.
public struct QuarantineDecision: Hashable, Sendable {
  /// The entry.
  public let name: QuarantineName
  /// What became of it.
  public let outcome: Outcome
  /// When that was decided, in milliseconds since 1970 by the server's clock; 0 when it was not.
  public let decidedAt: Int64

  /// What may become of an entry.
  public enum Outcome: Hashable, Sendable {
    /// The server was set back and knows nothing of it.
    case unknown
    /// Nobody has decided.
    case waiting
    /// Another change stands for each of its changes.
    case accepted
    /// It was refused.
    case refused(QuarantineReason)
  }

  /// Describes a decision.
  public init(name: QuarantineName, outcome: Outcome, decidedAt: Int64) {
    self.name = name
    self.outcome = outcome
    self.decidedAt = decidedAt
  }

  /// Reads the message.
  ///
  /// - Throws: `ProtocolError` `UNSUPPORTED` for an outcome that this version does not know, and for none: a
  ///   field that is left out must not make a device write an entry again.
  public init(_ message: WireQuarantineDecision) throws {
    let outcome: Outcome
    switch message.outcome {
    case .quarantineUnknown: outcome = .unknown
    case .quarantineWaiting: outcome = .waiting
    case .quarantineAccepted: outcome = .accepted
    case .quarantineRefused: outcome = .refused(QuarantineReason(message.reason))
    case .quarantineUnspecified, .UNRECOGNIZED: throw ProtocolError(.unsupported)
    }
    self.init(name: QuarantineName(message.name), outcome: outcome, decidedAt: message.decidedAt)
  }

  /// The message.
  public var message: WireQuarantineDecision {
    .with {
      $0.name = name.message
      $0.decidedAt = decidedAt
      switch outcome {
      case .unknown: $0.outcome = .quarantineUnknown
      case .waiting: $0.outcome = .quarantineWaiting
      case .accepted: $0.outcome = .quarantineAccepted
      case .refused(let reason):
        $0.outcome = .quarantineRefused
        $0.reason = reason.message
      }
    }
  }
}
