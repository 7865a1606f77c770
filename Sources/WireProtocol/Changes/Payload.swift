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

  /// The encoding (`Payload` in `change.proto`), compressed where that makes it smaller.
  public var encoded: [UInt8] {
    var content = ProtobufWriter(capacity: 64 * operations.count)
    for operation in operations { content.message(2) { operation.write(to: &$0) } }
    for operation in operations {
      guard let value = operation.carriedValue else { continue }
      content.message(3) { value.write(to: &$0) }
    }
    var writer = ProtobufWriter(capacity: 18 + content.bytes.count)
    writer.field(1, identifier: salt)
    if let section = Compression.deflate(content.bytes) {
      writer.field(4, bytes: section)
      writer.field(5, unsigned: UInt64(content.bytes.count))
    } else {
      writer.append(content.bytes)
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
    var content = PayloadContent()
    var section: UnsafeRawBufferPointer?
    var size: UInt64?
    while let (number, type) = try reader.nextField(repeated: 2, 3) {
      switch number {
      case 1: salt = try reader.identifier(type)
      case 2, 3: try content.read(number, type, from: &reader)
      case 4: section = try reader.slice(type)
      case 5: size = try reader.unsigned(type)
      default: throw ProtocolError(.unsupported)
      }
    }
    guard let salt, (section == nil) == (size == nil) else { throw ProtocolError.malformed }
    guard let section, let size else {
      self.init(salt: salt, operations: try content.operations())
      return
    }
    guard content.isEmpty else { throw ProtocolError.malformed }
    let inflated = try Compression.inflate(section, to: size, limit: Limits.payloadInflatedBytes)
    self.init(
      salt: salt, operations: try ProtobufReader.read(inflated) { try PayloadContent.operations(&$0) })
  }
}

/// What a payload holds beside its salt.
private struct PayloadContent {
  /// Most payloads have one operation: it takes no list.
  private var shape: OperationShape?
  private var value: Value?
  private var moreShapes: [OperationShape] = []
  private var moreValues: [Value] = []

  var isEmpty: Bool { shape == nil && value == nil }

  /// Reads the content of a compressed section.
  static func operations(_ reader: inout ProtobufReader) throws -> [Operation] {
    var content = PayloadContent()
    while let (number, type) = try reader.nextField(repeated: 2, 3) {
      guard number == 2 || number == 3 else { throw ProtocolError(.unsupported) }
      try content.read(number, type, from: &reader)
    }
    return try content.operations()
  }

  mutating func read(_ number: UInt32, _ type: ProtobufWireType, from reader: inout ProtobufReader) throws {
    let more = number == 2 ? moreShapes.count : moreValues.count
    guard more + 1 < Limits.changeOperations else { throw ProtocolError(.limitExceeded) }
    if number == 2 {
      let next = try OperationShape(encoding: try reader.slice(type))
      if shape == nil { shape = next } else { moreShapes.append(next) }
    } else {
      let next = try Value(encoding: try reader.slice(type))
      if value == nil { value = next } else { moreValues.append(next) }
    }
  }

  /// Puts the values back into the operations, while the bytes that they were read from are there.
  func operations() throws -> [Operation] {
    guard let shape else {
      guard value == nil else { throw ProtocolError.malformed }
      return []
    }
    if moreShapes.isEmpty, moreValues.isEmpty {
      guard shape.withoutValue == (value == nil) else { throw ProtocolError.malformed }
      return [try shape.operation(value: value)]
    }
    let shapes = [shape] + moreShapes
    let values = (value.map { [$0] } ?? []) + moreValues
    guard shapes.count(where: { !$0.withoutValue }) == values.count else { throw ProtocolError.malformed }
    var next = values.makeIterator()
    let operations = try shapes.map { shape in
      try shape.operation(value: shape.withoutValue ? nil : next.next())
    }
    guard RecordState.secondEdit(in: operations) == nil else { throw ProtocolError.malformed }
    return operations
  }
}
