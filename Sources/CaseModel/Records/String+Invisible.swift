extension Unicode.Scalar {
  /// Whether it is a control character other than a line's end and a tabulator, a line separator, a character
  /// that turns the direction of writing or joins nothing visibly, or none at all (Unicode Standard Annex 9).
  public var isInvisible: Bool {
    switch value {
    case 0x0a, 0x09: false
    case 0x00ad, 0x061c, 0x180e, 0x200b...0x200f, 0x2028...0x202e, 0x2060...0x206f, 0xfeff,
      0xfff9...0xfffb, 0xfffe, 0xffff, 0xe0000...0xe0fff:
      true
    default: properties.generalCategory == .control || properties.isNoncharacterCodePoint
    }
  }
}

extension String {
  /// The text without characters that are invisible or turn the direction of writing.
  public var withoutInvisible: String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars where !scalar.isInvisible { text.append(scalar) }
    return String(text)
  }
}
