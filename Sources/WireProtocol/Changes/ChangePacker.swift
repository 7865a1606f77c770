public import CRDT

/// Encodes runs of changes, leaving out of each what the change before says (`PackedChanges` in
/// `change.proto`).
public struct ChangePacker {
  private var writer: ProtobufWriter
  private var previous: ChangeHeader?
  private var previousReceived: Int64 = 0

  let epoch: Identifier?

  /// Starts an empty run.
  ///
  /// - Parameter epoch: the session's; a stamp of another names its own.
  public init(epoch: Identifier? = nil) {
    self.epoch = epoch
    writer = ProtobufWriter()
  }

  /// The run's encoding so far.
  public var encoded: [UInt8] { writer.bytes }
  /// The size of the run so far, in bytes.
  public var byteCount: Int { writer.bytes.count }

  /// Adds a change to an encoded `PackedChanges`.
  public mutating func append(_ change: EncodedChange) {
    let before = previous
    writer.message(1) {
      Self.write(change.header, payload: change.payload, origin: change.origin, after: before, to: &$0)
    }
    previous = change.header
  }

  /// Adds a change with the server's verdict to an encoded `DeliveredChanges`.
  public mutating func append(_ delivered: DeliveredChange) {
    let before = previous
    let receivedBefore = previousReceived
    let header = delivered.toldHeader(after: before)
    writer.message(1) { item in
      item.message(1) {
        Self.write(
          header, payload: delivered.payload ?? [],
          origin: header.originDigest == nil ? nil : delivered.origin,
          after: before, to: &$0)
      }
      item.field(2, fixed64: delivered.seal.sealedPosition)
      item.field(3, signed: delivered.receivedAt &- receivedBefore)
      item.field(4, identifier: delivered.seal.mac)
      if let digest = delivered.voidDigest { item.field(5, bytes: digest.bytes) }
      if let epoch, delivered.seal.epoch != epoch { item.field(6, identifier: delivered.seal.epoch) }
    }
    previous = header
    previousReceived = delivered.receivedAt
  }

  /// Adds changes that a run holds encoded. The one before them, as it was encoded there, was added last.
  mutating func copy(_ run: PackedRun, _ range: Range<Int>) {
    guard let last = range.last else { return }
    writer.append(run.bytes[run.ends[range.lowerBound - 1]..<run.ends[last]])
    let delivered = run.changes[last]
    if delivered.voidDigest == nil {
      previous = delivered.header
    } else {
      for index in range { previous = run.changes[index].toldHeader(after: previous) }
    }
    previousReceived = delivered.receivedAt
  }

  private static func write(
    _ header: ChangeHeader, payload: [UInt8], origin: ChangeOrigin?, after previous: ChangeHeader?,
    to writer: inout ProtobufWriter
  ) {
    precondition(
      (header.originDigest == nil) == (origin == nil), "a change without its origin cannot be sent")
    let continues = previous?.record == header.record && previous?.id.actor == header.id.actor
    if previous?.record != header.record { writer.field(1, identifier: header.record) }
    if previous?.id.actor != header.id.actor {
      writer.field(2, fixed64: header.id.actor.rawValue, evenIfZero: true)
    }
    if header.id.number != (continues ? (previous?.id.number ?? 0) + 1 : 1) {
      writer.field(3, unsigned: header.id.number)
    }
    if previous?.author != header.author { writer.field(4, identifier: header.author) }
    writer.field(5, signed: header.writtenAt &- (previous?.writtenAt ?? 0))
    if header.version != header.id.impliedVersion(after: continues ? previous?.version : nil) {
      writer.field(6, unsigned: 1)
      for entry in header.version.entries { writer.message(7) { entry.write(to: &$0) } }
    }
    if let creates = header.creates { writer.message(8) { creates.write(to: &$0) } }
    writer.field(9, bytes: payload)
    if let origin { writer.message(10) { origin.write(of: header, to: &$0) } }
    for seen in header.audienceSeen { writer.message(12) { seen.write(to: &$0) } }
  }
}

extension ChangeID {
  /// The version vector that goes without saying: that of the change before with this actor's own previous
  /// change.
  func impliedVersion(after previous: consuming VersionVector?) -> VersionVector {
    var version = previous ?? VersionVector()
    version.replace(actor, by: number - 1)
    return version
  }
}

extension DeliveredChange {
  /// What readers are told: of a void change next to nothing.
  fileprivate func toldHeader(after previous: ChangeHeader?) -> ChangeHeader {
    voidDigest == nil ? header : header.stub(after: previous)
  }
}

extension ChangeHeader {
  /// What readers are told of a void change: who made it when, and its number. What it would have created and
  /// what its author had seen is nobody's business, and a refused vector of thousands is not sent on to all.
  func stub(after previous: ChangeHeader?) -> ChangeHeader {
    let continues = previous?.record == record && previous?.id.actor == id.actor
    return ChangeHeader(
      record: record, id: id, author: author, writtenAt: writtenAt,
      version: id.impliedVersion(after: continues ? previous?.version : nil))
  }
}
