public import CRDT
public import WireProtocol

/// What a device does about the logs of knowing in its sessions (`Protocol/knowing.md`, section 6): it asks
/// how they stand, holds the answer against what it keeps, and goes forward or tells its person.
///
/// Bytes in, findings out; it says nothing about records and shares nothing with the exchange of changes.
public struct LogWatch: Sendable {
  /// What came of an answer, of one log.
  public enum Outcome: Hashable, Sendable {
    /// It was only appended to; keep this.
    case advanced(SignedCheckpoint)
    /// It contradicts what is kept: keep both, and tell the person.
    case found(LogFinding, shown: SignedCheckpoint)
    /// It stands up, and is older than two periods, or later than one: what came since may be hidden.
    case stale(SignedCheckpoint)
    /// One that came from elsewhere contradicts what is kept: keep both, and tell the person. What it was
    /// held against stands beside it where that may not be what is kept.
    case contradicted(LogFinding, by: SignedCheckpoint, known: SignedCheckpoint? = nil)
  }

  private let key: VerifyingKey
  private var memories: [LogKind: CheckpointMemory] = [:]

  /// Goes on from what is kept.
  ///
  /// - Parameters:
  ///   - key: the tenant's, pinned.
  ///   - kept: the newest checkpoints that stood up.
  public init(tenant: Identifier, key: VerifyingKey, kept: [SignedCheckpoint]) {
    self.key = key
    for kind in LogKind.allCases {
      memories[kind] = CheckpointMemory(
        tenant: tenant, kind: kind, newest: kept.last { $0.checkpoint.kind == kind })
    }
  }

  /// The question: how do the logs stand, seen from what is kept?
  public var request: WireCheckpointRequest {
    .with {
      $0.deliveredSize = memories[.delivered]?.size ?? 0
      $0.openedSize = memories[.opened]?.size ?? 0
    }
  }

  /// How many rows the checkpoint has that is kept of a log; 0 without one.
  public func size(of kind: LogKind) -> UInt64 { memories[kind]?.size ?? 0 }

  /// The checkpoint that is kept of a log.
  public func newest(of kind: LogKind) -> SignedCheckpoint? { memories[kind]?.newest }

  /// Holds a checkpoint from elsewhere against what is kept, which stays as it is.
  ///
  /// - Parameter proof: from the smaller of the two sizes to the larger; with equal ones none is needed.
  /// - Throws: what is wrong.
  public func compare(_ signed: SignedCheckpoint, proof: ConsistencyProof?) throws(LogFinding) {
    guard let memory = memories[signed.checkpoint.kind] else { throw .otherLog }
    try memory.compare(signed, proof: proof, key: key)
  }

  /// Takes in an answer. After a finding what is kept stays as it is.
  ///
  /// - Parameter now: the server's time as this device knows it, in milliseconds since 1970.
  /// - Throws: `ProtocolError` when it is none, or the same log comes twice.
  public mutating func receive(_ answer: WireCheckpoints, at now: Int64) throws -> [Outcome] {
    var seen: Set<LogKind> = []
    var outcomes: [Outcome] = []
    for one in answer.logs {
      let shown = try SignedCheckpoint(
        body: Array(one.checkpoint.body), signature: Array(one.checkpoint.signature))
      let kind = shown.checkpoint.kind
      guard seen.insert(kind).inserted, var memory = memories[kind] else { throw ProtocolError.malformed }
      let proof = one.hasProof ? try ConsistencyProof(one.proof) : nil
      do {
        try memory.take(shown, proof: proof, key: key)
        memories[kind] = memory
        outcomes.append(.advanced(shown))
        if !shown.checkpoint.isFresh(at: now) { outcomes.append(.stale(shown)) }
      } catch {
        outcomes.append(.found(error, shown: shown))
      }
    }
    return outcomes
  }
}

extension ConsistencyProof {
  /// Takes a proof as a peer sent it.
  ///
  /// - Throws: as `init(first:second:received:)`.
  public init(_ message: WireConsistencyProof) throws {
    try self.init(first: message.first, second: message.second, received: message.path.map { Array($0) })
  }
}

extension WireConsistencyProof {
  /// A proof for a peer.
  public init(_ proof: ConsistencyProof) {
    self.init()
    first = proof.first
    second = proof.second
    path = proof.path.map { .init($0.bytes) }
  }
}

extension WireSignedCheckpoint {
  /// A checkpoint for a peer.
  public init(_ signed: SignedCheckpoint) {
    self.init()
    body = .init(signed.checkpoint.encoded)
    signature = .init(signed.signature)
  }
}

/// Messages about the logs of knowing, of either side.
public enum LogMessage {
  private static let numbers: Set<UInt64> = [10, 11, 23, 26, 27, 28]

  /// Whether an encoded message is one, by its first field that must be understood.
  public static func isOne(_ message: [UInt8]) -> Bool {
    MessageNumber.first(in: message).map(numbers.contains) ?? false
  }
}
