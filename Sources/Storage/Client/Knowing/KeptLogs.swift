public import Replication
public import WireProtocol

/// What a device keeps of its tenant's logs of knowing.
public struct KeptLogs: Hashable, Sendable {
  /// Something that contradicts what is kept.
  public struct Finding: Hashable, Sendable {
    /// What it is called (`LogFinding.code`).
    public let code: String
    /// The checkpoint that was shown.
    public let shown: SignedCheckpoint
    /// When, in milliseconds since 1970 by this device's clock.
    public let foundAt: Int64
    /// Whether the checkpoint came from elsewhere, and not from the server as its newest.
    public let isFromElsewhere: Bool

    init(code: String, shown: SignedCheckpoint, foundAt: Int64, isFromElsewhere: Bool = false) {
      self.code = code
      self.shown = shown
      self.foundAt = foundAt
      self.isFromElsewhere = isFromElsewhere
    }
  }

  /// Something that was found, and that a person then dealt with. Both checkpoints stay: they show anybody
  /// what the server signed.
  public struct Settled: Hashable, Sendable {
    /// What it was.
    public let finding: Finding
    /// The checkpoint that was kept until then; `nil` when there was none.
    public let known: SignedCheckpoint?
    /// When, in milliseconds since 1970 by this device's clock.
    public let settledAt: Int64
  }

  /// The newest checkpoints that stood up, at most one of each log.
  public private(set) var newest: [SignedCheckpoint] = []
  /// What was found, at most one thing of each log: the first.
  public private(set) var findings: [Finding] = []

  /// What was found before, and dealt with.
  public private(set) var settled: [Settled] = []

  /// Every checkpoint that is kept, also as evidence.
  public var all: [SignedCheckpoint] {
    newest + findings.map(\.shown) + settled.flatMap { [$0.finding.shown, $0.known].compactMap { $0 } }
  }

  /// Nothing is kept.
  public init() {}

  /// Takes in what came of an answer. Of a log of which something was found nothing more is taken in, until a
  /// person has dealt with it.
  ///
  /// - Parameter now: milliseconds since 1970 by this device's clock.
  public mutating func take(_ outcomes: [LogWatch.Outcome], at now: Int64) {
    for outcome in outcomes {
      switch outcome {
      case .advanced(let signed):
        let kind = signed.checkpoint.kind
        guard !hasFinding(of: kind) else { continue }
        newest.removeAll { $0.checkpoint.kind == kind }
        newest.append(signed)
      case .found(let finding, let shown):
        guard !hasFinding(of: shown.checkpoint.kind) else { continue }
        findings.append(Finding(code: finding.code, shown: shown, foundAt: now))
      case .contradicted(let finding, let shown):
        guard !hasFinding(of: shown.checkpoint.kind) else { continue }
        findings.append(
          Finding(code: finding.code, shown: shown, foundAt: now, isFromElsewhere: true))
      case .stale: break
      }
    }
  }

  /// A person has dealt with what was found of a log: what the tenant signed is gone on with from now on,
  /// and what it did not sign is let go of. Where the contradiction came from elsewhere, what the server
  /// shows here is gone on with: it would be found again with the next checkpoint otherwise.
  ///
  /// - Parameter now: milliseconds since 1970 by this device's clock.
  /// - Returns: whether there was something.
  public mutating func accept(_ kind: LogKind, at now: Int64) -> Bool {
    guard let place = findings.firstIndex(where: { $0.shown.checkpoint.kind == kind }) else { return false }
    let finding = findings.remove(at: place)
    let known = newest.first { $0.checkpoint.kind == kind }
    settled.append(Settled(finding: finding, known: known, settledAt: now))
    guard !Self.notTheTenants.contains(finding.code), !finding.isFromElsewhere else { return true }
    newest.removeAll { $0.checkpoint.kind == kind }
    newest.append(finding.shown)
    return true
  }

  private static let notTheTenants: Set = [LogFinding.otherLog.code, LogFinding.badSignature.code]

  mutating func keep(newest signed: SignedCheckpoint) { newest.append(signed) }
  mutating func keep(_ finding: Finding) { findings.append(finding) }
  mutating func keep(_ settlement: Settled) { settled.append(settlement) }

  /// Whether a person has already dealt with the log that a checkpoint is of not being the one that goes on.
  public func hasSettledReplacement(by shown: SignedCheckpoint) -> Bool {
    settled.contains { one in
      guard one.finding.code == LogFinding.replaced.code else { return false }
      let both = [one.finding.shown, one.known].compactMap { $0 }
      return both.contains { $0.checkpoint.isSameLog(as: shown.checkpoint) }
    }
  }

  private func hasFinding(of kind: LogKind) -> Bool {
    findings.contains { $0.shown.checkpoint.kind == kind }
  }
}

extension ReplicaStore {
  /// Keeps what came of asking how the logs of knowing stand.
  ///
  /// - Parameter now: milliseconds since 1970 by this device's clock.
  public func keep(_ outcomes: [LogWatch.Outcome], at now: Int64) throws {
    try updateMeta { $0.logs.take(outcomes, at: now) }
  }

  /// A person has dealt with what was found of a log. What was shown on this device, and is still there, is
  /// told again: the log that is gone on with may not have it.
  ///
  /// - Parameter now: milliseconds since 1970 by this device's clock.
  /// - Returns: whether something had been found.
  public func accept(_ kind: LogKind, at now: Int64) throws -> Bool {
    try writing { db, staged in
      var meta = try meta(db)
      guard meta.logs.accept(kind, at: now) else { return false }
      staged.meta = meta
      if kind == .opened { try tellOpeningsAgain(db) }
      return true
    }
  }
}
