import CRDT
import Testing

/// What people do to a text through an editor, alone and several at once.
@Suite struct TextEditingTests {
  @Test func anEditorDoesWhatAnArrayDoes() {
    Law.holds(onOneSeedOf: 40) { random in
      var writer = Writer(1)
      var expected: [Unicode.Scalar] = []
      for _ in 0..<60 {
        var editor = writer.begin()
        for _ in 0..<(1 + random.below(30)) { Writer.edit(&editor, &expected, &random) }
        guard let change = writer.finish(editor) else { continue }
        let text = writer.state.text(Writer.field)
        try Law.check(Array(text.string.unicodeScalars) == expected, "the text after \(change.id)")
        try Law.check(text.count == expected.count, "the count after \(change.id)")
        try Law.check(editor.sequence.string.utf8.elementsEqual(text.string.utf8), "the editor's own copy")
        let segments = text.segments
        try Law.check(segments.map(\.text).joined() == text.string, "the segments")
        let standing = segments.map { TextState.Writing(change: $0.change, authorship: $0.authorship) }
        try Law.check(Set(text.writings) == Set(standing), "the writings")
      }
      let state = writer.state.text(Writer.field).state
      try Law.check(TextSequence(state)?.state == state, "a long text is not restored")
    }
  }

  @Test func severalWritersGetTheTextOfTheDefinition() {
    Law.holds(onOneSeedOf: 40) { random in
      var writers = (0..<3).map { Writer(UInt64(9 - $0)) }
      var changes: [Change] = []
      for _ in 0..<12 {
        for place in writers.indices {
          var editor = writers[place].begin()
          var content = Array(editor.sequence.string.unicodeScalars)
          for _ in 0..<(1 + random.below(12)) { Writer.edit(&editor, &content, &random) }
          if let change = writers[place].finish(editor) { changes.append(change) }
        }
        for place in writers.indices {
          for change in changes.shuffled(using: &random)
          where writers[place].state.isReady(for: change.context) && random.chance(80) {
            writers[place].state.apply(change)
          }
        }
      }
      let expected = NaiveText(Writer.field, changes)
      for place in writers.indices {
        while let next = changes.shuffled(using: &random).first(where: { writers[place].state.isNext($0.id) })
        {
          writers[place].state.apply(next)
        }
        let text = writers[place].state.text(Writer.field)
        try Law.check(text.characters == expected.characters, "writer \(place) has another tree")
        try Law.check(
          text.string.utf8.elementsEqual(expected.string.utf8), "writer \(place) has another text")
        try Law.check(text == writers[0].state.text(Writer.field), "two writers differ")
      }
    }
  }

  /// What each of several writes in one place without knowing of the others stays together, whether written
  /// from front to back or from back to front.
  @Test func runsDoNotInterleave() {
    Law.holds(onOneSeedOf: 4) { random in
      var first = Writer(random.next())
      var editor = first.begin()
      let base = ["", "a", "ab", "abcd"][random.below(4)]
      editor.insert(base, at: 0)
      _ = first.finish(editor)
      let place = random.below(base.count + 1)
      var writers = (0..<3).map { _ in first.copy(random.next()) }
      var changes: [Change] = []
      for index in writers.indices {
        let letter = ["x", "y", "z"][index]
        let isForward = random.chance(50)
        for written in 0..<5 {
          var editor = writers[index].begin()
          editor.insert(letter, at: isForward ? place + written : place)
          if let change = writers[index].finish(editor) { changes.append(change) }
        }
      }
      for change in changes.sorted(by: { $0.id.number < $1.id.number }) { first.state.apply(change) }
      let text = first.state.text(Writer.field).string
      for letter in ["xxxxx", "yyyyy", "zzzzz"] {
        try Law.check(text.contains(letter), "interleaved: \(text)")
      }
    }
  }

  /// What a change wrote goes, what others wrote into it stays, and later edits find their places.
  @Test func erasingAChangeTakesItsCharactersAway() throws {
    var first = Writer(1)
    var editor = first.begin()
    editor.insert("secret", at: 0)
    let finished = first.finish(editor)
    let secret = try #require(finished)
    var second = first.copy(2)
    editor = second.begin()
    editor.insert("--", at: 3)
    let answered = second.finish(editor)
    let answer = try #require(answered)
    var erased = first.state.erasing(secret.id)
    #expect(erased.text(Writer.field).string.isEmpty && erased.version == first.state.version)
    #expect(erased.text(Writer.field).insertedCount == 6)
    erased.apply(answer)
    #expect(erased.text(Writer.field).string == "--")
    #expect(second.state.erasing(secret.id) == erased)
    #expect(TextSequence(erased.text(Writer.field).state) == erased.text(Writer.field))
  }

  @Test func aSecondEditOfAChangeHasNoEffect() throws {
    let edits = ["a", "b"].compactMap { TextEdit(steps: [TextStep(.insertAtStart, length: 1)], text: $0) }
    let operations = edits.map { Operation(field: Writer.field, action: .edit($0)) }
    var state = RecordState()
    state.apply(Writer(1).change(operations))
    #expect(state.text(Writer.field).string == "a")
    #expect(RecordState.secondEdit(in: operations) == Writer.field)
    #expect(RecordState.secondEdit(in: [operations[0]]) == nil)
  }

  @Test func whatNamesAnUnknownCharacterIsFound() throws {
    var writer = Writer(1)
    var editor = writer.begin()
    editor.insert("abc", at: 0)
    let finished = writer.finish(editor)
    let first = try #require(finished)
    func find(_ step: TextStep, _ text: String, seen: Bool = true) -> FieldID? {
      guard let edit = TextEdit(steps: [step], text: text) else { return nil }
      let version = seen ? writer.state.version : VersionVector()
      let context = ChangeContext(
        id: ChangeID(actor: ActorID(rawValue: 2), number: 1), version: version, author: Writer.author,
        writtenAt: 1)
      let operation = Operation(field: Writer.field, action: .edit(edit))
      return writer.state.unknownCharacter(in: Change(context: context, operations: [operation]))
    }
    #expect(find(TextStep(.insertAfter, change: first.id, index: 2, length: 1), "d") == nil)
    #expect(find(TextStep(.insertAfter, change: first.id, index: 3, length: 1), "d") == Writer.field)
    #expect(find(TextStep(.delete, change: first.id, index: 1, length: 2), "") == nil)
    #expect(find(TextStep(.delete, change: first.id, index: 1, length: 3), "") == Writer.field)
    #expect(find(TextStep(.insertBefore, change: first.id, index: 0, length: 1), "d", seen: false) != nil)
    let other = ChangeID(actor: ActorID(rawValue: 3), number: 1)
    #expect(find(TextStep(.insertAfter, change: other, index: 0, length: 1), "d") == Writer.field)
  }

  @Test func whatIsNoEditIsRefused() {
    let change = ChangeID(actor: ActorID(rawValue: 1), number: 1)
    func edit(_ steps: [TextStep], _ text: String) -> TextEdit? { TextEdit(steps: steps, text: text) }
    #expect(edit([], "") == nil)
    #expect(edit([TextStep(.insertAtStart, length: 0)], "") == nil)
    #expect(edit([TextStep(.insertAtStart, length: 2)], "a") == nil)
    #expect(edit([TextStep(.insertAtStart, length: 1)], "ab") == nil)
    #expect(edit([TextStep(.insertAtStart, index: 1, length: 1)], "a") == nil)
    #expect(edit([TextStep(.insertAtStart, change: change, length: 1)], "a") == nil)
    #expect(edit([TextStep(.insertAfter, index: 0, length: 1)], "a") == nil)
    #expect(edit([TextStep(.delete, change: change, index: .max, length: 2)], "") == nil)
    let noChange = ChangeID(actor: ActorID(rawValue: 1), number: 0)
    #expect(edit([TextStep(.insertAfter, change: noChange, index: 0, length: 1)], "a") == nil)
    #expect(edit([TextStep(.insertAtStart, length: 1), TextStep(.delete, index: 0, length: 2)], "a") == nil)
    #expect(edit([TextStep(.insertAtStart, length: 1), TextStep(.delete, index: 0, length: 1)], "a") != nil)
  }
}

/// Somebody who writes a text in a record.
struct Writer {
  static let field = FieldID(rawValue: 1)
  static let author = Identifier(high: 0, low: 1)

  var state = RecordState()
  private let actor: ActorID

  init(_ actor: UInt64) { self.actor = ActorID(rawValue: actor) }

  /// Somebody else who has the same record.
  func copy(_ actor: UInt64) -> Writer {
    var copy = Writer(actor)
    copy.state = state
    return copy
  }

  private var next: ChangeID { ChangeID(actor: actor, number: state.version[actor] + 1) }

  func begin() -> TextEditor { TextEditor(state.text(Self.field)) }

  /// Makes a change of what was done.
  mutating func finish(_ editor: TextEditor) -> Change? {
    guard let edit = editor.finish() else { return nil }
    let change = change([Operation(field: Self.field, action: .edit(edit))])
    state.apply(change)
    return change
  }

  func change(_ operations: [Operation]) -> Change {
    let context = ChangeContext(id: next, version: state.version, author: Self.author, writtenAt: 1)
    return Change(context: context, operations: operations)
  }

  /// Types, pastes, deletes, here and there.
  static func edit(
    _ editor: inout TextEditor, _ expected: inout [Unicode.Scalar], _ random: inout SplitMix64
  ) {
    if expected.isEmpty || random.chance(60) {
      let letters = [
        "a", "bc", "\u{e6}\u{301}", "\u{20ac}", "\u{1f9f8}d", String(repeating: "long ", count: 9),
      ]
      let text = random.pick(letters)
      let place = random.chance(50) ? expected.count : random.below(expected.count + 1)
      editor.insert(text, at: place)
      expected.insert(contentsOf: text.unicodeScalars, at: place)
    } else {
      let place = random.below(expected.count)
      let count = min(random.chance(80) ? 1 : 20, expected.count - place)
      editor.delete(count, at: place)
      expected.removeSubrange(place..<place + count)
    }
  }
}
