public import CRDT
public import WireProtocol

/// Looks for the rows of what was opened that a device pushed, in the log as it was signed
/// (`Protocol/knowing.md`, section 6): a server that took a row in and left it out of the log is found out.
///
/// It begins once the session has a checkpoint, and asks for some rows at a time.
public struct OpeningSearch: Sendable {
  /// What came of an answer.
  public enum Outcome: Hashable, Sendable {
    /// These rows stand in the log.
    case found(Set<Digest>)
    /// A row that the server took in long enough before does not stand in what it signed.
    case dropped(shown: SignedCheckpoint)
  }

  /// For how long after a row was taken in a checkpoint may be without it, in milliseconds: two periods.
  public static let grace: Int64 = 2 * Limits.checkpointSeconds * 1_000

  /// The checkpoint that all of this session's answers are held against.
  private let signed: SignedCheckpoint
  private let account: Identifier
  private let person: Identifier
  private var asked: [TakenOpening] = []
  private var idleTicks = 0

  /// Begins a search.
  ///
  /// - Parameters:
  ///   - signed: the newest checkpoint of the log of what was opened, which stood up.
  ///   - person: whose device it is.
  ///   - account: and as which account.
  public init(in signed: SignedCheckpoint, person: Identifier, account: Identifier) {
    self.signed = signed
    self.person = person
    self.account = account
  }

  /// Whether no answer is waited for.
  public var isIdle: Bool { asked.isEmpty }

  /// The next question; `nil` when one waits for its answer, or nothing is to be looked for.
  ///
  /// - Parameter taken: rows that were taken in and not found yet, the oldest first.
  public mutating func next(of taken: [TakenOpening]) -> WireInclusionRequest? {
    guard asked.isEmpty, !taken.isEmpty else { return nil }
    asked = Array(taken.prefix(Limits.openedRows))
    return .with {
      $0.events = asked.map { .init($0.event.bytes) }
      $0.size = signed.checkpoint.size
    }
  }

  /// Takes in an answer. A row that is not shown to stand in the log, for whatever reason, is one that was
  /// not found: by no answer can a server get around that.
  public mutating func receive(_ answer: WireInclusion) -> [Outcome] {
    let shown = Set(answer.rows.compactMap { try? event(ofRow: $0) })
    let found = shown.intersection(asked.map(\.event))
    let isDropped = asked.contains { !found.contains($0.event) && isOverdue($0) }
    (asked, idleTicks) = ([], 0)
    return [.found(found)] + (isDropped ? [.dropped(shown: signed)] : [])
  }

  /// The digest of what a row says that stands in the log as this person's; `nil` when that is not shown.
  ///
  /// As which of her devices is not asked: a copy of this one may have pushed it first.
  ///
  /// - Throws: `ProtocolError` when it is no row.
  private func event(ofRow told: WireKnownRow) throws -> Digest? {
    let row = try LogRow(encoded: Array(told.row))
    let proof = try InclusionProof(
      index: told.proof.index, size: told.proof.size, received: told.proof.path.map { Array($0) })
    guard case .entry(_, let agent, .blinded(let event)) = row, let content = agent.content,
      signed.checkpoint.contains(row, proof: proof)
    else { return nil }
    let who = try LogAgent(encoded: content)
    return who.person == person && who.account == account ? event : nil
  }

  /// Both times are the server's.
  private func isOverdue(_ opening: TakenOpening) -> Bool {
    let (age, isFar) = signed.checkpoint.signedAt.subtractingReportingOverflow(opening.takenAt)
    return !isFar && age >= Self.grace
  }

  /// Some seconds have passed.
  ///
  /// - Returns: whether the connection is to be given up: no answer comes.
  public mutating func tick() -> Bool {
    idleTicks = isIdle ? 0 : idleTicks + 1
    return idleTicks > ReplicaMachine.idleTicksMax
  }

  /// Something came in: the answer may stand behind more.
  public mutating func heard() { idleTicks = 0 }
}
