/// The words of a command, and what somebody answered when asked for what was missing among them.
struct AnsweredWords: Equatable {
  private let typed: [String]
  private var options: [String] = []
  private var places: [String] = []

  /// - Parameter typed: as they were typed, without the program's name.
  init(_ typed: [String]) { self.typed = typed }

  /// All of them, as if they had been typed.
  ///
  /// What was answered is a value, however it begins: options take it behind `=`, and the others stand behind
  /// `--`.
  var all: [String] {
    let end = typed.firstIndex(of: "--") ?? typed.endIndex
    let separator = places.isEmpty || end < typed.endIndex ? [] : ["--"]
    return typed[..<end] + options + typed[end...] + separator + places
  }

  /// Takes an answer in.
  mutating func answer(_ missing: MissingArgument, with line: String) {
    let values = missing.isRepeated ? line.split(separator: ",").map(Self.trimmed) : [Self.trimmed(line[...])]
    guard let option = missing.option else { return places += values }
    options += values.map { "\(option)=\($0)" }
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }
}
