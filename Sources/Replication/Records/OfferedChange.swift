public import CRDT
public import WireProtocol

/// A change with the verdict that a server gave it before it was restored.
public struct OfferedChange: Hashable, Sendable {
  /// The change, with what it stands for; of a void one the payload is empty.
  public let change: EncodedChange
  /// The digest that it chains to.
  public let previous: Digest
  /// The digest of a void change's payload.
  public let payloadDigest: Digest?
  /// The verdict.
  public let stamp: ChangeStamp

  /// Describes a change as its keeper has it.
  public init(change: EncodedChange, previous: Digest, payloadDigest: Digest? = nil, stamp: ChangeStamp) {
    self.change = change
    self.previous = previous
    self.payloadDigest = payloadDigest
    self.stamp = stamp
  }

  /// The change's digest in its actor's chain.
  public var digest: Digest {
    Chain.digest(
      after: previous, header: change.header.canonicalBytes,
      payloadDigest: payloadDigest ?? Digest(hashing: change.payload))
  }

  /// Reads the message.
  ///
  /// - Throws: `ProtocolError` when its parts are not what they should be.
  public init(_ message: WireOfferedChange) throws {
    let header = try ChangeHeader(canonicalBytes: Array(message.header))
    guard let previous = Digest(bytes: message.previous), message.hasStamp else {
      throw ProtocolError.malformed
    }
    let stamp = try ChangeStamp(message.stamp)
    var payloadDigest: Digest?
    if !message.payloadDigest.isEmpty {
      guard let digest = Digest(bytes: message.payloadDigest), message.payload.isEmpty, !stamp.isAccepted
      else { throw ProtocolError.malformed }
      payloadDigest = digest
    }
    let origin = message.hasOrigin ? try ChangeOrigin(message.origin) : nil
    // A void change too is stored with what it stood for, or its chain could not be recomputed.
    guard (header.originDigest == nil) == (origin == nil) else { throw ProtocolError.malformed }
    self.init(
      change: EncodedChange(header: header, payload: Array(message.payload), origin: origin),
      previous: previous, payloadDigest: payloadDigest, stamp: stamp)
  }

  /// The message.
  public var message: WireOfferedChange {
    .with {
      $0.header = .init(change.header.canonicalBytes)
      $0.payload = .init(payloadDigest == nil ? change.payload : [])
      $0.previous = .init(previous.bytes)
      $0.stamp = stamp.message
      if let payloadDigest { $0.payloadDigest = .init(payloadDigest.bytes) }
      if let origin = change.origin { $0.origin = origin.message(of: change.header) }
    }
  }

  /// No encoding of the message takes more bytes.
  var byteCountMax: Int { change.packedByteCountMax + 256 }
}

/// The end of an actor's chain in a record, as a device knows it.
public struct KnownHead: Hashable, Sendable {
  /// The record.
  public let record: Identifier
  /// The last change.
  public let change: ChangeID
  /// Its digest; of own changes without a verdict also those of the changes before it, in descending order of
  /// number.
  public let digests: [Digest]
  /// The verdict on the last change, if it has one.
  public let stamp: ChangeStamp?

  /// How many changes may be listed.
  static let digestsMax = 256

  /// Describes a head.
  public init(record: Identifier, change: ChangeID, digests: [Digest], stamp: ChangeStamp?) {
    self.record = record
    self.change = change
    self.digests = Array(digests.prefix(Self.digestsMax))
    self.stamp = stamp
  }

  /// The changes that are listed.
  var listed: [(change: ChangeID, digest: Digest)] {
    digests.enumerated().compactMap { offset, digest in
      let (number, isBelow) = change.number.subtractingReportingOverflow(UInt64(offset))
      guard !isBelow, number > 0 else { return nil }
      return (ChangeID(actor: change.actor, number: number), digest)
    }
  }

  /// Reads the message.
  ///
  /// - Throws: `ProtocolError` when its parts are not what they should be.
  public init(_ message: WireKnownHead) throws {
    guard let record = Identifier(bytes: message.record), message.number > 0,
      message.number <= Limits.highestNumber, (1...Self.digestsMax).contains(message.digests.count)
    else { throw ProtocolError.malformed }
    let digests = try message.digests.map { bytes in
      guard let digest = Digest(bytes: bytes) else { throw ProtocolError.malformed }
      return digest
    }
    self.init(
      record: record, change: ChangeID(actor: ActorID(rawValue: message.actor), number: message.number),
      digests: digests, stamp: message.hasStamp ? try ChangeStamp(message.stamp) : nil)
  }

  /// The message.
  public var message: WireKnownHead {
    .with {
      $0.record = .init(record.bytes)
      $0.actor = change.actor.rawValue
      $0.number = change.number
      $0.digests = digests.map { .init($0.bytes) }
      if let stamp { $0.stamp = stamp.message }
    }
  }

  /// No encoding of the message takes more bytes.
  var byteCountMax: Int { 128 + 34 * digests.count }
}
