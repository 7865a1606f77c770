public import CRDT

/// What a change did, with the random bytes that keep the digest of an erased payload from being guessed.
///
/// Its encoding is stored and passed on as it was received, never made again.
public struct Payload: Hashable, Sendable {
  /// How many random bytes a payload starts with.
  public static let saltBytes = 16

  /// 16 random bytes.
  public let salt: Identifier
  /// What was done, in order.
  public let operations: [Operation]

  /// Makes a payload. `salt` must be drawn from a cryptographic generator.
  public init(salt: Identifier, operations: [Operation]) {
    self.salt = salt
    self.operations = operations
  }

  /// The encoding (`Payload` in `change.proto`).
  public var encoded: [UInt8] {
    var writer = ProtobufWriter(capacity: 32 + 64 * operations.count)
    writer.field(1, identifier: salt)
    for operation in operations { writer.message(2) { operation.write(to: &$0) } }
    for operation in operations {
      guard let value = operation.carriedValue else { continue }
      writer.message(3) { value.write(to: &$0) }
    }
    return writer.bytes
  }

  /// Reads an encoding.
  ///
  /// - Throws: `ProtocolError` when the bytes are not a payload or exceed a limit.
  public init(encoded bytes: [UInt8]) throws {
    guard bytes.count <= Limits.payloadBytes else { throw ProtocolError(.tooLarge) }
    self = try ProtobufReader.read(bytes) { try Payload(from: &$0) }
  }

  private init(from reader: inout ProtobufReader) throws {
    var salt: Identifier?
    var shapes: [OperationShape] = []
    var values: [Value] = []
    while let (number, type) = try reader.nextField(repeated: 2, 3) {
      switch number {
      case 1: salt = try reader.identifier(type)
      case 2:
        guard shapes.count < Limits.changeOperations else { throw ProtocolError(.limitExceeded) }
        shapes.append(try OperationShape(encoding: try reader.slice(type)))
      case 3:
        guard values.count < Limits.changeOperations else { throw ProtocolError(.limitExceeded) }
        values.append(try Value(encoding: try reader.slice(type)))
      default: throw ProtocolError(.unsupported)
      }
    }
    guard let salt, shapes.count(where: { !$0.withoutValue }) == values.count else {
      throw ProtocolError.malformed
    }
    var next = values.makeIterator()
    let operations = try shapes.map { shape in
      try shape.operation(value: shape.withoutValue ? nil : next.next())
    }
    self.init(salt: salt, operations: operations)
  }
}
