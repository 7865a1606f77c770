import CRDT

/// An operation without its value (`Operation` in `change.proto`).
struct OperationShape {
  let field: FieldID
  let kind: FieldKind
  let action: UInt32
  let withoutValue: Bool
  /// The steps of an edit of a text; they lie in the bytes that the shape was read from.
  private let steps: UnsafeRawBufferPointer?
  /// The whole encoding, kept for kinds that are unknown here.
  private let encoding: [UInt8]?

  /// Reads an operation. A known kind has the actions and fields that it has, for ever: what does something
  /// else to a field takes a new kind, so that it is kept by those who do not know it and never merged as
  /// what it is not.
  init(encoding bytes: UnsafeRawBufferPointer) throws {
    var reader = ProtobufReader(bytes)
    var field: UInt32 = 0
    var kind: UInt32 = 0
    var action: UInt32 = 0
    var withoutValue = false
    var steps: UnsafeRawBufferPointer?
    var isExtended = false
    while let (number, type) = try reader.nextField(unknown: 5) {
      switch number {
      case 1: field = try reader.unsigned32(type)
      case 2: kind = try reader.unsigned32(type)
      case 3: action = try reader.unsigned32(type)
      case 4: withoutValue = try reader.boolean(type)
      case 15 where type == .lengthDelimited && steps == nil: steps = try reader.slice(type)
      default:
        isExtended = true
        try reader.skip(type)
      }
    }
    guard field > 0 else { throw ProtocolError.malformed }
    self.field = FieldID(rawValue: field)
    self.kind = kind == 0 ? .register : FieldKind(rawValue: kind)
    self.action = action
    self.withoutValue = withoutValue
    self.steps = steps
    guard let highestAction = Self.highestAction(of: self.kind) else {
      encoding = Array(bytes)
      return
    }
    guard action <= highestAction, !withoutValue, !isExtended, steps == nil || self.kind == .text else {
      throw ProtocolError(.unsupported)
    }
    encoding = nil
  }

  /// Puts the value back in.
  func operation(value: Value?) throws -> Operation {
    if let encoding {
      var writer = ProtobufWriter()
      writer.field(2, bytes: encoding)
      if let value { writer.message(3) { value.write(to: &$0) } }
      return Operation(field: field, action: .unknown(kind: kind, encoding: writer.bytes))
    }
    guard let value else { throw ProtocolError.malformed }
    switch (kind, action) {
    case (.register, _): return Operation(field: field, action: .assign(value))
    case (.set, 0): return Operation(field: field, action: .add(value))
    case (.set, _): return Operation(field: field, action: .remove(value))
    case (.text, _):
      guard case .text(let text) = value, let steps else { throw ProtocolError.malformed }
      return Operation(field: field, action: .edit(try TextEdit(steps: steps, text: text)))
    case (.rank, _):
      guard case .bytes(let bytes) = value, let rank = Rank(bytes: bytes) else {
        throw ProtocolError.malformed
      }
      return Operation(field: field, action: .rank(rank))
    default: return Operation(field: field, action: .decide(value))
    }
  }

  /// The highest action of a kind that is known here.
  private static func highestAction(of kind: FieldKind) -> UInt32? {
    switch kind {
    case .register, .text, .rank, .arbitrated: 0
    case .set: 1
    default: nil
    }
  }
}

extension Operation {
  /// The value that stands among the payload's values.
  var carriedValue: Value? {
    switch action {
    case .assign(let value), .add(let value), .remove(let value), .decide(let value): value
    case .edit(let edit): .text(edit.text)
    case .rank(let rank): .bytes(rank.bytes)
    case .unknown(_, let encoding): UnknownOperation(encoding)?.value
    }
  }

  /// Writes the operation without its value.
  func write(to writer: inout ProtobufWriter) {
    if case .unknown(_, let encoding) = action {
      if let unknown = UnknownOperation(encoding) { writer.raw(unknown.shape) }
      return
    }
    writer.field(1, unsigned: UInt64(field.rawValue))
    // Most operations are on registers: they go without saying.
    if kind != .register { writer.field(2, unsigned: UInt64(kind.rawValue)) }
    if case .remove = action { writer.field(3, unsigned: 1) }
    if case .edit(let edit) = action { writer.message(15) { edit.writeSteps(to: &$0) } }
  }
}

/// An operation of unknown kind, as it is kept: its encoding and its value's.
private struct UnknownOperation {
  let shape: [UInt8]
  let value: Value?

  init?(_ encoding: [UInt8]) {
    var shape: [UInt8] = []
    var value: Value?
    do {
      try ProtobufReader.read(encoding) { reader in
        while let (number, type) = try reader.nextField() {
          switch number {
          case 2: shape = try reader.bytes(type)
          case 3: value = try Value(encoding: try reader.slice(type))
          default: try reader.skip(type)
          }
        }
      }
    } catch {
      return nil
    }
    self.shape = shape
    self.value = value
  }
}
