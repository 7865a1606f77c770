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
  }

  /// The newest checkpoints that stood up, at most one of each log.
  public private(set) var newest: [SignedCheckpoint] = []
  /// What was found, at most one thing of each log: the first.
  public private(set) var findings: [Finding] = []

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
      case .stale: break
      }
    }
  }

  private func hasFinding(of kind: LogKind) -> Bool {
    findings.contains { $0.shown.checkpoint.kind == kind }
  }
}

extension KeptLogs {
  /// As `meta` has them: each part behind its length.
  var encoded: [UInt8] {
    var parts: [[UInt8]] = []
    for signed in newest { parts += [[], signed.checkpoint.encoded, signed.signature, []] }
    for finding in findings {
      let time = (0..<8).map { UInt8(truncatingIfNeeded: finding.foundAt >> (56 - 8 * Int64($0))) }
      parts += [
        Array(finding.code.utf8), finding.shown.checkpoint.encoded, finding.shown.signature, time,
      ]
    }
    return LineageCoding.encode(parts)
  }

  /// - Throws: `damaged`
  init(encoded bytes: [UInt8]) throws {
    self.init()
    let parts = try LineageCoding.decode(bytes)
    guard parts.count.isMultiple(of: 4) else { throw StorageError(.damaged) }
    for start in stride(from: 0, to: parts.count, by: 4) {
      guard let code = String(validating: parts[start], as: UTF8.self),
        let signed = try? SignedCheckpoint(body: parts[start + 1], signature: parts[start + 2])
      else { throw StorageError(.damaged) }
      if code.isEmpty {
        newest.append(signed)
      } else {
        let time = parts[start + 3].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        findings.append(Finding(code: code, shown: signed, foundAt: time))
      }
    }
  }
}

extension ReplicaStore {
  /// Keeps what came of asking how the logs of knowing stand.
  ///
  /// - Parameter now: milliseconds since 1970 by this device's clock.
  public func keep(_ outcomes: [LogWatch.Outcome], at now: Int64) throws {
    try updateMeta { $0.logs.take(outcomes, at: now) }
  }
}
