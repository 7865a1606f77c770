import CRDT

extension RecordSnapshot {
  /// Reads an encoding that a store kept or a server delivered.
  ///
  /// - Throws: `ProtocolError` when the bytes are not one.
  public init(encoded bytes: [UInt8]) throws {
    self = try ProtobufReader.read(bytes) { try RecordSnapshot(from: &$0) }
  }

  private init(from reader: inout ProtobufReader) throws {
    var record: Identifier?
    var facts: RecordFacts?
    var creator: Identifier?
    var heads: [ActorID: Head] = [:]
    var version: [VersionVector.Entry] = []
    var fields: [RecordState.Key: [LiveOperation]] = [:]
    while let (number, type) = try reader.nextField() {
      switch number {
      case 1: record = try reader.identifier(type)
      case 2: facts = try reader.message(type) { try RecordFacts(from: &$0) }
      case 3: creator = try reader.identifier(type)
      case 4:
        let head = try reader.message(type) { try Head(from: &$0) }
        heads[head.id.actor] = head
        version.append(head.id)
      case 5: try reader.message(type) { try Self.readLiveChange(&$0, into: &fields) }
      default: throw ProtocolError(.unsupported)
      }
    }
    guard let record, let version = VersionVector(sorted: version) else { throw ProtocolError.malformed }
    self.init(
      record: record, facts: facts, creator: creator, heads: heads,
      state: RecordState(version: version, fields: fields))
  }

  private static func readLiveChange(
    _ reader: inout ProtobufReader, into fields: inout [RecordState.Key: [LiveOperation]]
  ) throws {
    var actor: UInt64 = 0
    var number: UInt64 = 0
    var author: Identifier?
    var writtenAt: Int64 = 0
    var version: [VersionVector.Entry] = []
    var stamp: (receivedAt: Int64, isAccepted: Bool, seal: Seal)?
    var origin: Origin?
    var operations: [(index: UInt32, operation: Operation)] = []
    while let (field, type) = try reader.nextField() {
      switch field {
      case 1: actor = try reader.fixed64(type)
      case 2: number = try reader.unsigned(type)
      case 3: author = try reader.identifier(type)
      case 4: writtenAt = try reader.signed(type)
      case 5: version.append(try reader.message(type) { try VersionVector.Entry(from: &$0) })
      case 6: stamp = try reader.message(type) { try Seal.readStamp(&$0) }
      case 7: origin = try reader.message(type) { try Origin(from: &$0) }
      case 8: operations.append(try reader.message(type) { try readLiveOperation(&$0) })
      default: throw ProtocolError(.unsupported)
      }
    }
    guard let author, number > 0, let version = VersionVector(sorted: version) else {
      throw ProtocolError.malformed
    }
    let context = ChangeContext(
      id: ChangeID(actor: ActorID(rawValue: actor), number: number), version: version, author: author,
      writtenAt: writtenAt, receivedAt: stamp?.receivedAt, origin: origin, seal: stamp?.seal)
    for (index, operation) in operations {
      let key = RecordState.Key(field: operation.field, kind: operation.kind)
      fields[key, default: []].append(
        LiveOperation(index: index, value: operation.liveValue, context: context))
    }
  }

  private static func readLiveOperation(
    _ reader: inout ProtobufReader
  ) throws -> (index: UInt32, operation: Operation) {
    var index: UInt32 = 0
    var shape: OperationShape?
    var value: Value?
    while let (number, type) = try reader.nextField() {
      switch number {
      case 1: index = try reader.unsigned32(type)
      case 2: shape = try OperationShape(encoding: try reader.slice(type))
      case 3: value = try Value(encoding: try reader.slice(type))
      default: throw ProtocolError(.unsupported)
      }
    }
    guard let shape else { throw ProtocolError.malformed }
    return (index, try shape.operation(value: value))
  }
}

extension Operation {
  /// What a live operation of this action holds.
  fileprivate var liveValue: Value {
    switch action {
    case .assign(let value), .add(let value), .remove(let value), .decide(let value): value
    case .unknown(_, let encoding): .unknown(encoding)
    }
  }
}

extension RecordSnapshot.Head {
  fileprivate init(from reader: inout ProtobufReader) throws {
    var actor: UInt64 = 0
    var number: UInt64 = 0
    var digest: Digest?
    var stamp: (receivedAt: Int64, isAccepted: Bool, seal: Seal)?
    while let (field, type) = try reader.nextField() {
      switch field {
      case 1: actor = try reader.fixed64(type)
      case 2: number = try reader.unsigned(type)
      case 3: digest = Digest(loadedFrom: try reader.slice(type))
      case 4: stamp = try reader.message(type) { try Seal.readStamp(&$0) }
      default: throw ProtocolError(.unsupported)
      }
    }
    guard let digest, number > 0, number <= Limits.highestNumber else { throw ProtocolError.malformed }
    self.init(
      id: ChangeID(actor: ActorID(rawValue: actor), number: number), digest: digest,
      receivedAt: stamp?.receivedAt ?? 0, isAccepted: stamp?.isAccepted ?? true, seal: stamp?.seal)
  }
}

extension Seal {
  /// Reads a `Stamp`.
  fileprivate static func readStamp(
    _ reader: inout ProtobufReader
  ) throws -> (receivedAt: Int64, isAccepted: Bool, seal: Seal) {
    var epoch: Identifier?
    var position: UInt64 = 0
    var receivedAt: Int64 = 0
    var verdict: UInt32 = 0
    var mac: Identifier?
    while let (field, type) = try reader.nextField() {
      switch field {
      case 1: epoch = try reader.identifier(type)
      case 2: position = try reader.fixed64(type)
      case 3: receivedAt = try reader.signed(type)
      case 4: verdict = try reader.unsigned32(type)
      case 5: mac = try reader.identifier(type)
      default: throw ProtocolError(.unsupported)
      }
    }
    guard let epoch, let mac else { throw ProtocolError.malformed }
    return (receivedAt, verdict == 1, Seal(epoch: epoch, sealedPosition: position, mac: mac))
  }
}

extension Origin {
  fileprivate init(from reader: inout ProtobufReader) throws {
    var actor: UInt64 = 0
    var number: UInt64 = 0
    var version: [VersionVector.Entry] = []
    var author: Identifier?
    var writtenAt: Int64 = 0
    while let (field, type) = try reader.nextField() {
      switch field {
      case 1: actor = try reader.fixed64(type)
      case 2: number = try reader.unsigned(type)
      case 3: version.append(try reader.message(type) { try VersionVector.Entry(from: &$0) })
      case 4: author = try reader.identifier(type)
      case 5: writtenAt = try reader.signed(type)
      default: throw ProtocolError(.unsupported)
      }
    }
    guard let author, number > 0, let version = VersionVector(sorted: version) else {
      throw ProtocolError.malformed
    }
    self.init(
      id: ChangeID(actor: ActorID(rawValue: actor), number: number), version: version, author: author,
      writtenAt: writtenAt)
  }
}
