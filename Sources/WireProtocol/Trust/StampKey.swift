public import CRDT
import Crypto

/// The server's key for stamps and cursors. Backups include it, so that a restored server knows its own word.
public struct StampKey: Sendable {
  private let positionMAC: PreparedMAC
  private let stampMAC: PreparedMAC
  private let cursorMAC: PreparedMAC
  private let cursorMask: PreparedMAC
  private let tokenKey: SymmetricKey

  /// Derives the keys from 32 secret bytes (HKDF, RFC 5869).
  public init(secret: [UInt8]) {
    let secret = SymmetricKey(data: secret)
    func derive(_ purpose: String) -> SymmetricKey {
      HKDF<SHA256>.deriveKey(inputKeyMaterial: secret, info: Array(purpose.utf8), outputByteCount: 32)
    }
    positionMAC = PreparedMAC(key: derive("kos.stamp-position.v1"))
    stampMAC = PreparedMAC(key: derive("kos.stamp-mac.v1"))
    cursorMAC = PreparedMAC(key: derive("kos.cursor-mac.v1"))
    cursorMask = PreparedMAC(key: derive("kos.cursor-mask.v1"))
    tokenKey = derive("kos.session-token.v1")
  }

  /// Stamps a change: seals its place in the log, which others must not count by, and authenticates the
  /// verdict.
  public func seal(
    position: UInt64, epoch: Identifier, receivedAt: Int64, isAccepted: Bool, digest: Digest
  ) -> Seal {
    let sealed = position ^ mask(epoch, digest)
    return Seal(
      epoch: epoch, sealedPosition: sealed,
      mac: mac(epoch: epoch, sealed: sealed, receivedAt: receivedAt, isAccepted: isAccepted, digest: digest))
  }

  /// The position in a stamp that this key made on this change with this verdict; `nil` when it did not.
  public func position(in seal: Seal, receivedAt: Int64, isAccepted: Bool, digest: Digest) -> UInt64? {
    let expected = mac(
      epoch: seal.epoch, sealed: seal.sealedPosition, receivedAt: receivedAt, isAccepted: isAccepted,
      digest: digest)
    // Compared as a whole, so that the time it takes tells nothing of where they differ.
    guard (expected.high ^ seal.mac.high) | (expected.low ^ seal.mac.low) == 0 else { return nil }
    return seal.sealedPosition ^ mask(seal.epoch, digest)
  }

  /// Seals where an epoch began.
  public func sealStart(of epoch: Identifier, at position: UInt64) -> UInt64 {
    position ^ mask(epoch, LogDigest.start)
  }

  /// A digest is unique, and taken in at most once in an epoch: each mask hides one position. (A change that
  /// comes back after a restore gets another position; under the same mask, both stamps would tell how far
  /// they are apart.)
  private func mask(_ epoch: Identifier, _ digest: Digest) -> UInt64 {
    withUnsafeTemporaryAllocation(byteCount: 48, alignment: 8) { bytes in
      bytes.store(epoch, at: 0)
      bytes.store(digest, at: 16)
      return positionMAC.code(UnsafeRawBufferPointer(bytes)).firstWord.byteSwapped
    }
  }

  private func mac(
    epoch: Identifier, sealed: UInt64, receivedAt: Int64, isAccepted: Bool, digest: Digest
  ) -> Identifier {
    withUnsafeTemporaryAllocation(byteCount: 65, alignment: 8) { bytes in
      bytes.store(epoch, at: 0)
      bytes.storeBytes(of: sealed.littleEndian, toByteOffset: 16, as: UInt64.self)
      bytes.storeBytes(of: UInt64(bitPattern: receivedAt).littleEndian, toByteOffset: 24, as: UInt64.self)
      bytes.storeBytes(of: isAccepted ? 1 : 4, toByteOffset: 32, as: UInt8.self)
      bytes.store(digest, at: 33)
      let code = stampMAC.code(UnsafeRawBufferPointer(bytes))
      return Identifier(high: code.firstWord, low: code.secondWord)
    }
  }

  /// What a cursor says.
  public struct Cursor: Hashable, Sendable {
    /// Everything up to this place in the log was delivered.
    public let position: UInt64
    /// The epoch of the log.
    public let epoch: Identifier
    /// The first eight bytes of the log's digest at the position: it shows another history of the same
    /// length.
    public let mark: UInt64
    /// When it was given out, in milliseconds since 1970 by the server's clock: what the device might not
    /// read at that instant was passed over.
    public let givenAt: Int64

    /// Describes a cursor.
    public init(position: UInt64, epoch: Identifier, mark: UInt64, givenAt: Int64) {
      self.position = position
      self.epoch = epoch
      self.mark = mark
      self.givenAt = givenAt
    }
  }

  /// The bytes of a cursor: its code, and its content under a mask that is derived from the code.
  private static let codeBytes = 16, contentBytes = 40

  /// Seals a cursor for one device. The code over the content is also what the content is hidden by (a
  /// synthetic IV, RFC 5297, with HMAC-SHA-256 as its pseudorandom function): no randomness is needed, the
  /// same cursor looks the same, and no cipher has to be set up for so little.
  public func sealCursor(_ cursor: Cursor, actor: ActorID) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Self.codeBytes + Self.contentBytes) { sealed, count in
      let bytes = UnsafeMutableRawBufferPointer(sealed)
      let content = UnsafeMutableRawBufferPointer(rebasing: bytes[Self.codeBytes...])
      content.store(cursor.epoch, at: 0)
      content.storeBytes(of: cursor.position.littleEndian, toByteOffset: 16, as: UInt64.self)
      content.storeBytes(of: cursor.mark.littleEndian, toByteOffset: 24, as: UInt64.self)
      content.storeBytes(of: cursor.givenAt.littleEndian, toByteOffset: 32, as: Int64.self)
      let code = cursorCode(UnsafeRawBufferPointer(content), actor)
      bytes.store(code, at: 0)
      mask(content, after: code)
      count = bytes.count
    }
  }

  /// Opens a cursor that this server sealed for this device.
  ///
  /// - Throws: `ProtocolError` when it is not one.
  public func openCursor(_ cursor: [UInt8], actor: ActorID) throws -> Cursor {
    guard cursor.count == Self.codeBytes + Self.contentBytes,
      let code = Identifier(bytes: cursor.prefix(Self.codeBytes))
    else { throw ProtocolError.malformed }
    return try withUnsafeTemporaryAllocation(byteCount: Self.contentBytes, alignment: 8) { content in
      content.copyBytes(from: cursor.dropFirst(Self.codeBytes))
      mask(content, after: code)
      let expected = cursorCode(UnsafeRawBufferPointer(content), actor)
      // As a whole: the time it takes tells nothing of where they differ.
      let isOwn = (expected.high ^ code.high) | (expected.low ^ code.low) == 0
      guard isOwn else { throw ProtocolError.malformed }
      func number(at offset: Int) -> UInt64 {
        UInt64(littleEndian: content.load(fromByteOffset: offset, as: UInt64.self))
      }
      let epoch = Identifier(
        high: UInt64(bigEndian: content.load(fromByteOffset: 0, as: UInt64.self)),
        low: UInt64(bigEndian: content.load(fromByteOffset: 8, as: UInt64.self)))
      return Cursor(
        position: number(at: 16), epoch: epoch, mark: number(at: 24),
        givenAt: Int64(bitPattern: number(at: 32)))
    }
  }

  private func cursorCode(_ content: UnsafeRawBufferPointer, _ actor: ActorID) -> Identifier {
    withUnsafeTemporaryAllocation(byteCount: 8 + Self.contentBytes, alignment: 8) { bytes in
      bytes.storeBytes(of: actor.rawValue.bigEndian, toByteOffset: 0, as: UInt64.self)
      UnsafeMutableRawBufferPointer(rebasing: bytes[8...]).copyMemory(from: content)
      let code = cursorMAC.code(UnsafeRawBufferPointer(bytes))
      return Identifier(high: code.firstWord, low: code.secondWord)
    }
  }

  /// Hides the content, or shows it again: each block of 32 bytes under a mask of its own.
  private func mask(_ content: UnsafeMutableRawBufferPointer, after code: Identifier) {
    withUnsafeTemporaryAllocation(byteCount: Self.codeBytes + 1, alignment: 8) { bytes in
      bytes.store(code, at: 0)
      for (block, start) in stride(from: 0, to: content.count, by: Digest.byteCount).enumerated() {
        bytes[Self.codeBytes] = UInt8(truncatingIfNeeded: block)
        cursorMask.code(UnsafeRawBufferPointer(bytes)).withUnsafeBytes { mask in
          for (byte, index) in zip(mask, start..<content.count) { content[index] ^= byte }
        }
      }
    }
  }

  /// How many bits of a token's first half are not the session's number.
  private static let tokenNonceBits: UInt64 = 24

  /// The session token of an actor's session: the session's number, and what proves that this server counted
  /// it. One with a higher number than the server knows shows that the server was set back.
  ///
  /// - Parameters:
  ///   - nonce: random; its last 24 bits count. A session that came to nothing has the number of the
  ///     next one, and whoever still has its token is not to be taken for who had the next.
  ///   - isConfirmed: whether the device is confirmed as it is given the token: a server that forgets it
  ///     since, as it is set back, has its own word for that. It is said by the mark alone, so that a token
  ///     from before marks said it counts as that of a device that is not.
  public func token(session number: UInt64, nonce: UInt64, isConfirmed: Bool, actor: ActorID) -> Identifier {
    let head = number &<< Self.tokenNonceBits | nonce & (1 &<< Self.tokenNonceBits - 1)
    return Identifier(high: head, low: tokenMark(head, actor, isConfirmed: isConfirmed))
  }

  /// Whether this server gave a token to this actor when its device was confirmed.
  public func wasConfirmed(_ token: Identifier, actor: ActorID) -> Bool {
    isMarked(token, actor, isConfirmed: true)
  }

  /// The number of the session that a token is for; `nil` when this server never gave it to this actor.
  public func session(of token: Identifier, actor: ActorID) -> UInt64? {
    let isOwn = [true, false].contains { isMarked(token, actor, isConfirmed: $0) }
    return isOwn ? Self.session(ofOwn: token) : nil
  }

  /// The number of the session that a token is for which this server gave.
  public static func session(ofOwn token: Identifier) -> UInt64 { token.high &>> tokenNonceBits }

  private func isMarked(_ token: Identifier, _ actor: ActorID, isConfirmed: Bool) -> Bool {
    // As a whole: the time it takes tells nothing of where they differ.
    (token.low ^ tokenMark(token.high, actor, isConfirmed: isConfirmed)) == 0
  }

  private func tokenMark(_ number: UInt64, _ actor: ActorID, isConfirmed: Bool) -> UInt64 {
    var writer = ProtobufWriter(capacity: 24)
    writer.fixed64(number)
    writer.fixed64(actor.rawValue)
    if isConfirmed { writer.fixed64(1) }
    return HMAC<SHA256>.authenticationCode(for: writer.bytes, using: tokenKey)
      .withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
  }
}

extension UnsafeMutableRawBufferPointer {
  fileprivate func store(_ identifier: Identifier, at offset: Int) {
    storeBytes(of: identifier.high.bigEndian, toByteOffset: offset, as: UInt64.self)
    storeBytes(of: identifier.low.bigEndian, toByteOffset: offset + 8, as: UInt64.self)
  }

  fileprivate func store(_ digest: Digest, at offset: Int) {
    digest.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: self[offset...]).copyMemory(from: $0) }
  }
}
