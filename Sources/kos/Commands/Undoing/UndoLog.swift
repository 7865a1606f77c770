import CaseModel

/// Which of the user's acts took back which, in a small file beside the replica: instants and nothing of what
/// she wrote. By it a second `undo` goes one step further back, and `--redo` knows what there is.
struct UndoLog {
  /// One act that took another back, each by when it was written, in milliseconds since 1970.
  struct Line: Hashable {
    let undo: Int64
    let undone: Int64
    /// When what was taken back was made to stand again by `--redo`; `nil` when it was not.
    var redone: Int64?
  }

  /// Oldest first.
  private(set) var lines: [Line]

  /// So many are remembered: nobody goes back further one step at a time.
  static let linesMax = 200

  private static func path(_ home: String) -> String { home + "/undone" }

  /// What the file says; nothing when there is none, or it holds nothing that can be read.
  init(home: String) {
    let bytes = (try? Descriptor.readFile(Self.path(home))) ?? []
    lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").suffix(Self.linesMax).compactMap {
      let parts = $0.split(separator: " ").compactMap { Int64($0) }
      guard parts.count == 3 else { return nil }
      return Line(undo: parts[0], undone: parts[1], redone: parts[2] == 0 ? nil : parts[2])
    }
  }

  /// The acts that a further `undo` passes over.
  var leftOut: Set<Int64> { Set(lines.flatMap { [$0.undo, $0.undone] }) }

  /// The last act that took something back and was not taken back itself.
  var redoable: Line? { lines.last { $0.redone == nil } }

  /// All acts of which the log says something.
  var known: Set<Int64> { leftOut.union(lines.compactMap(\.redone)) }

  /// Remembers that an act took another back.
  mutating func add(_ undo: Int64, over undone: Int64) { lines.append(Line(undo: undo, undone: undone)) }

  /// Remembers that what an act took back stands again.
  mutating func redo(_ line: Line, by instant: Int64) {
    for place in lines.indices where lines[place] == line { lines[place].redone = instant }
  }

  /// Keeps it. Where that cannot be written, a further `undo` takes the last one back.
  func write(home: String) {
    guard let file = try? NewFile(path: Self.path(home), replacing: true) else { return }
    let text = lines.suffix(Self.linesMax).map { "\($0.undo) \($0.undone) \($0.redone ?? 0)\n" }
    try? file.write(Array(text.joined().utf8))
    try? file.finish()
  }
}
