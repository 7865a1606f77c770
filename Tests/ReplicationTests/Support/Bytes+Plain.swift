import CRDT
import WireProtocol

extension Bytes {
  /// A server's message and what is in it once it is taken apart and inflated: states, texts, headers,
  /// payloads and their values.
  static func plain(_ message: [UInt8]) throws -> [[UInt8]] {
    guard case .delivery(let delivery) = try WireServerMessage(checking: message).body else {
      return [message]
    }
    let states = try delivery.allEnters().map { Array($0.state) }
    let texts = try states.flatMap { try RecordSnapshot(encoded: $0).state.texts.values.map(\.string) }
    let changes = try ChangeUnpacker.delivered(
      Array(delivery.changes), epoch: Identifier(high: 0, low: 0))
    let payloads = changes.compactMap(\.payload)
    let written = try payloads.flatMap { try Payload(encoded: $0).operations.compactMap(text(of:)) }
    return [message] + states + changes.map(\.header.canonicalBytes) + payloads
      + (texts + written).map { Array($0.utf8) }
  }

  private static func text(of operation: Operation) -> String? {
    switch operation.action {
    case .assign(.text(let text)), .add(.text(let text)), .decide(.text(let text)): text
    case .edit(let edit): edit.text
    default: nil
    }
  }
}
