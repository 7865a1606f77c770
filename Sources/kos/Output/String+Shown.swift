extension String {
  /// The text on one line, as wide as it has characters, without those that could steer a terminal or turn
  /// the direction of writing.
  var shown: String {
    shownBlock.split(whereSeparator: \.isNewline).joined(separator: " ⏎ ")
      .split(separator: "\t", omittingEmptySubsequences: false).joined(separator: " ")
  }

  /// The text with its lines, without other control and bidirectional characters.
  var shownBlock: String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars where scalar == "\n" || scalar == "\t" || !scalar.steers {
      text.append(scalar)
    }
    return String(text)
  }

  /// How many characters of the text are never shown; the end of a line is none, also where it has two.
  var neverShownCount: Int {
    unicodeScalars.count { $0.steers && !["\n", "\r", "\t"].contains($0) }
  }

  /// The text on one line, cut after `length` characters.
  func shown(upTo length: Int) -> String { shown[...].cut(to: length) }

  /// The text with its first letter a capital.
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// The text filled with spaces to a width.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: Swift.max(0, width - count)) }
}

extension Substring {
  /// The text, cut after `length` characters.
  func cut(to length: Int) -> String { count > length ? prefix(length - 1) + "…" : String(self) }
}

extension Unicode.Scalar {
  /// Whether the scalar is a control character, a line separator, or turns the direction of writing.
  fileprivate var steers: Bool {
    switch value {
    case 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff: true
    default: properties.generalCategory == .control
    }
  }
}
