import Testing

/// A visit in one go, and a note that stood wrong.
@Suite(.serialized, .atWork) struct VisitCommandTests {
  private static let canary = "kanarie-forkert-familie"

  @Test func aFormBecomesOneActOrNothing() async throws {
    let place = try Municipality.current
    try await place.done("karin", "goal", "add", "F01", "--text", "en rolig nat", "--rank", "1")
    let template = try await place.kos("karin", "visit", "template", "F01", language: "da")
    #expect(template.exit == 0 && template.output.contains("# en rolig nat\nMål 1:\n"), "\(template)")
    // What was printed and not filled in is nothing.
    let blank = try place.write(
      template.output.split(separator: "\n").filter { !$0.hasPrefix("Dato") }.joined(separator: "\n"))
    let empty = try await place.kos("karin", "visit", "F01", "--from-file", blank)
    #expect(empty.exit == 2 && empty.error.contains("Nothing was saved"), "\(empty)")
    // Nor is the day alone anything: what is missing is said.
    let dated = try place.write(template.output)
    let bare = try await place.kos("karin", "visit", "F01", "--from-file", dated, language: "da")
    #expect(bare.exit == 2 && bare.error.contains("der mangler") && bare.error.contains("Kontakt"), "\(bare)")
    // A sheet to write on is nothing that the case knows of, and does not say so.
    let sheet = try await place.kos(
      "karin", "letter", "visit-sheet", "F01", "--blank", "--out", place.file("tom.html"))
    #expect(sheet.exit == 0 && sheet.output.contains("nothing is noted in the case"), "\(sheet)")

    let form = """
      Dato: 2020-06-30
      Kontakt: Vi talte ved bordet.
      Tidlig advarsel: Faren er sygemeldt.
      Mål 1: Han sover nu.
      Opgave: Ring til skolen | 2020-08-01 | Karin
      Notat: Husk nøglen.
      """
    let file = try place.write(form)
    let look = try await place.done("karin", "visit", "F01", "--from-file", file, "--dry-run")
    #expect(look.output.contains("task: Ring til skolen") && look.output.contains("! Faren"), "\(look)")
    #expect(try await place.done("karin", "contact", "list", "F01", "--json").objects.isEmpty)
    let wrong = try place.write(form + "\nMål 7: findes ikke")
    let refused = try await place.kos("karin", "visit", "F01", "--from-file", wrong, language: "da")
    #expect(refused.exit == 2 && refused.error.contains("Linje 7: familien har intet mål 7"), "\(refused)")
    #expect(try await place.done("karin", "contact", "list", "F01", "--json").objects.isEmpty)

    let done = try await place.done("karin", "visit", "F01", "--from-file", file, "--json").object
    #expect(done["delivery"] == .string("sent"), "\(done)")
    #expect(
      done["records"]?.array?.compactMap { $0["kind"]?.string } == ["contact", "note", "task", "note"])
    let contacts = try await place.done("karin", "contact", "list", "F01", "--json").objects
    #expect(contacts.count == 1 && contacts[0]["early_warning"] == .string("Faren er sygemeldt."))
    #expect(contacts[0]["day"] == .string("2020-06-30") && contacts[0]["form"] == .string("home_visit"))
  }

  private func search(_ who: String, in place: Municipality) async throws -> JSONValue {
    let script = Municipality.root + "/Tests/CommandLineTests/Support/search-replica.py"
    let answer = try await place.run("/usr/bin/python3", [script, place.home(who), Self.canary])
    try #require(answer.exit == 0, "\(answer)")
    return try #require(answer.object["found"]?[Self.canary])
  }

  /// It leaves the replica of who should never have had it, searched byte by byte and value by value.
  @Test func aNoteThatStandsInTheWrongCaseLeavesReplicas() async throws {
    let place = try Municipality.current
    try await place.done("lene", "case", "new", "--label", "F60", "--child", "Ib:2019-09-01")
    try await place.done("lene", "case", "allocate", "F60", "--coordinator", "Karin")
    try await place.done("karin", "sync")
    let added = try await place.done("karin", "note", "add", "F01", "--text", Self.canary, "--json")
    let note = try added.text("record")
    try await place.done("poul", "sync")
    #expect(try await search("poul", in: place) != .array([]))
    let early = try await place.kos("poul", "note", "entered-in-error", "F01", note, "--reason", "x")
    #expect(early.exit == 3 && early.error.contains("coordinator does so"), "\(early)")
    let same = try await place.kos("karin", "note", "move", note, "--to", "F01")
    #expect(same.exit == 2, "\(same)")

    let moved = try await place.done(
      "karin", "note", "move", note, "--to", "F60", "--reason", "forkert familie", "--json"
    ).object
    #expect(moved["delivery"] == .string("sent") && moved["closed"] == .string(note), "\(moved)")
    try await place.done("poul", "sync")
    #expect(try await search("poul", in: place) == .array([]))
    let there = try await place.done("karin", "note", "list", "F60").output
    #expect(there.contains(Self.canary), "\(there)")
    let left = try await place.done("poul", "note", "list", "F01").output
    #expect(!left.contains(Self.canary), "\(left)")

    // The move is not taken back: that would give the note to the wrong family's people again.
    for (language, told) in ["en": "took a note from those", "da": "tog et notat fra dem"] {
      let undo = try await place.kos("karin", "undo", language: language)
      #expect(undo.exit == 2 && undo.error.contains(told) && undo.error.contains("note move"), "\(undo)")
    }
    let acts = try await place.done("karin", "undo", "--list", "--json").objects
    #expect(acts.first?["obstacle"] == .string("taken_away"), "\(acts)")
    try await place.done("poul", "sync")
    #expect(try await search("poul", in: place) == .array([]))
  }

  @Test func aNoteIsTakenBackByItsCoordinator() async throws {
    let place = try Municipality.current
    let added = try await place.done("poul", "note", "add", "F01", "--text", "aldrig skrevet", "--json")
    let note = try added.text("record")
    try await place.done("karin", "sync")
    let back = try await place.kos(
      "karin", "note", "entered-in-error", "F01", note, "--reason", "forkert barn", language: "da")
    #expect(back.exit == 0 && back.output.contains("lukket for alle andre end Poul"), "\(back)")
    try await place.done("karin", "sync")
    #expect(try await !place.done("karin", "note", "list", "F01").output.contains("aldrig skrevet"))
    try await place.done("poul", "sync")
    // Its author has it still, and sees that it was taken back.
    for words in [["note", "list", "F01"], ["find", "aldrig", "skrevet"]] {
      let told = try await place.kos("poul", words).output
      #expect(told.contains("aldrig skrevet (entered in error)"), "\(words): \(told)")
    }
    let listed = try await place.done("poul", "note", "list", "F01", "--json").objects
    #expect(listed.first { $0["record"] == .string(note) }?["taken_back"] == .boolean(true), "\(listed)")
  }
}
