import Yams

extension WorkflowError {
  /// Says what the YAML parser said.
  init(_ error: any Error, in text: String) {
    guard let error = error as? YamlError else {
      self.init(.notYAML("unexpected"))
      return
    }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(.notYAML(problem), line: mark.line, column: mark.column)
    case .duplicatedKeysInMapping(let keys, let context):
      self.init(.doubledKey(keys.first ?? ""), line: context.mark.line, column: context.mark.column)
    case .reader(let problem, let offset, _, _):
      let before = text.utf8.prefix(max(0, offset ?? 0))
      let line = before.count { $0 == UInt8(ascii: "\n") } + 1
      let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map(before.index(after:)) ?? before.startIndex
      let column = before[lineStart...].count { $0 & 0b1100_0000 != 0b1000_0000 } + 1
      self.init(.notYAML(problem), line: line, column: column)
    default: self.init(.notYAML("unexpected"))
    }
  }
}
