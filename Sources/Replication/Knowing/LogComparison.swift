import CRDT
public import WireProtocol

/// Holds checkpoints that came from elsewhere against what this device keeps, and asks the server for what
/// lies between: so a server is found out that shows each device a history of its own
/// (`Protocol/knowing.md`, section 6).
///
/// It begins once the session's own checkpoints stood up: what these do not show is the server's answer. An
/// answer without a proof that holds is a finding. None at all shows nothing: what was asked for stays open.
public struct LogComparison: Sendable {
  /// What came of a checkpoint.
  public enum Outcome: Hashable, Sendable {
    /// One of the two logs begins with all of the other.
    case holds(SignedCheckpoint)
    /// It contradicts what is kept.
    case found(LogFinding, SignedCheckpoint)
    /// The server shows nothing of this log in this session.
    case unproven(SignedCheckpoint)
  }

  private var waiting: [SignedCheckpoint]
  private var asked: SignedCheckpoint?
  /// What came of those that were compared.
  public private(set) var outcomes: [Outcome] = []

  /// Begins a comparison.
  public init(of shown: [SignedCheckpoint]) { waiting = shown.reversed() }

  /// The next question; `nil` when all is compared, or an answer is waited for.
  ///
  /// - Parameters:
  ///   - watch: what is kept.
  ///   - current: the logs whose newest checkpoint the server has just shown, and which go on from what is
  ///     kept.
  public mutating func request(_ watch: LogWatch, current: Set<LogKind>) -> WireComparisonRequest? {
    guard asked == nil else { return nil }
    while let shown = waiting.popLast() {
      let kind = shown.checkpoint.kind
      let (own, other) = (watch.size(of: kind), shown.checkpoint.size)
      // A wrong signature, another log, and two roots of one size show without a proof.
      guard let question = question(shown, watch) else { continue }
      guard current.contains(kind) else {
        outcomes.append(.unproven(shown))
        continue
      }
      asked = question
      return .with {
        $0.log = UInt32(kind.rawValue)
        $0.first = min(own, other)
        $0.second = max(own, other)
      }
    }
    return nil
  }

  /// The checkpoint where a proof is needed; `nil` where it is settled.
  private mutating func question(_ shown: SignedCheckpoint, _ watch: LogWatch) -> SignedCheckpoint? {
    do {
      try watch.compare(shown, proof: nil)
      // Where nothing is kept, nothing but the signature was looked at.
      guard watch.newest(of: shown.checkpoint.kind) != nil else { return shown }
      outcomes.append(.holds(shown))
      return nil
    } catch .unproven {
      return shown
    } catch {
      outcomes.append(.found(error, shown))
      return nil
    }
  }

  /// Takes in the answer. Without a proof that holds it is not shown that the two logs are one.
  ///
  /// - Throws: `ProtocolError` when nothing was asked, or it is none.
  public mutating func receive(_ answer: WireComparison, _ watch: LogWatch) throws {
    guard let shown = asked, answer.log == UInt32(shown.checkpoint.kind.rawValue) else {
      throw ProtocolError(.unexpected)
    }
    asked = nil
    let proof = answer.hasProof ? try ConsistencyProof(answer.proof) : nil
    do {
      try watch.compare(shown, proof: proof)
      outcomes.append(.holds(shown))
    } catch {
      outcomes.append(.found(error, shown))
    }
  }
}

extension LogComparison.Outcome {
  /// What was compared.
  public var shown: SignedCheckpoint {
    switch self {
    case .holds(let shown), .found(_, let shown), .unproven(let shown): shown
    }
  }

  /// What is to be kept of it, as soon as it is found: whoever is asked next may see to it that nothing more
  /// comes. Nothing of what is not the tenant's, which shows nothing against anybody.
  public func evidence(beside watch: LogWatch) -> LogWatch.Outcome? {
    guard case .found(let finding, let shown) = self else { return nil }
    switch finding {
    case .otherLog, .badSignature: return nil
    case .replaced, .rolledBack, .splitView, .unproven, .rowDropped:
      return .contradicted(finding, by: shown, known: watch.newest(of: shown.checkpoint.kind))
    }
  }
}
