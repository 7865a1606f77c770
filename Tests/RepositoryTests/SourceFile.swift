import Foundation

/// A text file, with its lines and, for Swift, its code apart from comments and strings.
struct SourceFile: Sendable {
  let path: String
  let text: String
  let lines: [Substring]

  init(path: String, text: String) {
    self.path = path
    self.text = text
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// Nil for what is not text: no UTF-8, or with a zero byte.
  init?(path: String) {
    guard let data = try? Data(contentsOf: Repository.url(path)), !data.contains(0),
      let text = String(data: data, encoding: .utf8)
    else { return nil }
    self.init(path: path, text: text)
  }

  /// Written by the Protocol Buffers compiler.
  var isGenerated: Bool { path.hasSuffix(".pb.swift") }

  /// The number of lines, a last line's end not counted as one more.
  var lineCount: Int { lines.last?.isEmpty == true ? lines.count - 1 : lines.count }

  /// The module that a file under `Sources` belongs to.
  var module: String? {
    let parts = path.split(separator: "/")
    return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
  }

  /// The name of the folder right under `Tests`.
  var testModule: String? {
    let parts = path.split(separator: "/")
    return parts.count > 2 && parts[0] == "Tests" ? String(parts[1]) : nil
  }

  /// The text with comments and strings blanked, line by line as in `text`.
  var code: String { CodeScanner.code(of: text) }

  /// Where a pattern matches in the code, or in the whole text.
  func matches(of pattern: String, in searched: String) -> [(line: Int, text: String)] {
    guard let expression = try? NSRegularExpression(pattern: pattern, options: [.anchorsMatchLines]) else {
      return [(1, "a pattern that does not compile: \(pattern)")]
    }
    let whole = searched as NSString
    return expression.matches(in: searched, range: NSRange(location: 0, length: whole.length)).map { match in
      let before = whole.substring(to: match.range.location)
      return (before.utf8.count { $0 == UInt8(ascii: "\n") } + 1, whole.substring(with: match.range))
    }
  }
}
