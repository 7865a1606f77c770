/// A random 128-bit identifier (UUID version 4 on creation), compared and ordered by its bytes.
///
/// It has no clock and no randomness of its own: whoever creates one passes the bytes in.
public struct Identifier: BitwiseCopyable, Hashable, Sendable, Comparable {
  /// The first eight bytes, big-endian.
  public let high: UInt64
  /// The last eight bytes, big-endian.
  public let low: UInt64

  /// Makes an identifier of two big-endian halves.
  @inlinable public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Makes an identifier of exactly 16 bytes; `nil` for any other length.
  ///
  /// - Complexity: O(1). It is compiled where it is used: unspecialised it would take microseconds.
  @inlinable public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for (offset, byte) in bytes.enumerated() {
      if offset < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt64(byte) }
    }
    self.init(high: high, low: low)
  }

  /// Makes a UUID version 4 (RFC 9562 §5.4) of 128 random bits.
  public init(randomHigh: UInt64, randomLow: UInt64) {
    high = randomHigh & ~0xf000 | 0x4000
    low = randomLow & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000
  }

  /// The 16 bytes in wire order.
  public var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
      for offset in 0..<8 {
        buffer[offset] = UInt8(truncatingIfNeeded: high >> (56 - 8 * UInt64(offset)))
        buffer[offset + 8] = UInt8(truncatingIfNeeded: low >> (56 - 8 * UInt64(offset)))
      }
      count = 16
    }
  }

  /// By bytes.
  public static func < (left: Identifier, right: Identifier) -> Bool {
    left.high == right.high ? left.low < right.low : left.high < right.high
  }
}

extension Identifier: CustomStringConvertible, LosslessStringConvertible {
  /// The usual 8-4-4-4-12 form in lower case.
  public var description: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for (offset, byte) in bytes.enumerated() {
      if offset == 4 || offset == 6 || offset == 8 || offset == 10 { text.append(UInt8(ascii: "-")) }
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Parses the 8-4-4-4-12 form, or 32 hexadecimal digits; `nil` for anything else.
  public init?(_ description: String) {
    let text = Array(description.utf8)
    let dashes = text.count == 36 ? [8, 13, 18, 23] : []
    guard text.count == 32 + dashes.count else { return nil }
    var halves: [UInt64] = [0, 0]
    var digits = 0
    for (offset, byte) in text.enumerated() {
      if dashes.contains(offset) {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let value = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
      halves[digits / 16] = halves[digits / 16] << 4 | UInt64(value)
      digits += 1
    }
    self.init(high: halves[0], low: halves[1])
  }
}
