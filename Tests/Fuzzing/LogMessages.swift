import SwiftProtobuf

@testable import Replication
@testable import WireProtocol

/// What stands in messages about the logs of knowing: rows, proofs and checkpoints, each with an encoding of
/// its own.
enum LogMessages {
  /// Reads what a device says.
  static func read(_ body: WireClientMessage.OneOf_Body) {
    switch body {
    case .opened(let message): for row in message.rows { _ = try? Opening(row) }
    case .inclusion(let request): for event in request.events { _ = Digest(bytes: event) }
    case .comparison(let request): _ = try? LogKind(wire: request.log)
    case .log(let request): _ = try? LogKind(wire: request.log)
    default: break
    }
  }

  /// Reads what a server says.
  static func read(_ body: WireServerMessage.OneOf_Body) {
    switch body {
    case .checkpoints(let answer): for log in answer.logs { read(log) }
    case .knowing(let page):
      read(page.checkpoint)
      for row in page.rows { read(row) }
    case .inclusion(let answer): for row in answer.rows { read(row) }
    case .comparison(let answer): _ = try? ConsistencyProof(answer.proof)
    case .opened(let taken): for event in taken.events { _ = Digest(bytes: event) }
    case .log(let page):
      for row in page.rows { read(row: Array(row.row)) }
      for checkpoint in page.checkpoints { read(checkpoint) }
    default: break
    }
  }

  private static func read(_ answer: WireCheckpointAnswer) {
    read(answer.checkpoint)
    _ = try? ConsistencyProof(answer.proof)
  }

  private static func read(_ checkpoint: WireSignedCheckpoint) {
    _ = try? SignedCheckpoint(body: Array(checkpoint.body), signature: Array(checkpoint.signature))
  }

  private static func read(_ row: WireKnownRow) {
    read(row: Array(row.row))
    _ = try? InclusionProof(
      index: row.proof.index, size: row.proof.size, received: row.proof.path.map { Array($0) })
  }

  /// A row that is taken has one encoding, and so has each of its parts.
  private static func read(row bytes: [UInt8]) {
    guard let row = try? LogRow(encoded: bytes) else { return }
    precondition(row.encoded == bytes)
    guard case .entry(_, let agent, let event) = row else { return }
    if let content = agent.content { _ = try? LogAgent(encoded: content) }
    if let content = event.content {
      _ = try? DeliveredEvent(encoded: content)
      _ = try? OpenedEvent(encoded: content)
    }
  }
}
