/// Blanks comments and the text of string literals in Swift source, so that rules see code alone.
///
/// What stands in an interpolation is code and stays. Line breaks stay, so that line numbers hold. A bare
/// regular expression literal with a quotation mark in it would be misread; write it with `#/…/#`.
struct CodeScanner {
  private let source: [UInt8]
  private var output: [UInt8] = []
  private var at = 0

  private init(_ text: String) {
    source = Array(text.utf8)
    output.reserveCapacity(source.count)
  }

  static func code(of text: String) -> String {
    var scanner = CodeScanner(text)
    scanner.scanCode(untilParenthesis: false)
    return String(decoding: scanner.output, as: UTF8.self)
  }

  private mutating func scanCode(untilParenthesis: Bool) {
    var depth = 0
    while at < source.count {
      if starts(with: "//") {
        while at < source.count, source[at] != UInt8(ascii: "\n") { blank() }
      } else if starts(with: "/*") {
        scanBlockComment()
      } else if let pounds = openingPounds(before: UInt8(ascii: "\"")) {
        scanString(pounds: pounds)
      } else if let pounds = openingPounds(before: UInt8(ascii: "/")), pounds > 0 {
        scanRegularExpression(pounds: pounds)
      } else {
        if untilParenthesis, source[at] == UInt8(ascii: "(") { depth += 1 }
        if untilParenthesis, source[at] == UInt8(ascii: ")") {
          if depth == 0 { return }
          depth -= 1
        }
        output.append(source[at])
        at += 1
      }
    }
  }

  private mutating func scanBlockComment() {
    var depth = 0
    repeat {
      if starts(with: "/*") {
        depth += 1
        blank(2)
      } else if starts(with: "*/") {
        depth -= 1
        blank(2)
      } else {
        blank()
      }
    } while depth > 0 && at < source.count
  }

  private mutating func scanString(pounds: Int) {
    blank(pounds)
    let isMultiline = starts(with: "\"\"\"")
    let quotes = isMultiline ? "\"\"\"" : "\""
    let mark = String(repeating: "#", count: pounds)
    blank(quotes.utf8.count)
    while at < source.count {
      if starts(with: quotes + mark) {
        return blank(quotes.utf8.count + pounds)
      } else if starts(with: "\\" + mark + "(") {
        blank(2 + pounds)
        scanCode(untilParenthesis: true)
        blank()
      } else if starts(with: "\\" + mark) {
        blank(2 + pounds)
      } else if !isMultiline, source[at] == UInt8(ascii: "\n") {
        return  // unterminated: the compiler says so
      } else {
        blank()
      }
    }
  }

  private mutating func scanRegularExpression(pounds: Int) {
    let end = "/" + String(repeating: "#", count: pounds)
    blank(pounds + 1)
    while at < source.count, !starts(with: end) { blank() }
    blank(pounds + 1)
  }

  /// How many `#` stand here right before that byte; nil when something else comes.
  private func openingPounds(before byte: UInt8) -> Int? {
    var next = at
    while next < source.count, source[next] == UInt8(ascii: "#") { next += 1 }
    return next < source.count && source[next] == byte ? next - at : nil
  }

  private func starts(with text: String) -> Bool {
    source[at...].starts(with: text.utf8)
  }

  private mutating func blank(_ count: Int = 1) {
    for _ in 0..<min(count, source.count - at) {
      output.append(source[at] == UInt8(ascii: "\n") ? source[at] : UInt8(ascii: " "))
      at += 1
    }
  }
}
