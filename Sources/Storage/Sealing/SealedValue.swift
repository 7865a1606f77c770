import Foundation

/// A value as it lies on the disk. It takes a `StoreSeal` to make one of what is known, and to know what it
/// holds: nothing that is open is bound in its place by mistake.
///
///     format 1 byte · key id 4 · salt 12 · tag 16 · ciphertext, as long as what it holds
struct SealedValue: Hashable, Sendable {
  /// How it is sealed.
  enum Format: UInt8, Sendable {
    /// AES-256-GCM-SIV.
    case sealed = 1
    /// Not at all: tests look for what they then must find.
    case null = 0xff
  }

  /// How many bytes stand before the ciphertext. They tell values apart; alone they cannot be opened.
  static let headBytes = 1 + 4 + saltBytes + tagBytes
  static let saltBytes = 12
  static let tagBytes = 16

  let bytes: [UInt8]
  let format: Format
  let keyID: UInt32

  var salt: ArraySlice<UInt8> { bytes[5..<5 + Self.saltBytes] }
  var tag: ArraySlice<UInt8> { bytes[(5 + Self.saltBytes)..<Self.headBytes] }
  var ciphertext: ArraySlice<UInt8> { bytes[Self.headBytes...] }

  /// Salt, ciphertext and tag one after the other, as the cipher takes them. By the profile its own way from
  /// the three parts took a third of the time of opening a value.
  var combined: Data {
    var combined = Data(capacity: bytes.count)
    bytes.withUnsafeBytes { bytes in
      combined.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[5..<5 + Self.saltBytes]))
      combined.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[Self.headBytes...]))
      combined.append(
        contentsOf: UnsafeRawBufferPointer(rebasing: bytes[5 + Self.saltBytes..<Self.headBytes]))
    }
    return combined
  }

  /// What was stored; its head suffices to tell it from others.
  ///
  /// - Throws: `damaged` for what cannot be a sealed value.
  init(stored bytes: [UInt8]) throws {
    guard bytes.count >= Self.headBytes, let format = Format(rawValue: bytes[0]) else {
      throw StorageError(.damaged)
    }
    self.bytes = bytes
    self.format = format
    keyID = bytes[1..<5].reduce(0) { $0 << 8 | UInt32($1) }
  }

  init(
    _ format: Format, keyID: UInt32, salt: some Collection<UInt8>, tag: some Collection<UInt8>,
    _ ciphertext: some Collection<UInt8>
  ) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.headBytes + ciphertext.count)
    bytes.append(format.rawValue)
    for shift in stride(from: 24, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: keyID >> UInt32(shift)))
    }
    bytes += salt
    bytes += tag
    bytes += ciphertext
    self.bytes = bytes
    self.format = format
    self.keyID = keyID
  }
}
