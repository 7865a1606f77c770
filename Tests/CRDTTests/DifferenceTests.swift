import CRDT
import Testing

/// A text that was changed elsewhere, as in an editor, and comes back whole.
@Suite struct DifferenceTests {
  @Test func anyTextBecomesAnyOther() {
    Law.holds(onOneSeedOf: 4) { random in
      var writer = Writer(1)
      for _ in 0..<6 {
        var editor = writer.begin()
        let wanted = Self.text(changing: editor.sequence.string, &random)
        editor.replace(with: wanted)
        try Law.check(editor.sequence.string.utf8.elementsEqual(wanted.utf8), "not the text")
        _ = writer.finish(editor)
        try Law.check(
          writer.state.text(Writer.field).string.utf8.elementsEqual(wanted.utf8), "not the record's")
      }
    }
  }

  /// Composed and decomposed letters look alike and are not the same; families and flags are one character.
  private static func text(changing text: String, _ random: inout SplitMix64) -> String {
    var letters = text.map(String.init)
    let choices = ["a", "b", "\u{e9}", "e\u{301}", " ", "\r\n", "\u{1f469}\u{200d}\u{1f467}", "\u{301}"]
    for _ in 0..<(1 + random.below(12)) {
      let place = random.below(letters.count + 1)
      if random.chance(60) || place == letters.count {
        letters.insert(random.pick(choices), at: place)
      } else {
        letters.remove(at: place)
      }
    }
    return letters.joined()
  }

  @Test func aSmallChangeIsASmallEdit() throws {
    var writer = Writer(1)
    var editor = writer.begin()
    let base = "The meeting is on Thursday at ten. " + String(repeating: "Nothing else. ", count: 200)
    editor.replace(with: base)
    _ = writer.finish(editor)
    editor = writer.begin()
    editor.replace(with: base.replacing("Thursday", with: "Friday"))
    let edit = try #require(editor.finish())
    #expect(edit.steps.count == 2 && edit.insertedCount == 3, "\(edit.steps)")
    editor = writer.begin()
    editor.replace(with: base)
    #expect(editor.isEmpty && editor.finish() == nil)
  }

  /// Two people change the same text without knowing of each other: both changes are there.
  @Test func whatTwoChangedMerges() {
    var first = Writer(1)
    var editor = first.begin()
    editor.replace(with: "The child walks with support. The family wants respite.")
    _ = first.finish(editor)
    var second = first.copy(2)
    editor = first.begin()
    editor.replace(with: "The child walks without support. The family wants respite.")
    let one = first.finish(editor)
    editor = second.begin()
    editor.replace(with: "The child walks with support. The family needs respite in July.")
    let other = second.finish(editor)
    if let one { second.state.apply(one) }
    if let other { first.state.apply(other) }
    #expect(first.state.text(Writer.field).string == second.state.text(Writer.field).string)
    #expect(
      first.state.text(Writer.field).string
        == "The child walks without support. The family needs respite in July.")
  }

  /// A text that has nothing in common with the one before is replaced, and in bounded time.
  @Test func whatIsAllDifferentIsReplaced() throws {
    var writer = Writer(1)
    var editor = writer.begin()
    editor.replace(with: String(repeating: "abcdefg ", count: 1_000))
    _ = writer.finish(editor)
    editor = writer.begin()
    let other = String(repeating: "ABCDEFG!", count: 1_000)
    editor.replace(with: other)
    #expect(editor.sequence.string == other)
    #expect(try #require(editor.finish()).steps.count == 2)
  }
}
