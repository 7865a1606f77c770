import Testing

/// A rule that a file breaks, and where.
struct Finding: Equatable, CustomStringConvertible {
  let path: String
  let line: Int
  let rule: String

  var description: String { "\(path):\(line): \(rule)" }
}

/// Records each finding as an issue at its own file and line.
func expectNone(_ findings: [Finding]) {
  for finding in findings {
    let place = SourceLocation(
      fileID: "RepositoryTests/" + finding.path, filePath: Repository.url(finding.path).path,
      line: finding.line, column: 1)
    Issue.record("\(finding.description)", sourceLocation: place)
  }
}
