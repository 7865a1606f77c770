/// What code may not say: calls that a pure module must take as arguments, and traps.
enum CodeRules {
  /// A pattern over code without comments and strings, and what to do instead.
  struct Banned: Sendable {
    let pattern: String
    let advice: String
  }

  static let impure = [
    Banned(
      pattern: #"\bDate\(\s*\)|\bDate\(\s*timeIntervalSinceNow\b"#, advice: "take the time as an argument"),
    // A property of one's own, as in `input.now`, is an argument; a clock's or an implicit one is a call.
    Banned(
      pattern: #"(?:\b\w*(?:[cC]lock|Date|Instant|Time)(?:\(\s*\))?|(?<![\w)\]?!>]))\.now\b"#,
      advice: "take the time as an argument"),
    Banned(pattern: #"\bUUID\(\s*\)"#, advice: "take the id as an argument"),
    Banned(pattern: #"\.random\((?![^)]*\busing:)"#, advice: "take a generator or the bytes as an argument"),
    Banned(
      pattern: #"\.(?:randomElement|shuffled|shuffle)\(\s*\)"#, advice: "take a generator as an argument"),
    Banned(pattern: #"\bSystemRandomNumberGenerator\b"#, advice: "take a generator as an argument"),
    Banned(pattern: #"\bFileManager\b"#, advice: "leave the disk to Storage"),
    Banned(pattern: #"\bProcessInfo\b"#, advice: "take it as an argument"),
    Banned(pattern: #"\bTask\.sleep\b"#, advice: "give an action with a deadline"),
    Banned(
      pattern: #"\bPrivateKey\(\s*\)|\bPrivateKey\(\s*compactRepresentable:"#,
      advice: "take the key as an argument"),
    Banned(pattern: #"\bSymmetricKey\(\s*size\b"#, advice: "take the key as an argument"),
  ]

  static let trapping = [
    Banned(pattern: #"\btry\s*!"#, advice: "throw, or handle the error"),
    Banned(pattern: #"\bas\s*!"#, advice: "cast with as? and handle nil"),
  ]

  static func findings(in file: SourceFile, of banned: [Banned]) -> [Finding] {
    let code = file.code
    return banned.flatMap { rule in
      file.matches(of: rule.pattern, in: code).map { match in
        Finding(
          path: file.path, line: match.line, rule: "'\(match.text)' is not allowed here: \(rule.advice)")
      }
    }
  }
}
