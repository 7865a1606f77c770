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
    /// The one that it contradicts, which what is kept may have gone beyond since; `nil` where there was
    /// none, and in what an older version kept.
    public let known: SignedCheckpoint?
    /// When, in milliseconds since 1970 by this device's clock.
    public let foundAt: Int64
    /// Whether the checkpoint came from elsewhere, and not from the server as its newest.
    public let isFromElsewhere: Bool

    init(
      code: String, shown: SignedCheckpoint, known: SignedCheckpoint? = nil, foundAt: Int64,
      isFromElsewhere: Bool = false
    ) {
      self.code = code
      self.shown = shown
      self.known = known
      self.foundAt = foundAt
      self.isFromElsewhere = isFromElsewhere
    }
  }

  /// Something that was found, and that a person then dealt with. Both checkpoints stay: they show anybody
  /// what the server signed.
  public struct Settled: Hashable, Sendable {
    /// What it was.
    public let finding: Finding
    /// The checkpoint that it contradicted; `nil` when there was none.
    public let known: SignedCheckpoint?
    /// When, in milliseconds since 1970 by this device's clock.
    public let settledAt: Int64
  }

  /// The newest checkpoints that stood up, at most one of each log.
  public private(set) var newest: [SignedCheckpoint] = []
  /// What was found: of each log the first thing, and then only what is graver than all before it. So there
  /// are no more than there are degrees, and nothing mild keeps out what holds before anybody.
  public private(set) var findings: [Finding] = []

  /// What was found before, and dealt with.
  public private(set) var settled: [Settled] = []

  /// Every checkpoint that is kept, also as evidence, each once.
  public var all: [SignedCheckpoint] {
    var all = newest
    for finding in findings + settled.map(\.finding) {
      all.append(finding.shown)
      if let known = finding.known { all.append(known) }
    }
    all += settled.compactMap(\.known)
    var once: [SignedCheckpoint] = []
    for signed in all where !once.contains(signed) { once.append(signed) }
    return once
  }

  /// Nothing is kept.
  public init() {}

  /// Takes in what came of an answer. Of a log of which something was found no state is taken in, until a
  /// person has dealt with it, and nothing that is no graver. That a log began anew was explained: its old
  /// checkpoints stay what they are.
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
        add(
          Finding(code: finding.code, shown: shown, known: known(to: finding, shown), foundAt: now))
      case .contradicted(let finding, let shown, let known):
        if case .replaced = finding, hasSettledReplacement(by: shown) { continue }
        add(
          Finding(
            code: finding.code, shown: shown, known: known ?? self.known(to: finding, shown), foundAt: now,
            isFromElsewhere: true))
      case .stale: break
      }
    }
  }

  private mutating func add(_ finding: Finding) {
    let kind = finding.shown.checkpoint.kind
    let gravest = findings.filter { $0.shown.checkpoint.kind == kind }.map(\.gravity).max()
    guard finding.gravity > gravest ?? -1 else { return }
    findings.append(finding)
  }

  /// What a finding contradicts.
  private func known(to finding: LogFinding, _ shown: SignedCheckpoint) -> SignedCheckpoint? {
    if case .splitView(let split) = finding { return split.known }
    return newest.first { $0.checkpoint.kind == shown.checkpoint.kind }
  }

  /// A person has dealt with what was found of a log: what the tenant signed is gone on with from now on,
  /// and what it did not sign is let go of. Where the contradiction came from elsewhere, what the server
  /// shows here is gone on with: it would be found again with the next checkpoint otherwise.
  ///
  /// - Parameter now: milliseconds since 1970 by this device's clock.
  /// - Returns: whether there was something.
  public mutating func accept(_ kind: LogKind, at now: Int64) -> Bool {
    let found = findings.filter { $0.shown.checkpoint.kind == kind }
    guard !found.isEmpty else { return false }
    findings.removeAll { $0.shown.checkpoint.kind == kind }
    let kept = newest.first { $0.checkpoint.kind == kind }
    for finding in found {
      let known = finding.known ?? kept
      settled.append(Settled(finding: finding.beside(known), known: known, settledAt: now))
    }
    let shownHere = found.last { !$0.isFromElsewhere && !Self.notTheTenants.contains($0.code) }
    guard let shownHere else { return true }
    newest.removeAll { $0.checkpoint.kind == kind }
    newest.append(shownHere.shown)
    return true
  }

  fileprivate static let notTheTenants: Set = [LogFinding.otherLog.code, LogFinding.badSignature.code]

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

extension KeptLogs.Finding {
  /// How much it shows, to whom: what is not the tenant's nothing, two roots of one size everything to
  /// anybody.
  public var gravity: Int {
    if KeptLogs.notTheTenants.contains(code) { return 0 }
    switch code {
    case "split_view": return 3
    case LogFinding.unproven.code: return 2
    default: return 1
    }
  }

  /// The same beside what it contradicts.
  func beside(_ known: SignedCheckpoint?) -> Self {
    Self(code: code, shown: shown, known: known, foundAt: foundAt, isFromElsewhere: isFromElsewhere)
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
