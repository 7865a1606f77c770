/// Where new characters go, and what is deleted.
extension TextSequence {
  /// Puts a run in as a right child of a character or the root.
  mutating func insertAfter(_ parent: UInt32, _ start: UInt32, _ length: UInt32) {
    let new = Span(start: start, length: length, parent: parent, isLeft: false)
    guard parent != Span.root else {
      if let first = tree.first {
        placeAmongRight(new, from: first)
      } else {
        tree.insert(new, at: SpanTree.Place(leaf: 0, slot: 0))
      }
      return
    }
    var place = tree.place(of: parent)
    let span = tree.span(at: place)
    if parent + 1 < span.end {
      place.offset += 1
      return placeAmongRight(new, from: tree.split(place))
    }
    if span.hasRight {
      guard let next = tree.place(after: place) else { preconditionFailure("a right child is missing") }
      return placeAmongRight(new, from: next)
    }
    if span.end == start, !span.isDeleted { return tree.extend(place, by: length) }
    tree.update(place) { $0.hasRight = true }
    tree.insert(new, at: SpanTree.Place(leaf: place.leaf, slot: place.slot + 1))
  }

  /// Puts a run in as a left child of a character.
  mutating func insertBefore(_ parent: UInt32, _ start: UInt32, _ length: UInt32) {
    let new = Span(start: start, length: length, parent: parent, isLeft: true)
    var place = tree.place(of: parent)
    if place.offset > 0 { place = tree.split(place) }
    if tree.span(at: place).hasLeft { return placeAmongLeft(new, of: place) }
    tree.update(place) { $0.hasLeft = true }
    tree.insert(new, at: place)
  }

  /// Deletes characters whose numbers follow each other.
  mutating func delete(_ start: UInt32, count: UInt32) {
    var character = start
    let end = start + count
    while character < end {
      let place = tree.place(of: character)
      let here = min(end - character, tree.span(at: place).length - place.offset)
      if tree.delete(place, count: here) > 0 {
        scalars.fill(Int(character)..<Int(character + here), with: 0)
      }
      character += here
    }
  }

  /// The text without what a change put in and still is shown, or without the change's edit when that waits.
  func erasing(_ change: ChangeID) -> TextSequence {
    var copy = self
    copy.waiting.removeAll { $0.context.id == change }
    if let run = copy.index.run(of: change) { copy.delete(run.start, count: run.length) }
    return copy
  }

  /// Puts a right child among its siblings, others having written at the same place without knowing of it.
  /// `first` is where the parent's right children begin.
  private mutating func placeAmongRight(_ new: Span, from first: SpanTree.Place) {
    let dot = index.dot(of: new.start)
    var place: SpanTree.Place? = first
    while let here = place {
      let (sibling, parent) = rightChild(under: here)
      guard parent == new.parent, index.dot(of: sibling) < dot else { break }
      place = tree.place(after: here)
      // Over what hangs on the sibling: all whose way up leads to what was passed already.
      while let next = place {
        let parent = rightChild(under: next).parent
        guard parent != Span.root, !tree.isBefore(tree.place(of: parent), here) else { break }
        place = tree.place(after: next)
      }
    }
    if let place { tree.insert(new, at: place) } else { tree.insert(new, at: tree.end) }
  }

  /// Goes up from the first character of a span over left links to a right child; returns that and its
  /// parent.
  private func rightChild(under place: SpanTree.Place) -> (character: UInt32, parent: UInt32) {
    var span = tree.span(at: place)
    while span.isLeft {
      // What has left children is the first of its span.
      span = tree.span(at: tree.place(of: span.parent))
    }
    return (span.start, span.parent)
  }

  /// Puts a left child of the first character at a place among its siblings.
  private mutating func placeAmongLeft(_ new: Span, of parent: SpanTree.Place) {
    let dot = index.dot(of: new.start)
    var place = parent
    var later: UInt32?
    while true {
      let sibling = lastLeftChild(before: place, of: new.parent)
      if index.dot(of: sibling) < dot { break }
      place = beginning(of: sibling)
      later = sibling
      if !tree.span(at: tree.place(of: sibling)).hasEarlier { break }
    }
    var new = new
    if let later {
      let span = tree.place(of: later)
      new.hasEarlier = tree.span(at: span).hasEarlier
      tree.update(span) { $0.hasEarlier = true }
    } else {
      new.hasEarlier = true
    }
    tree.insert(new, at: place)
  }

  /// The left child of a character under which the span before a place hangs, all of which there is.
  private func lastLeftChild(before place: SpanTree.Place, of parent: UInt32) -> UInt32 {
    guard let before = tree.place(before: place) else { preconditionFailure("a left child is missing") }
    var span = tree.span(at: before)
    while !(span.isLeft && span.parent == parent) { span = tree.span(at: tree.place(of: span.parent)) }
    return span.start
  }

  /// Where a character and all that hangs on it begin: at its first left child's beginning.
  private func beginning(of character: UInt32) -> SpanTree.Place {
    var character = character
    var ancestors: [UInt32] = []
    while true {
      let place = tree.place(of: character)
      if tree.span(at: place).hasLeft {
        ancestors.append(character)
        character = lastLeftChild(before: place, of: character)
        continue
      }
      while let parent = ancestors.last {
        if tree.span(at: tree.place(of: character)).hasEarlier {
          character = lastLeftChild(before: place, of: parent)
          break
        }
        character = ancestors.removeLast()
      }
      if ancestors.isEmpty { return place }
    }
  }
}
