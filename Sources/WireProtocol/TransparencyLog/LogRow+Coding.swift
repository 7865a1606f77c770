import CRDT

extension LogRow {
  /// The row as it is stored and sent. It is not what is hashed: blinding changes it and not the leaf.
  public var encoded: [UInt8] {
    var writer = ProtobufWriter(capacity: 192)
    switch self {
    case .entry(let recordedAt, let agent, let event):
      writer.message(1) {
        $0.field(1, signed: recordedAt)
        $0.message(2) { agent.write(to: &$0) }
        $0.message(3) { event.write(to: &$0) }
      }
    case .padding(let salt): writer.field(2, identifier: salt)
    case .withheld(let commitment): writer.field(3, bytes: commitment.bytes)
    }
    return writer.bytes
  }

  /// Reads an encoding. What the parts say is read by itself (`LogAgent`, `DeliveredEvent`, `OpenedEvent`),
  /// so that a row of a later version can be held against the tree all the same.
  ///
  /// - Throws: `ProtocolError`: `UNSUPPORTED` for a row or a field of a later version, `LIMIT_EXCEEDED`,
  ///   `MALFORMED`.
  public init(encoded bytes: [UInt8]) throws {
    self = try ProtobufReader.read(bytes) { reader in
      guard let (field, type) = try reader.nextField() else { throw ProtocolError.malformed }
      let row: LogRow
      switch field {
      case 1: row = try reader.message(type) { try LogRow(entry: &$0) }
      case 2: row = .padding(salt: try reader.identifier(type))
      case 3: row = .withheld(commitment: try reader.digest(type))
      default: throw ProtocolError(.unsupported)
      }
      guard try reader.nextField() == nil else { throw ProtocolError.malformed }
      return row
    }
    guard encoded == bytes else { throw ProtocolError.malformed }
  }

  private init(entry reader: inout ProtobufReader) throws {
    var recordedAt: Int64 = 0
    var (agent, event): (LogPart?, LogPart?)
    while let (field, type) = try reader.nextField() {
      switch field {
      case 1: recordedAt = try reader.signed(type)
      case 2: agent = try reader.message(type) { try LogPart(from: &$0) }
      case 3: event = try reader.message(type) { try LogPart(from: &$0) }
      default: throw ProtocolError(.unsupported)
      }
    }
    guard let agent, let event else { throw ProtocolError.malformed }
    self = .entry(recordedAt: recordedAt, agent: agent, event: event)
  }
}

extension LogPart {
  fileprivate func write(to writer: inout ProtobufWriter) {
    switch self {
    case .told(let salt, let content):
      writer.field(1, identifier: salt)
      writer.field(2, bytes: content)
    case .blinded(let digest): writer.field(3, bytes: digest.bytes)
    }
  }

  fileprivate init(from reader: inout ProtobufReader) throws {
    var salt: Identifier?
    var content: [UInt8] = []
    var digest: Digest?
    while let (field, type) = try reader.nextField() {
      switch field {
      case 1: salt = try reader.identifier(type)
      case 2:
        content = try reader.bytes(type)
        guard content.count <= Limits.logPartBytes else { throw ProtocolError(.limitExceeded) }
      case 3: digest = try reader.digest(type)
      default: throw ProtocolError(.unsupported)
      }
    }
    switch (salt, digest) {
    case (let salt?, nil) where !content.isEmpty: self = .told(salt: salt, content: content)
    case (nil, let digest?) where content.isEmpty: self = .blinded(digest)
    default: throw ProtocolError.malformed
    }
  }
}
