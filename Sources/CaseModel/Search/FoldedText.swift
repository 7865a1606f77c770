/// A text as search compares it: in small letters, without accents, `å` and `aa` as `a`, `ø` as `o`, `æ` as
/// `ae`, in whichever normal form it was typed.
///
/// It is compared byte by byte. What is no letter of the Latin script stays as it is, in small letters.
public struct FoldedText: Sendable, Hashable {
  /// The folded text in UTF-8.
  public private(set) var bytes: [UInt8] = []

  /// Folds a text.
  ///
  /// - Complexity: O(n)
  public init(_ text: some StringProtocol) {
    bytes.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars { Self.fold(scalar, into: &bytes) }
  }

  /// Puts what a scalar folds to at the end of what came before it.
  @inline(__always)
  static func fold(_ scalar: Unicode.Scalar, into bytes: inout [UInt8]) {
    switch scalar.value {
    case 0x41...0x5a: append(UInt8(truncatingIfNeeded: scalar.value) + 32, to: &bytes)
    case 0..<0x80: append(UInt8(truncatingIfNeeded: scalar.value), to: &bytes)
    case 0x300...0x36f: break
    default: foldRare(scalar, into: &bytes)
    }
  }

  /// `aa` is how `å` was written, and is still in names.
  private static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
    if byte == UInt8(ascii: "a"), bytes.last == byte { return }
    bytes.append(byte)
  }

  private static func foldRare(_ scalar: Unicode.Scalar, into bytes: inout [UInt8]) {
    if let base = bases[scalar] {
      for byte in base.utf8 { append(byte, to: &bytes) }
    } else {
      bytes.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
    }
  }

  private static let bases: [Unicode.Scalar: String] = {
    let letters = [
      "a": "åàáâãäāăąÅÀÁÂÃÄĀĂĄ", "ae": "æÆǽǼ", "o": "øòóôõöōŏőØÒÓÔÕÖŌŎŐǿǾ", "e": "èéêëēĕėęěÈÉÊËĒĔĖĘĚ",
      "i": "ìíîïĩīĭįıÌÍÎÏĨĪĬĮİ", "u": "ùúûüũūŭůűųÙÚÛÜŨŪŬŮŰŲ", "y": "ýÿŷÝŸŶ", "c": "çćĉċčÇĆĈĊČ",
      "n": "ñńņňÑŃŅŇ", "s": "śŝşšŚŜŞŠ", "z": "źżžŹŻŽ", "g": "ĝğġģĜĞĠĢ", "l": "ĺļľłĹĻĽŁ", "r": "ŕŗřŔŖŘ",
      "t": "ţťŢŤ", "d": "ďđðĎĐÐ", "ss": "ßẞ", "th": "þÞ",
    ]
    var bases: [Unicode.Scalar: String] = [:]
    for (base, scalars) in letters { for scalar in scalars.unicodeScalars { bases[scalar] = base } }
    return bases
  }()

  /// Where a folded word stands from a place on; `nil` when it does not.
  ///
  /// - Complexity: O(n × m), as a rule O(n)
  func place(of word: FoldedText, from start: Int = 0) -> Int? {
    guard let first = word.bytes.first, word.bytes.count <= bytes.count - start else { return nil }
    return bytes.withUnsafeBufferPointer { text in
      word.bytes.withUnsafeBufferPointer { wanted in
        var place = start
        let last = text.count - wanted.count
        while place <= last {
          if text[place] == first {
            var length = 1
            while length < wanted.count, text[place + length] == wanted[length] { length += 1 }
            if length == wanted.count { return place }
          }
          place += 1
        }
        return nil
      }
    }
  }

  /// Whether a word begins at a place: nothing, or no letter or figure, stands before it.
  func isWordStart(_ place: Int) -> Bool {
    guard place > 0, bytes.indices.contains(place - 1) else { return true }
    let before = bytes[place - 1]
    return !(before >= 0x80 || (48...57).contains(before) || (97...122).contains(before))
  }
}
