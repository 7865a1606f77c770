import CRDT

extension RecordSnapshot {
  /// The encoding (`RecordState` in `change.proto`).
  public var encoded: [UInt8] {
    var writer = ProtobufWriter(capacity: 128 + 96 * (heads.count + state.fields.count))
    writer.field(1, identifier: record)
    if let facts { writer.message(2) { facts.write(to: &$0) } }
    if let creator { writer.field(3, identifier: creator) }
    for head in heads.values.sorted(by: { $0.id < $1.id }) {
      writer.message(4) { head.write(to: &$0) }
    }
    for (context, operations) in liveChanges {
      writer.message(5) { Self.write(context, operations, to: &$0) }
    }
    for (field, text) in state.texts.sorted(by: { $0.key < $1.key }) {
      writer.message(6) { Self.write(field, text.state, to: &$0) }
    }
    for change in state.ahead { writer.message(7) { Self.write(change, to: &$0) } }
    writer.field(8, signed: receivedAt)
    return writer.bytes
  }

  private typealias Live = (index: UInt32, operation: Operation)

  private static func write(_ field: FieldID, _ text: TextState, to writer: inout ProtobufWriter) {
    let content = text.encodedContent
    writer.field(1, unsigned: UInt64(field.rawValue))
    guard content.count <= Limits.textInflatedBytes, let section = Compression.deflate(content) else {
      return writer.field(2, bytes: content)
    }
    writer.field(2, bytes: section)
    writer.field(3, unsigned: UInt64(content.count))
  }

  /// The live operations, and edits that wait, gathered by change, in order of change.
  private var liveChanges: [(ChangeContext, [Live])] {
    var changes: [ChangeID: (ChangeContext, [Live])] = [:]
    for (key, operations) in state.fields {
      for operation in operations {
        let whole = key.operation(with: operation.value)
        changes[operation.context.id, default: (operation.context, [])].1.append((operation.index, whole))
      }
    }
    for (field, text) in state.texts {
      for waiting in text.waiting {
        let operation = Operation(field: field, action: .edit(waiting.edit))
        changes[waiting.context.id, default: (waiting.context, [])].1.append((waiting.index, operation))
      }
    }
    return changes.values.sorted { $0.0.id < $1.0.id }
  }

  private static func write(
    _ context: ChangeContext, _ operations: [Live], to writer: inout ProtobufWriter
  ) {
    write(context, to: &writer)
    for (index, operation) in operations.sorted(by: { $0.index < $1.index }) {
      write(operation, index: index, to: &writer)
    }
  }

  /// Writes a change that names what is not here, with all of its operations: those that have no effect now
  /// may supersede what comes.
  private static func write(_ change: Change, to writer: inout ProtobufWriter) {
    write(change.context, to: &writer)
    for (index, operation) in change.operations.enumerated() {
      write(operation, index: UInt32(truncatingIfNeeded: index), to: &writer)
    }
  }

  private static func write(_ whole: Operation, index: UInt32, to writer: inout ProtobufWriter) {
    writer.message(8) { item in
      item.field(1, unsigned: UInt64(index))
      item.message(2) { whole.write(to: &$0) }
      if let value = whole.carriedValue { item.message(3) { value.write(to: &$0) } }
    }
  }

  private static func write(_ context: ChangeContext, to writer: inout ProtobufWriter) {
    writer.field(1, fixed64: context.id.actor.rawValue)
    writer.field(2, unsigned: context.id.number)
    writer.field(3, identifier: context.author)
    writer.field(4, signed: context.writtenAt)
    for entry in context.version.entries { writer.message(5) { entry.write(to: &$0) } }
    if let received = context.receivedAt, let seal = context.seal {
      writer.message(6) { seal.write(receivedAt: received, isAccepted: true, to: &$0) }
    }
    if let origin = context.origin { writer.message(7) { origin.write(to: &$0) } }
  }
}

extension RecordState.Key {
  /// The operation that put a live value under this key.
  fileprivate func operation(with value: Value) -> Operation {
    switch (kind, value) {
    case (.register, _): Operation(field: field, action: .assign(value))
    case (.set, _): Operation(field: field, action: .add(value))
    case (.arbitrated, _): Operation(field: field, action: .decide(value))
    case (.rank, .bytes(let bytes)): Operation(field: field, action: .ranked(bytes))
    case (_, .unknown(let encoding)):
      Operation(field: field, action: .unknown(kind: kind, encoding: encoding))
    default: preconditionFailure("a live operation of unknown kind is kept as its encoding")
    }
  }
}

extension Operation.Action {
  /// The action that gave a live rank.
  fileprivate static func ranked(_ bytes: [UInt8]) -> Operation.Action {
    guard let rank = Rank(bytes: bytes) else { preconditionFailure("a live rank is one") }
    return .rank(rank)
  }
}

extension RecordSnapshot.Head {
  fileprivate func write(to writer: inout ProtobufWriter) {
    writer.field(1, fixed64: id.actor.rawValue)
    writer.field(2, unsigned: id.number)
    writer.field(3, bytes: digest.bytes)
    if let seal {
      writer.message(4) { seal.write(receivedAt: receivedAt, isAccepted: isAccepted, to: &$0) }
    }
  }
}

extension Seal {
  /// Writes the stamp (`Stamp` in `change.proto`) that this seal is part of.
  func write(receivedAt: Int64, isAccepted: Bool, to writer: inout ProtobufWriter) {
    writer.field(1, identifier: epoch)
    writer.field(2, fixed64: sealedPosition)
    writer.field(3, signed: receivedAt)
    writer.field(4, unsigned: isAccepted ? 1 : 4)
    writer.field(5, identifier: mac)
  }
}

extension Origin {
  fileprivate func write(to writer: inout ProtobufWriter) {
    writer.field(1, fixed64: id.actor.rawValue)
    writer.field(2, unsigned: id.number)
    for entry in version.entries { writer.message(3) { entry.write(to: &$0) } }
    writer.field(4, identifier: author)
    writer.field(5, signed: writtenAt)
  }
}
