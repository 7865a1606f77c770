import Testing

/// What is typed or pasted at a terminal is kept whole, or refused.
@Suite(.serialized, .atWork) struct TypedTextTests {
  private func content(_ note: Answer, _ place: Municipality) async throws -> String? {
    let shown = try await place.done("karin", "note", "show", "F01", try note.text("record"), "--json")
    return try shown.object["content"]?.string
  }

  /// Three lines and the empty one between them are one note: the shell gets nothing of it.
  @Test func aPasteIsOneText() async throws {
    let place = try Municipality.current
    let visit = try Terminal.Visit(place, "karin", ["note", "add", "F01", "--json"])
    try await visit.answer("Text – an empty line ends it: ", with: "en\nto\n\ntre\n")
    let note = try await visit.end()
    #expect(note.exit == 0, "\(note)")
    #expect(try await content(note, place) == "en\nto\n\ntre")
  }

  /// A terminal takes 4,095 bytes of a line and drops the rest: what it gave is not the text.
  @Test func aLineThatTheTerminalCutIsRefused() async throws {
    let place = try Municipality.current
    func unsent() async throws -> JSONValue? {
      try await place.done("karin", "status", "--json").object["pending"]
    }
    let before = try await unsent()
    let long = String(repeating: "søvn ", count: 1_633)
    for words in [["note", "add", "F01"], ["case", "new"]] {
      let visit = try Terminal.Visit(place, "karin", words)
      try await visit.answer(": ", with: long)
      let told = try await visit.terminal.read(until: "in EDITOR.")
      #expect(told.contains("4095 bytes or more"), "\(told.suffix(300))")
      #expect(try await visit.end().exit == 2)
    }
    #expect(try await unsent() == before)
    // So much fits.
    let fits = String(repeating: "x", count: 4_094)
    let visit = try Terminal.Visit(place, "karin", ["note", "add", "F01", "--json"])
    try await visit.answer("ends it: ", with: fits + "\n")
    #expect(try await content(try await visit.end(), place) == fits)
  }

  /// Who has named an editor writes there, and a reason is a text as well.
  @Test func theEditorIsOpenedWhereOneIsNamed() async throws {
    let place = try Municipality.current
    let editor = try place.write("#!/bin/sh\nprintf 'i editoren\\nto linjer\\n' > \"$1\"\n", mode: 0o700)
    let visit = try Terminal.Visit(place, "karin", ["note", "add", "F01", "--json"], editor: "sh \(editor)")
    let note = try await visit.end()
    #expect(note.exit == 0, "\(note)")
    #expect(try await content(note, place) == "i editoren\nto linjer")
    let record = try note.text("record")
    let words = ["note", "entered-in-error", "F01", record]
    let empty = try Terminal.Visit(place, "karin", words, editor: "true")
    #expect(try await empty.end().exit == 2)
    let visited = try Terminal.Visit(place, "karin", words)
    try await visited.answer("– an empty line ends it: ", with: "det var\nen anden sag\n")
    let taken = try await visited.end()
    #expect(taken.exit == 0, "\(taken)")
  }
}
