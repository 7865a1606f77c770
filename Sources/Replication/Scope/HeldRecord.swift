public import CRDT
import WireProtocol

/// A record that a device holds, or is to hold no more.
public struct HeldRecord: Hashable, Sendable {
  /// The record.
  public let record: Identifier
  /// Counts the times that it entered the device's scope, from 1; 0 for what a device wrote itself and the
  /// server never delivered. What is said of a generation is said of those before it too.
  public let generation: UInt64

  /// Names a record in a generation.
  public init(record: Identifier, generation: UInt64) {
    self.record = record
    self.generation = generation
  }

  /// Reads the records of a message.
  ///
  /// - Throws: `ProtocolError` `MALFORMED`; `LIMIT_EXCEEDED` beyond `heldRecords` (limits.md).
  static func list(_ messages: [WireHeldRecord]) throws -> [HeldRecord] {
    guard messages.count <= Limits.heldRecords else { throw ProtocolError(.limitExceeded) }
    return try messages.map { message in
      guard let record = Identifier(bytes: message.record) else { throw ProtocolError.malformed }
      return HeldRecord(record: record, generation: message.generation)
    }
  }

  var message: WireHeldRecord {
    .with {
      $0.record = .init(record.bytes)
      $0.generation = generation
    }
  }
}
