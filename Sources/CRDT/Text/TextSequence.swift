/// A text that several people write at once: a sequence of characters that merges as Fugue does (Weidner and
/// Kleppmann, "The Art of the Fugue: Minimizing Interleaving in Collaborative Text Editing", 2023).
///
/// Every character stands in a tree as a left or right child of another one, and the text is the tree read
/// from left to right: left children, the character, right children, siblings in order of their dots. A place
/// in the tree never changes, so that every order of arrival gives the same text; and what one author wrote
/// in a run stays together. Deleted characters keep their places and lose their content.
///
/// Copies share storage page by page: to apply a few changes over a copy costs what the changes cost.
public struct TextSequence: Sendable {
  var tree = SpanTree()
  var index = CharacterIndex()
  /// Each character; 0 in place of a deleted one.
  var scalars = PagedArray<UInt32>(pageShift: 12)
  /// Edits that name characters which are not here, in order of change. They have no effect until those come.
  public internal(set) var waiting: [WaitingEdit] = []
  /// The change that stands for each original that put characters in.
  var aliases: [ChangeID: ChangeID] = [:]
  /// The change that was applied last.
  private var last: ChangeID?
  /// Where an editor put in characters last, and the position after them.
  var cursor: (position: Int, character: UInt32)?

  /// An edit that names characters which are not here.
  public struct WaitingEdit: Hashable, Sendable {
    /// The change that the edit is part of.
    public let context: ChangeContext
    /// The operation's place in its change.
    public let index: UInt32
    /// What is to be done.
    public let edit: TextEdit

    /// Describes an edit.
    public init(context: ChangeContext, index: UInt32, edit: TextEdit) {
      self.context = context
      self.index = index
      self.edit = edit
    }
  }

  /// An empty text.
  public init() {}

  /// How many characters the text has, without deleted ones.
  public var count: Int { tree.visible }
  /// How many characters were ever put in.
  public var insertedCount: Int { Int(index.count) }
  /// How many runs of characters there are, shown or deleted.
  ///
  /// - Complexity: O(runs / 64)
  public var spanCount: Int { tree.leaves.reduce(0) { $0 + $1.count } }
  /// How many changes put characters in.
  public var changeCount: Int { index.runs.count }

  /// Applies an edit. Of a second one of the same change nothing is done.
  ///
  /// - Complexity: O(characters put in + steps × log n); a run that somebody else put in at the same place at
  ///   the same time may cost as much as there are runs in what was put in there.
  mutating func apply(_ edit: TextEdit, index: UInt32 = 0, of context: ChangeContext) {
    guard last != context.id else { return }
    last = context.id
    guard let named = find(edit, for: context) else {
      let place = waiting.firstIndex { $0.context.id > context.id } ?? waiting.endIndex
      waiting.insert(WaitingEdit(context: context, index: index, edit: edit), at: place)
      return
    }
    perform(edit, named, of: context)
    if !waiting.isEmpty { performWaiting() }
  }

  /// Whether every character that an edit names is here or put in by itself.
  func namesNothingMissing(_ edit: TextEdit, of context: ChangeContext) -> Bool {
    find(edit, for: context) != nil
  }

  /// The changes that an edit names and of which no characters are here; `nil` when it names a character that
  /// its change did not put in.
  func missing(in edit: TextEdit, of context: ChangeContext) -> Set<ChangeID>? {
    var missing: Set<ChangeID> = []
    for step in edit.steps {
      guard let change = step.change else { continue }
      guard let run = run(of: change, for: context) else {
        missing.insert(change)
        continue
      }
      guard Int(step.index) + (step.isInsertion ? 1 : Int(step.length)) <= Int(run.length) else { return nil }
    }
    return missing
  }

  /// Whether an edit of a change waits, under its own name or as an original.
  func isWaiting(_ change: ChangeID) -> Bool {
    waiting.contains { $0.context.id == change || $0.context.origin?.id == change }
  }

  /// The characters of the changes that the steps of an edit name, a step that names the same change as the
  /// one before it being passed over; `nil` when a character is not here.
  private func find(_ edit: TextEdit, for context: ChangeContext) -> NamedRuns? {
    var named = NamedRuns()
    var known: (change: ChangeID, length: Int)?
    for step in edit.steps {
      guard let change = step.change else { continue }
      if known?.change != change {
        guard let run = run(of: change, for: context) else { return nil }
        known = (change, Int(run.length))
        named.append(run.start)
      }
      let last = Int(step.index) + (step.isInsertion ? 1 : Int(step.length))
      guard let known, last <= known.length else { return nil }
    }
    return named
  }

  /// Where the characters of changes begin; most edits name one.
  private struct NamedRuns {
    private var first: UInt32?
    private var rest: [UInt32] = []

    mutating func append(_ start: UInt32) { if first == nil { first = start } else { rest.append(start) } }

    subscript(place: Int) -> UInt32 { place == 0 ? first ?? 0 : rest[place - 1] }
  }

  /// The characters of a change that another change names. In a change that stands for another, originals
  /// stand for the changes that brought them in.
  private func run(of change: ChangeID, for context: ChangeContext) -> CharacterIndex.Run? {
    guard let origin = context.origin else { return index.run(of: change) }
    if origin.version.contains(change), let run = index.run(of: change) { return run }
    return aliases[change].flatMap { $0 == context.id ? nil : index.run(of: $0) }
  }

  private mutating func performWaiting() {
    var place = waiting.startIndex
    while place < waiting.endIndex {
      guard let named = find(waiting[place].edit, for: waiting[place].context) else {
        place += 1
        continue
      }
      let next = waiting.remove(at: place)
      perform(next.edit, named, of: next.context)
      place = waiting.startIndex
    }
  }

  private mutating func perform(_ edit: TextEdit, _ named: NamedRuns, of context: ChangeContext) {
    cursor = nil
    let start = index.count
    if edit.insertedCount > 0 {
      _ = index.append(context.id, length: UInt32(edit.insertedCount), by: Authorship(context))
      if let origin = context.origin { aliases[origin.id] = context.id }
      append(edit.text)
    }
    var next = start
    var known: (change: ChangeID, place: Int)?
    for step in edit.steps {
      var base = start
      if let change = step.change {
        if known?.change != change { known = (change, (known?.place ?? -1) + 1) }
        base = named[known?.place ?? 0]
      }
      switch step.kind {
      case .delete: delete(base + step.index, count: step.length)
      case .insertAtStart: insertAfter(Span.root, next, step.length)
      case .insertAfter: insertAfter(base + step.index, next, step.length)
      case .insertBefore: insertBefore(base + step.index, next, step.length)
      }
      if step.isInsertion { next += step.length }
    }
  }

  /// Takes the content of the next characters.
  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var offset = 0
      while offset < bytes.count {
        let room = scalars.room(upTo: bytes.count - offset)
        var filled = 0
        while filled < room.count, offset < bytes.count {
          room[filled] = bytes.scalar(at: &offset)
          filled += 1
        }
        scalars.keep(filled)
      }
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Reads one scalar of well-formed UTF-8 and moves on to the next.
  fileprivate func scalar(at offset: inout Int) -> UInt32 {
    let first = UInt32(self[offset])
    offset += 1
    if first < 0x80 { return first }
    var rest = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3
    var scalar = first & (0x3f >> UInt32(rest))
    while rest > 0 {
      scalar = scalar << 6 | UInt32(self[offset]) & 0x3f
      offset += 1
      rest -= 1
    }
    return scalar
  }
}
