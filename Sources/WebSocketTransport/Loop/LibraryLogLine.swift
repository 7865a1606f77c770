/// A line of the library's log, made fit for ours: no address, nothing quoted from a peer, no control
/// characters.
enum LibraryLogLine {
  /// Bytes of a line that are kept. 200.
  private static let bytesMax = 200

  /// The line without what may be personal or hostile.
  static func redacted(_ line: String) -> String {
    var words: [String] = []
    var isQuoted = false
    for word in line.utf8.prefix(bytesMax).split(whereSeparator: { $0 <= 0x20 || $0 >= 0x7f }) {
      let quotes = word.count { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
      let wasQuoted = isQuoted
      if quotes % 2 == 1 { isQuoted.toggle() }
      if wasQuoted || quotes > 0 {
        if words.last != "<quoted>" { words.append("<quoted>") }
      } else {
        words.append(isAddress(word) ? "<address>" : String(decoding: Array(word), as: UTF8.self))
      }
    }
    return words.joined(separator: " ")
  }

  /// Whether a word has the look of an IP address: three dots between digits, or two colons and hexadecimal
  /// digits.
  private static func isAddress(_ word: some Sequence<UInt8>) -> Bool {
    var dots = 0
    var colons = 0
    var digits = 0
    for byte in word {
      switch byte {
      case UInt8(ascii: "."): dots += 1
      case UInt8(ascii: ":"): colons += 1
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
        UInt8(ascii: "A")...UInt8(ascii: "F"):
        digits += 1
      default: break
      }
    }
    return digits > 0 && (dots >= 3 || colons >= 2)
  }
}
