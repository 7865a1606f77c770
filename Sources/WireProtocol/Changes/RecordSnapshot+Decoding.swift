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
    var receivedAt: Int64 = 0
    var heads: [ActorID: Head] = [:]
    var version: [VersionVector.Entry] = []
    var fields: [RecordState.Key: [LiveOperation]] = [:]
    var waiting: [FieldID: [TextSequence.WaitingEdit]] = [:]
    var contents: [TextSection] = []
    var live: [ChangeID] = []
    var ahead: [Change] = []
    var last: ChangeID?
    while let (number, type) = try reader.nextField(repeated: 4, 5, 6, 7) {
      switch number {
      case 1: record = try reader.identifier(type)
      case 2: facts = try reader.message(type) { try RecordFacts(from: &$0) }
      case 3: creator = try reader.identifier(type)
      case 4:
        guard version.count < Limits.versionActors else { throw ProtocolError(.limitExceeded) }
        let head = try reader.message(type) { try Head(from: &$0) }
        heads[head.id.actor] = head
        version.append(head.id)
      case 5:
        let change = try reader.message(type) { try Self.readLiveChange(&$0, into: &fields, &waiting) }
        guard last.map({ $0 < change }) ?? true else { throw ProtocolError.malformed }
        last = change
        live.append(change)
      case 6:
        let section = try reader.message(type) { try TextSection(from: &$0) }
        guard contents.last.map({ $0.field < section.field }) ?? true else { throw ProtocolError.malformed }
        contents.append(section)
      case 7:
        let change = try reader.message(type) { try Self.readChange(&$0) }
        guard change.operations.enumerated().allSatisfy({ $0.offset == Int($0.element.index) }) else {
          throw ProtocolError.malformed
        }
        ahead.append(Change(context: change.context, operations: change.operations.map { $0.operation }))
      case 8: receivedAt = try reader.signed(type)
      default: throw ProtocolError(.unsupported)
      }
    }
    guard let record, let version = VersionVector(sorted: version), live.allSatisfy({ version.contains($0) }),
      let state = RecordState(
        version: version, fields: fields, texts: try TextSection.texts(contents, waiting: waiting),
        ahead: ahead)
    else { throw ProtocolError.malformed }
    self.init(
      record: record, facts: facts, creator: creator, receivedAt: receivedAt, heads: heads, state: state)
  }

  private static func readLiveChange(
    _ reader: inout ProtobufReader, into fields: inout [RecordState.Key: [LiveOperation]],
    _ waiting: inout [FieldID: [TextSequence.WaitingEdit]]
  ) throws -> ChangeID {
    let (context, operations) = try readChange(&reader)
    guard !operations.isEmpty else { throw ProtocolError.malformed }
    for (index, operation) in operations {
      if case .edit(let edit) = operation.action {
        let waits = TextSequence.WaitingEdit(context: context, index: index, edit: edit)
        waiting[operation.field, default: []].append(waits)
        continue
      }
      let key = RecordState.Key(field: operation.field, kind: operation.kind)
      fields[key, default: []].append(
        LiveOperation(index: index, value: try operation.liveValue(), context: context))
    }
    return context.id
  }

  private static func readChange(
    _ reader: inout ProtobufReader
  ) throws -> (context: ChangeContext, operations: [(index: UInt32, operation: Operation)]) {
    var actor: UInt64 = 0
    var number: UInt64 = 0
    var author: Identifier?
    var writtenAt: Int64 = 0
    var version: [VersionVector.Entry] = []
    var stamp: (receivedAt: Int64, isAccepted: Bool, seal: Seal)?
    var origin: Origin?
    var operations: [(index: UInt32, operation: Operation)] = []
    while let (field, type) = try reader.nextField(repeated: 5, 8) {
      switch field {
      case 1: actor = try reader.fixed64(type)
      case 2: number = try reader.unsigned(type)
      case 3: author = try reader.identifier(type)
      case 4: writtenAt = try reader.signed(type)
      case 5: try reader.versionEntry(type, appendingTo: &version)
      case 6: stamp = try reader.message(type) { try Seal.readStamp(&$0) }
      case 7: origin = try reader.message(type) { try Origin(from: &$0) }
      case 8:
        let item = try reader.message(type) { try readLiveOperation(&$0) }
        guard operations.last.map({ $0.index < item.index }) ?? true else { throw ProtocolError.malformed }
        operations.append(item)
      default: throw ProtocolError(.unsupported)
      }
    }
    guard let author, number > 0, let version = VersionVector(sorted: version), stamp?.isAccepted ?? true
    else { throw ProtocolError.malformed }
    let context = ChangeContext(
      id: ChangeID(actor: ActorID(rawValue: actor), number: number), version: version, author: author,
      writtenAt: writtenAt, receivedAt: stamp?.receivedAt, origin: origin, seal: stamp?.seal)
    return (context, operations)
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
  /// What a live operation of this action holds. A removal takes effect at once and never lives.
  fileprivate func liveValue() throws -> Value {
    switch action {
    case .assign(let value), .add(let value), .decide(let value): value
    case .rank(let rank): .bytes(rank.bytes)
    case .unknown(_, let encoding): .unknown(encoding)
    case .remove, .edit: throw ProtocolError.malformed
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
      case 3: digest = try reader.digest(type)
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
  static func readStamp(
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
    // No stamp says held or quarantined: what waits is void to the log.
    guard verdict == 1 || verdict == 4 else { throw ProtocolError(.unsupported) }
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
    while let (field, type) = try reader.nextField(repeated: 3) {
      switch field {
      case 1: actor = try reader.fixed64(type)
      case 2: number = try reader.unsigned(type)
      case 3: try reader.versionEntry(type, appendingTo: &version)
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
