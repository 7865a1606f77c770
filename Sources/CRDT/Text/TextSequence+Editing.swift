/// What an editor does to its copy of a text, by positions.
extension TextSequence {
  /// Where in the tree an insertion goes.
  enum Parent {
    case root
    case after(UInt32)
    case before(UInt32)
  }

  /// Where an insertion before the character at a position goes: on the right of the character before it if
  /// nothing hangs there, otherwise on the left of what comes next, deleted or not, where nothing hangs then.
  func parent(forInsertionAt position: Int) -> Parent {
    precondition(position >= 0 && position <= count, "a position is outside the text")
    if position == 0 {
      guard let first = tree.first else { return .root }
      return .before(tree.span(at: first).start)
    }
    if let cursor, cursor.position == position {
      let place = tree.place(of: cursor.character)
      let span = tree.span(at: place)
      if span.end == cursor.character + 1, !span.hasRight { return .after(cursor.character) }
    }
    let place = tree.place(atVisible: position - 1)
    let span = tree.span(at: place)
    let left = span.start + place.offset
    if left + 1 < span.end { return .before(left + 1) }
    if !span.hasRight { return .after(left) }
    guard let next = tree.place(after: place) else { preconditionFailure("a right child is missing") }
    return .before(tree.span(at: next).start)
  }

  /// Remembers where writing may go on.
  mutating func noteInsertion(ending position: Int, character: UInt32) { cursor = (position, character) }

  /// Takes the content of new characters that have no place yet, and returns the number of the first.
  mutating func takeIn(_ characters: String) -> UInt32 {
    let first = UInt32(scalars.count)
    append(characters)
    return first
  }

  /// Deletes characters from a position on, and tells of each run of them.
  mutating func deleteVisible(_ length: Int, at position: Int, _ tell: (UInt32, UInt32) -> Void) {
    precondition(
      length >= 0 && position >= 0 && length <= count - position, "a position is outside the text")
    cursor = nil
    var left = length
    while left > 0 {
      let place = tree.place(atVisible: position)
      let span = tree.span(at: place)
      let here = min(UInt32(left), span.length - place.offset)
      let first = span.start + place.offset
      tree.delete(place, count: here)
      scalars.fill(Int(first)..<Int(first + here), with: 0)
      tell(first, here)
      left -= Int(here)
    }
  }
}
