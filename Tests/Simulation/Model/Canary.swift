import CRDT
import CaseModel

/// A word in a text that says which text it is, so that it is known wherever it turns up.
struct Canary {
  let record: Identifier
  let kind: RecordKind
  let home: Identifier?

  static let mark: [UInt8] = Array("@@".utf8)
  static let digits = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
  static let length = 10

  /// The word for a number of 50 bits.
  static func word(_ number: UInt64) -> String {
    var bytes = mark
    for place in 0..<length { bytes.append(digits[Int(number >> UInt64(5 * place)) & 31]) }
    return String(decoding: bytes + mark, as: UTF8.self)
  }

  /// The numbers of the words in some bytes.
  static func numbers(in bytes: [UInt8]) -> [UInt64] {
    var found: [UInt64] = []
    bytes.withUnsafeBufferPointer { bytes in
      let size = length + 2 * mark.count
      var place = 0
      while place + size <= bytes.count {
        if bytes[place] == mark[0], bytes[place + 1] == mark[1],
          let number = number(of: bytes[(place + 2)..<(place + 2 + length)])
        {
          found.append(number)
          place += size
        } else {
          place += 1
        }
      }
    }
    return found
  }

  private static func number(of digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64? {
    var number: UInt64 = 0
    for (place, byte) in digits.enumerated() {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = byte - UInt8(ascii: "a")
      case UInt8(ascii: "2")...UInt8(ascii: "7"): digit = byte - UInt8(ascii: "2") + 26
      default: return nil
      }
      number |= UInt64(digit) << UInt64(5 * place)
    }
    return number
  }
}
