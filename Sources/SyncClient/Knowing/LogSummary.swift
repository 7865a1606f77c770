import Storage
import WireProtocol

/// How this device knows one of its tenant's logs of knowing (`Protocol/knowing.md`, section 6).
public struct LogSummary: Hashable, Sendable {
  /// Which: of what was delivered to devices, or of what was opened on them.
  public enum Name: String, CaseIterable, Sendable {
    case delivered, opened
  }

  /// A state of the log that the tenant signed: whoever has it can hold it against what others have.
  public struct Checkpoint: Hashable, Sendable {
    /// How many rows it had.
    public let size: UInt64
    /// When it was signed, in milliseconds since 1970 by the server's clock.
    public let signedAt: Int64
    /// The encoded `LogCheckpoint`.
    public let body: [UInt8]
    /// The tenant's signature under it.
    public let signature: [UInt8]

    init(_ signed: SignedCheckpoint) {
      size = signed.checkpoint.size
      signedAt = signed.checkpoint.signedAt
      body = signed.checkpoint.encoded
      signature = signed.signature
    }
  }

  /// Something that was found, with what shows it.
  public struct Evidence: Hashable, Sendable {
    /// What it was.
    public let finding: LogFindingSummary
    /// What was known.
    public let known: Checkpoint?
    /// What was shown.
    public let shown: Checkpoint
  }

  /// Something that was found and then dealt with.
  public struct Settled: Hashable, Sendable {
    /// What it was, as in `LogFindingSummary`.
    public let code: String
    /// When it was dealt with, in milliseconds since 1970 by this device's clock.
    public let settledAt: Int64
    /// What was kept until then.
    public let known: Checkpoint?
    /// What was shown.
    public let shown: Checkpoint
  }

  /// Which of the two.
  public let name: Name
  /// The newest state that stood up; `nil` before the first.
  public let newest: Checkpoint?
  /// What contradicts what was known, and nobody has dealt with: the gravest, where there is more.
  public let finding: LogFindingSummary?
  /// The state that was shown then.
  public let shown: Checkpoint?
  /// All that was found and nobody has dealt with, the gravest first, with both states.
  public let evidence: [Evidence]
  /// What was dealt with, the earliest first.
  public let settled: [Settled]

  init(_ name: Name, in kept: KeptLogs) {
    let kind = name.kind
    self.name = name
    newest = kept.newest.first { $0.checkpoint.kind == kind }.map(Checkpoint.init)
    // What was known is the finding's own: what is kept may have gone on since.
    let found = kept.findings.filter { $0.shown.checkpoint.kind == kind }.sorted { $0.gravity > $1.gravity }
    evidence = found.map {
      Evidence(
        finding: LogFindingSummary($0, in: kept), known: $0.known.map(Checkpoint.init),
        shown: Checkpoint($0.shown))
    }
    finding = evidence.first?.finding
    shown = evidence.first?.shown
    settled = kept.settled.filter { $0.finding.shown.checkpoint.kind == kind }.map {
      Settled(
        code: $0.finding.code, settledAt: $0.settledAt, known: $0.known.map(Checkpoint.init),
        shown: Checkpoint($0.finding.shown))
    }
  }
}

extension LogSummary.Name {
  var kind: LogKind { self == .delivered ? .delivered : .opened }
}
