/// Writes one edit of a text, step by step, by positions in the text as it then is.
///
/// It works on a copy, which shares its storage with the original; the edit is applied to a record like any
/// other once it is part of a change.
public struct TextEditor: Sendable {
  /// The text with what was done so far.
  public private(set) var sequence: TextSequence
  private let start: UInt32
  private var steps: [Draft] = []
  private var text: [UInt8] = []

  /// A step, with the number of the character that it names.
  private struct Draft {
    let kind: TextStep.Kind
    var character: UInt32
    var length: UInt32
  }

  /// Begins an edit, which will be part of a change that has seen the text.
  public init(_ sequence: TextSequence) {
    self.sequence = sequence
    start = sequence.index.count
  }

  /// How many characters the text has now.
  public var count: Int { sequence.count }
  /// Whether nothing was done.
  public var isEmpty: Bool { steps.isEmpty }
  /// An upper bound for the edit's encoded size, in bytes.
  public var byteCountMax: Int { text.count + 24 * steps.count }

  /// Puts characters in before the one at a position; at `count` after all.
  ///
  /// - Precondition: `position` is between 0 and `count`.
  /// - Complexity: O(characters + log n), amortised O(characters) where the last insertion ended.
  public mutating func insert(_ characters: String, at position: Int) {
    let length = UInt32(characters.scalarCount)
    guard length > 0 else { return }
    let new = sequence.takeIn(characters)
    let parent = sequence.parent(forInsertionAt: position)
    switch parent {
    case .root:
      sequence.insertAfter(Span.root, new, length)
      steps.append(Draft(kind: .insertAtStart, character: 0, length: length))
    case .after(let character):
      sequence.insertAfter(character, new, length)
      if let last = steps.indices.last, steps[last].kind != .delete, character == new - 1, character >= start
      {
        steps[last].length += length
      } else {
        steps.append(Draft(kind: .insertAfter, character: character, length: length))
      }
    case .before(let character):
      sequence.insertBefore(character, new, length)
      steps.append(Draft(kind: .insertBefore, character: character, length: length))
    }
    sequence.noteInsertion(ending: position + Int(length), character: new + length - 1)
    text.append(contentsOf: characters.utf8)
  }

  /// Takes out `length` characters from a position on.
  ///
  /// - Precondition: There are that many.
  /// - Complexity: O(log n + runs)
  public mutating func delete(_ length: Int, at position: Int) {
    sequence.deleteVisible(length, at: position) { first, count in
      if let last = steps.indices.last, steps[last].kind == .delete {
        if steps[last].character + steps[last].length == first {
          steps[last].length += count
          return
        }
        if first + count == steps[last].character {
          steps[last].character = first
          steps[last].length += count
          return
        }
      }
      steps.append(Draft(kind: .delete, character: first, length: count))
    }
  }

  /// The edit; `nil` when nothing was done.
  ///
  /// - Complexity: O(steps × log changes)
  public func finish() -> TextEdit? {
    var finished: [TextStep] = []
    finished.reserveCapacity(steps.count)
    for draft in steps {
      if draft.kind == .insertAtStart {
        finished.append(TextStep(.insertAtStart, length: draft.length))
      } else if draft.kind == .delete {
        appendDeletions(draft, to: &finished)
      } else {
        let (change, index) = name(of: draft.character)
        finished.append(TextStep(draft.kind, change: change, index: index, length: draft.length))
      }
    }
    return TextEdit(steps: finished, text: String(decoding: text, as: UTF8.self))
  }

  /// A deletion names the characters of one change.
  private func appendDeletions(_ draft: Draft, to finished: inout [TextStep]) {
    var character = draft.character
    let end = draft.character + draft.length
    while character < end {
      let (change, index) = name(of: character)
      let here = change == nil ? end - character : min(end - character, runEnd(of: character) - character)
      finished.append(TextStep(.delete, change: change, index: index, length: here))
      character += here
    }
  }

  private func name(of character: UInt32) -> (change: ChangeID?, index: UInt32) {
    if character >= start { return (nil, character - start) }
    let dot = sequence.index.dot(of: character)
    return (dot.change, dot.index)
  }

  private func runEnd(of character: UInt32) -> UInt32 {
    let run = sequence.index.runs[sequence.index.place(of: character)]
    return run.start + run.length
  }
}
