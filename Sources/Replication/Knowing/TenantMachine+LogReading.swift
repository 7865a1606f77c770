import CRDT
import CaseModel
import WireProtocol

extension OpenSession {
  /// The device got a checkpoint from elsewhere. Nobody is told anything here who is sent no content.
  func compareLogs(_ request: WireComparisonRequest) -> ServerSession.Action {
    maySend ? .readLogs(.comparison(request)) : .incomparable(request)
  }

  /// Somebody wants to read all of a log.
  func readLog(_ request: WireLogRequest) -> ServerSession.Action {
    maySend ? .readLogs(.page(request)) : .noPage(request)
  }
}

/// The logs of knowing for whoever holds them against what was signed: two checkpoints, or all rows.
extension TenantMachine {
  /// How much of a page its rows may take: what is left of a message for them, beside the checkpoints.
  private static let pageBytes = Limits.messageBytes - 65_536

  /// How long the log is beyond its checkpoint is what padding hides: so no size beyond it has an answer.
  func comparison(
    _ request: WireComparisonRequest, in source: any TenantSource
  ) throws -> ServerSession.Action {
    let kind = try LogKind(wire: request.log)
    guard request.first <= request.second, let signed = try source.logCheckpoint(of: kind),
      request.second <= signed.checkpoint.size
    else { return .incomparable(request) }
    let proof = try source.consistencyProof(of: kind, from: request.first, to: request.second)
    return .send(
      .with {
        $0.comparison = .with {
          $0.log = request.log
          $0.proof = WireConsistencyProof(proof)
        }
      })
  }

  /// A page of all of a log, for the data protection officer. Everybody else is told what is told of a size
  /// that was never signed.
  func page(
    _ request: WireLogRequest, for person: Identifier, in context: DeliveryContext
  ) throws -> ServerSession.Action {
    let kind = try LogKind(wire: request.log)
    let source = context.source
    guard governing.mayReadLogs(person), request.from < request.size,
      let signed = try source.logCheckpoint(of: kind), request.size <= signed.checkpoint.size
    else { return .noPage(request) }
    let end = min(request.size, request.from + UInt64(Limits.logPageRows))
    var page = WireLogPage()
    page.request = request.request
    var byteCount = 0
    for row in try source.rowsForAudit(of: kind, from: request.from, to: end) {
      let row = WireLoggedRow(row)
      byteCount += row.byteCount
      guard page.rows.isEmpty || byteCount <= Self.pageBytes else { break }
      page.rows.append(row)
    }
    let kept = try source.logCheckpoints(
      of: kind, above: request.from, through: request.from + UInt64(page.rows.count),
      limit: Self.pageCheckpoints)
    page.checkpoints = kept.map(WireSignedCheckpoint.init)
    return .send(.with { $0.log = page })
  }

  /// A log is signed at multiples of a few dozen rows.
  private static let pageCheckpoints = 128
}

extension LogKind {
  /// A log by its number in a message.
  ///
  /// - Throws: `ProtocolError` `MALFORMED` for another one.
  init(wire number: UInt32) throws {
    guard let kind = UInt8(exactly: number).flatMap(LogKind.init) else { throw ProtocolError.malformed }
    self = kind
  }
}
