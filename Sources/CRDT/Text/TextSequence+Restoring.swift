extension TextSequence {
  /// Restores a text from its state, as decoded from a store or a peer; `nil` when its parts do not fit, so
  /// that the runs are not the tree that they tell of, read from left to right.
  ///
  /// - Complexity: O(n + runs × log runs)
  public init?(_ state: TextState) {
    guard index.take(state) else { return nil }
    var spans: [Span] = []
    spans.reserveCapacity(state.runs.count)
    for run in state.runs {
      guard let source = index.run(of: run.change) else { return nil }
      var parent = Span.root
      if let dot = run.parent {
        guard let other = index.run(of: dot.change), dot.index < other.length else { return nil }
        parent = other.start + dot.index
      } else if run.isLeft {
        return nil
      }
      var span = Span(
        start: source.start + run.index, length: run.length, parent: parent, isLeft: run.isLeft)
      span.isDeleted = run.isDeleted
      spans.append(span)
    }
    guard TextShape.mark(&spans, index) else { return nil }
    tree.fill(with: spans, characters: Int(index.count))
    scalars.append(repeating: 0, count: Int(index.count))
    guard takeContent(state.text, spans) else { return nil }
    aliases = Dictionary(state.aliases.map { ($0.original, $0.change) }) { first, _ in first }
    waiting = state.waiting
    guard aliases.count == state.aliases.count, areWaitingInOrder else { return nil }
  }

  private var areWaitingInOrder: Bool {
    zip(waiting, waiting.dropFirst()).allSatisfy { $0.context.id < $1.context.id }
      && waiting.allSatisfy { !namesNothingMissing($0.edit, of: $0.context) }
      && waiting.allSatisfy { index.run(of: $0.context.id) == nil }
  }

  private mutating func takeContent(_ text: String, _ spans: [Span]) -> Bool {
    var rest = text.unicodeScalars.makeIterator()
    for span in spans where !span.isDeleted {
      let isWhole = scalars.fill(Int(span.start)..<Int(span.end)) { rest.next()?.value }
      guard isWhole else { return false }
    }
    return rest.next() == nil
  }
}

extension CharacterIndex {
  /// Gives numbers to all characters of a state; says whether each change's are there once and without a gap,
  /// and all changes with shown characters have an author.
  mutating func take(_ state: TextState) -> Bool {
    let runs = state.runs.sorted { ($0.change, $0.index) < ($1.change, $1.index) }
    var authors = state.writings[...]
    var first = runs.startIndex
    while first < runs.endIndex {
      let change = runs[first].change
      var length: UInt32 = 0
      var isShown = false
      var next = first
      while next < runs.endIndex, runs[next].change == change {
        guard runs[next].index == length, runs[next].length > 0, count < 1 << 26,
          runs[next].length < 1 << 26 - count, length < 1 << 26 - runs[next].length
        else { return false }
        length += runs[next].length
        isShown = isShown || !runs[next].isDeleted
        next += 1
      }
      var author = Authorship(author: Identifier(high: 0, low: 0), writtenAt: 0)
      if isShown {
        guard let writing = authors.popFirst(), writing.change == change else { return false }
        author = writing.authorship
      }
      guard change.number > 0 else { return false }
      _ = append(change, length: length, by: author)
      first = next
    }
    return authors.isEmpty
  }
}

extension SpanTree {
  /// Fills an empty tree with spans in order.
  ///
  /// - Complexity: O(n)
  mutating func fill(with spans: [Span], characters: Int) {
    reserve(characters)
    for span in spans { insert(span, at: end) }
  }
}
