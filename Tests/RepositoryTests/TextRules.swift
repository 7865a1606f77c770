import Foundation

/// Rules on files as such: their size, what they may name, and that what they point to is there.
enum TextRules {
  static let lineCountMax = 500
  static let columnsMax = 110
  private static let codeEndings = [".swift", ".c", ".h", ".py", ".sh"]

  /// Code written by hand: by its ending, or a script by its first line.
  static func isOwnCode(_ file: SourceFile) -> Bool {
    !file.isGenerated && (codeEndings.contains { file.path.hasSuffix($0) } || isScript(file))
  }

  static func isScript(_ file: SourceFile) -> Bool { file.text.hasPrefix("#!") }

  static func sizeFindings(in file: SourceFile) -> [Finding] {
    var findings = file.lines.enumerated().filter { $1.count > columnsMax }.map { number, line in
      Finding(path: file.path, line: number + 1, rule: "\(line.count) columns; at most \(columnsMax)")
    }
    if file.lineCount > lineCountMax {
      let rule = "\(file.lineCount) lines; at most \(lineCountMax): split it by responsibility"
      findings.append(Finding(path: file.path, line: lineCountMax + 1, rule: rule))
    }
    return findings
  }

  /// Paths of one machine, put together here so that this file does not name them itself.
  static let machinePatterns = [
    #"(?<![\w.~-])/"# + #"work/"#, #"/tmp/"# + #"wt-"#, #"\.\./"# + #"shared\b"#,
  ]

  static func machinePathFindings(in file: SourceFile) -> [Finding] {
    machinePatterns.flatMap { file.matches(of: $0, in: file.text) }.map { match in
      Finding(path: file.path, line: match.line, rule: "'\(match.text)' is a path of one machine")
    }
  }

  /// The name of the protocol before it was frozen, put together as above. A program that still has it speaks
  /// to nobody.
  private static let draftPattern = "(?i)v1" + "-draft"

  static func draftFindings(in file: SourceFile) -> [Finding] {
    file.matches(of: draftPattern, in: file.text).map { match in
      Finding(
        path: file.path, line: match.line,
        rule: "'\(match.text)' is what the protocol was before it was frozen")
    }
  }

  static func runBitFindings(in file: SourceFile, isExecutable: Bool) -> [Finding] {
    guard isScript(file), !isExecutable else { return [] }
    return [Finding(path: file.path, line: 1, rule: "a script without its run bit: chmod +x")]
  }

  /// Relative links of a Markdown file whose target is not there.
  static func linkFindings(in file: SourceFile, exists: (String) -> Bool) -> [Finding] {
    let folder = file.path.split(separator: "/").dropLast().map(String.init)
    return MarkdownLinks.links(of: file).compactMap { link in
      guard let target = MarkdownLinks.relativePath(of: link.target) else { return nil }
      let resolved = MarkdownLinks.resolve(target, from: target.hasPrefix("/") ? [] : folder)
      if let resolved, exists(resolved) { return nil }
      return Finding(path: file.path, line: link.line, rule: "the link '\(link.target)' leads nowhere")
    }
  }
}
