/// Douglas Crockford's base 32: no I, L, O or U, so that nothing is mistaken for something else when read
/// aloud.
package enum Base32 {
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  /// The symbols of bytes, the last padded with zero bits.
  package static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var symbols: [UInt8] = []
    var buffer: UInt32 = 0
    var bits: UInt32 = 0
    for byte in bytes {
      buffer = buffer << 8 | UInt32(byte)
      bits += 8
      while bits >= 5 {
        bits -= 5
        symbols.append(alphabet[Int(buffer >> bits & 31)])
      }
      buffer &= 1 << bits - 1
    }
    if bits > 0 { symbols.append(alphabet[Int(buffer << (5 - bits) & 31)]) }
    return symbols
  }

  /// The bytes of symbols; `nil` when one is none of the alphabet.
  package static func decode(_ symbols: [UInt8]) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer: UInt32 = 0
    var bits: UInt32 = 0
    for symbol in symbols {
      guard let value = alphabet.firstIndex(of: symbol) else { return nil }
      buffer = buffer << 5 | UInt32(value)
      bits += 5
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
        buffer &= 1 << bits - 1
      }
    }
    return bytes
  }

  /// A symbol that changes whenever one symbol is wrong or two neighbours are swapped.
  ///
  /// It is the polynomial of the symbols at x in GF(32) = GF(2)[x]/(x⁵ + x² + 1), without a constant term. A
  /// sum modulo 31 would not do: there 0 and Z weigh the same.
  package static func check(_ symbols: [UInt8]) -> UInt8 {
    var sum = 0
    for symbol in symbols {
      sum = (sum ^ (alphabet.firstIndex(of: symbol) ?? 0)) << 1
      if sum >= 32 { sum ^= 0b100101 }
    }
    return alphabet[sum]
  }

  /// Upper case, without separators, O read as 0 and I and L as 1; `nil` when something else is in it.
  package static func normalised(_ text: String) -> [UInt8]? {
    var symbols: [UInt8] = []
    for typed in text.utf8 {
      let isLower = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(typed)
      let character = isLower ? typed - 32 : typed
      switch character {
      case UInt8(ascii: "-"), UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"): continue
      case UInt8(ascii: "O"): symbols.append(UInt8(ascii: "0"))
      case UInt8(ascii: "I"), UInt8(ascii: "L"): symbols.append(UInt8(ascii: "1"))
      default:
        guard alphabet.contains(character) else { return nil }
        symbols.append(character)
      }
    }
    return symbols
  }
}
