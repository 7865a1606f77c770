import Testing

/// Taking back the last act, sent or not.
@Suite(.serialized, .atWork) struct UndoTests {
  static let keys: Set = [
    "records", "kinds", "written_at", "dry_run", "saved", "delivery", "unsent", "unsent_since",
  ]

  /// What the server has is taken back there; once more what was written before; and redone it stands again.
  @Test func aGoalsRank() async throws {
    let place = try Municipality.current
    try await place.done("karin", "goal", "add", "F01", "--text", "søvn", "--rank", "1")
    try await place.done("karin", "goal", "rank", "F01", "1", "--rank", "3")
    func rank() async throws -> JSONValue? {
      try await place.done("karin", "goal", "list", "F01", "--json").object["family_rank"]
    }
    for (language, told, field) in [
      ("en", "This would be taken back", "family's rank"),
      ("da", "Det ville blive taget tilbage", "familiens prioritet"),
    ] {
      let dry = try await place.kos("karin", "undo", "--dry-run", language: language)
      #expect(dry.exit == 0 && dry.output.contains(told), "\(dry)")
      #expect(dry.output.contains("\(field): 3 → 1"), "\(dry)")
    }
    #expect(try await rank() == .integer(3))
    let undone = try await place.done("karin", "undo", "--json").object
    #expect(undone.keys == Self.keys && undone["delivery"] == .string("sent"), "\(undone)")
    #expect(try await rank() == .integer(1))
    let again = try await place.kos("karin", "undo", "--redo", language: "da")
    #expect(again.exit == 0 && again.output.contains("Gælder igen: mål."), "\(again)")
    #expect(try await rank() == .integer(3))
    let none = try await place.kos("karin", "undo", "--redo")
    #expect(none.exit == 0 && none.output.contains("nothing that was taken back"), "\(none)")
    // What stands again is taken back as everything else is.
    try await place.done("karin", "undo")
    #expect(try await rank() == .integer(1))
    try await place.done("karin", "undo", "--redo")
  }

  /// Three in a row go three steps back, on the same field as on others, and as many redone go forth again.
  @Test func threeInARow() async throws {
    let place = try Municipality.current
    let goal = try await place.done("karin", "goal", "add", "F01", "--text", "ro", "--rank", "5", "--json")
      .text("record")
    try await place.done("karin", "goal", "rank", "F01", goal, "--rank", "6")
    try await place.done("karin", "note", "add", "F01", "--text", "imellem")
    try await place.done("karin", "goal", "rank", "F01", goal, "--rank", "7")
    func state() async throws -> [JSONValue?] {
      let goals = try await place.done("karin", "goal", "list", "F01", "--json").objects
      let notes = try await place.done("karin", "note", "list", "F01", "--json").objects
      return [
        goals.first { $0["record"] == .string(goal) }?["family_rank"],
        .boolean(notes.contains { $0["text"] == .string("imellem") }),
      ]
    }
    let way: [[JSONValue?]] = [
      [.integer(7), .boolean(true)], [.integer(6), .boolean(true)], [.integer(6), .boolean(false)],
      [.integer(5), .boolean(false)],
    ]
    #expect(try await state() == way[0])
    for step in way.dropFirst() {
      try await place.done("karin", "undo")
      #expect(try await state() == step)
    }
    for step in way.dropLast().reversed() {
      try await place.done("karin", "undo", "--redo")
      #expect(try await state() == step)
    }
  }

  /// Without a network, before anybody had it: a note that says nothing any more, and nothing lost of others.
  @Test func offline() async throws {
    let place = try Municipality.current
    try await place.done(
      "karin", "contact", "log", "F01", "--kind", "visit", "--text", "forkert", "--offline")
    try await place.done("karin", "undo", "--offline")
    let contacts = try await place.done("karin", "contact", "list", "F01", "--json").objects
    #expect(!contacts.contains { $0["text"] == .string("forkert") }, "\(contacts)")
    try await place.done("karin", "sync")
    let found = try await place.kos("karin", "find", "forkert")
    #expect(found.output.contains("There is nothing") || found.output.contains("Nothing here"), "\(found)")
    let task = try await place.done("karin", "task", "add", "F01", "ring", "--owner", "me", "--json")
    try await place.done("karin", "undo")
    let list = try await place.done("karin", "task", "list", "F01", "--all", "--json").objects
    #expect(
      list.contains { $0["record"] == (try? task.object["record"]) && $0["status"] == .string("cancelled") })
  }

  /// What was recorded in error is in no list and asks nothing of anybody, and its history tells that it was
  /// there; once others have written in it, it stays.
  @Test func whatWasRecordedInError() async throws {
    let place = try Municipality.current
    func listed(_ words: String..., id: String) async throws -> Bool {
      try await place.kos("karin", words + ["--json"]).objects.contains { $0["record"] == .string(id) }
    }
    let request = try await place.done(
      "karin", "request", "add", "F01", "ppv", "--due", "i morgen", "--json"
    ).text("record")
    #expect(try await listed("request", "list", "F01", id: request))
    try await place.done("karin", "undo")
    #expect(try await !listed("request", "list", "F01", id: request))
    #expect(try await !listed("case", "log", "F01", id: request))
    #expect(try await listed("case", "log", "F01", "--changes", id: request))
    for (language, told) in ["en": "entered in error", "da": "taget tilbage"] {
      let explained = try await place.kos("karin", "explain", request, language: language)
      #expect(explained.exit == 0 && explained.output.contains(told), "\(explained)")
    }
    try await place.done("karin", "undo", "--redo")
    #expect(try await listed("request", "list", "F01", id: request))

    let goal = try await place.done("karin", "goal", "add", "F01", "--text", "fejl", "--json").text("record")
    try await place.done("poul", "sync")
    try await place.done("poul", "goal", "rank", "F01", goal, "--rank", "2")
    try await place.done("karin", "sync")
    for (language, told) in ["en": "has written on in it", "da": "har skrevet videre i det"] {
      let kept = try await place.kos("karin", "undo", language: language)
      #expect(kept.exit == 2 && kept.error.contains(told), "\(kept)")
    }
    #expect(try await listed("goal", "list", "F01", id: goal))
  }

  @Test func whatGivesRightsIsNotTakenBack() async throws {
    let place = try Municipality.current
    try await place.done("lene", "case", "new", "--label", "F50")
    for (language, told) in ["en": "opened a case", "da": "åbnede en sag"] {
      let refused = try await place.kos("lene", "undo", language: language)
      #expect(refused.exit == 2 && refused.error.contains(told), "\(refused)")
      #expect(refused.error.contains("kos case close"), "\(refused)")
    }
    try await place.done("lene", "case", "allocate", "F50", "--coordinator", "Karin")
    for (language, told) in ["en": "gives or takes rights", "da": "giver eller tager ret"] {
      let refused = try await place.kos("lene", "undo", language: language)
      #expect(refused.exit == 2 && refused.error.contains(told), "\(refused)")
    }
    try await place.hospital("sent")
    try await place.done("sent", "update", "send", "--text", "nyt")
    let sent = try await place.kos("sent", "undo", language: "da")
    #expect(sent.exit == 2 && sent.error.contains("er sendt til andre"), "\(sent)")
  }

  /// What cannot be taken back is named, passed over where that is said, and each act has a number.
  @Test func whatCameBeforeIsReached() async throws {
    let place = try Municipality.current
    try await place.done("lene", "case", "new", "--label", "F51")
    try await place.done("lene", "case", "allocate", "F51", "--coordinator", "Karin")
    try await place.done("karin", "sync")
    try await place.done("karin", "note", "add", "F51", "--text", "først")
    try await place.done("karin", "participant", "add", "F51", "--person", "Poul", "--role", "core-team")
    let stuck = try await place.kos("karin", "undo", language: "da")
    #expect(stuck.exit == 2 && stuck.error.contains("deltager F51: Poul"), "\(stuck)")
    #expect(stuck.error.contains("kos undo --skip") && stuck.error.contains("kos undo --list"), "\(stuck)")
    let list = try await place.kos("karin", "undo", "--list", language: "da")
    #expect(list.output.contains("tages ikke tilbage: det afsluttes"), "\(list)")
    let acts = try await place.done("karin", "undo", "--list", "--json").objects
    #expect(acts.first?["obstacle"] == .string("governed") && acts.first?["number"] == .integer(1))
    #expect(acts.dropFirst().first?["obstacle"] == .null)
    func notes() async throws -> Int {
      try await place.done("karin", "note", "list", "F51", "--json").objects
        .count { $0["text"] == .string("først") }
    }
    let passed = try await place.kos("karin", "undo", "--skip")
    #expect(passed.exit == 0 && passed.error.contains("Passed over: participant F51"), "\(passed)")
    #expect(try await notes() == 0)
    try await place.done("karin", "undo", "--redo")
    #expect(try await notes() == 1)
    try await place.done("karin", "task", "add", "F51", "ring", "--owner", "me")
    let ways = try await place.kos("karin", "undo", "--skip", "--list")
    #expect(ways.exit == 2 && ways.error.contains("only one of"), "\(ways)")
    // The number means what it meant when the list was shown.
    let moved = try await place.kos("karin", "undo", "2")
    #expect(moved.exit == 2 && moved.error.contains("is now"), "\(moved)")
    let now = try await place.done("karin", "undo", "--list", "--json").objects
    let number = try #require(
      now.first { $0["kinds"]?.array == [.string("note")] && $0["obstacle"] == .null }?["number"]?.integer)
    try await place.done("karin", "undo", String(number))
    #expect(try await notes() == 0)
  }

  /// What was not sent yet is taken back without a network, also after something that was sent was.
  @Test func offlineAfterAnUndoThatWasSent() async throws {
    let place = try await Municipality.atWork()
    try await place.done("karin", "note", "add", "F01", "--text", "sendt og fortrudt")
    try await place.done("karin", "undo")
    await place.stopServer()
    try await place.done("karin", "note", "add", "F01", "--text", "usendt og fortrudt", "--offline")
    let undone = try await place.kos("karin", "undo", "--offline")
    #expect(undone.exit == 0, "\(undone)")
    let notes = try await place.done("karin", "note", "list", "F01", "--json").objects
    #expect(!notes.contains { $0["text"] == .string("usendt og fortrudt") }, "\(notes)")
    // The list tells what is known here.
    let list = try await place.kos("karin", "undo", "--list")
    #expect(list.exit == 0, "\(list)")
    await place.close()
  }

  /// A leader's first act puts her into the register too, and that is not what she takes back.
  @Test func aLeadersFirstAct() async throws {
    let place = try await Municipality.withLeader()
    let none = try await place.kos("lene", "undo")
    #expect(none.exit == 0 && none.output.contains("nothing of yours"), "\(none)")
    try await place.done("lene", "training", "add", "--title", "ICS", "--planned", "2020-04-01")
    let undone = try await place.done("lene", "undo", "--json").object
    #expect(undone["kinds"] == .array([.string("training_day")]), "\(undone)")
    #expect(try await place.done("lene", "training", "list", "--json").objects.isEmpty)
    let persons = try await place.done("lene", "person", "list", "--json").objects
    #expect(persons.count == 1 && persons.first?["name"] != .string("–"), "\(persons)")
    try await place.done("lene", "training", "add", "--title", "ICS", "--planned", "2020-05-01")
    await place.close()
  }

  /// A caseload is one act, however many entries it has: one that opens cases stands, and is passed over at
  /// once; one that only adds to cases is taken back whole and stands again whole.
  @Test func anImport() async throws {
    let place = try Municipality.current
    func imported(_ lines: [String]) async throws {
      let file = try place.write(lines.joined(separator: "\n"))
      try await place.done("lene", "import", file)
    }
    try await place.done("lene", "import", ImportTests.caseload)
    let acts = try await place.done("lene", "undo", "--list", "--json").objects
    let first = try #require(acts.first)
    #expect(first["obstacle"] == .string("opened"), "\(first)")
    #expect(
      (first["records"]?.array?.count ?? 0) > 200, "one act: \(acts.map { $0["records"]?.array?.count })")
    for (language, told) in ["en": "Nothing was changed", "da": "Intet er ændret"] {
      let stands = try await place.kos("lene", "undo", language: language)
      #expect(stands.exit == 2 && stands.error.contains(told), "\(stands)")
    }

    let enrolled = #"{"date":"2020-01-02","event":"enrolled","family":"Hjem","children":["Hjem-a"]}"#
    try await imported([enrolled])
    let contacts = (1...70).map { number in
      #"{"date":"2020-03-\#(number % 20 + 10)","event":"family_contact","family":"Hjem","#
        + #""kind":"visit","text":"besøg \#(number)"}"#
    }
    try await imported([enrolled] + contacts)
    func visits() async throws -> Int {
      try await place.done("lene", "contact", "list", "Hjem", "--json").objects
        .count { $0["text"]?.string?.hasPrefix("besøg") == true }
    }
    let count = try await visits()
    #expect(count == 70)
    let undone = try await place.done("lene", "undo", "--json").object
    #expect(undone["records"]?.array?.count == count && undone["delivery"] == .string("sent"), "\(undone)")
    #expect(try await visits() == 0)
    try await place.done("lene", "undo", "--redo")
    #expect(try await visits() == count)
    let status = try await place.done("lene", "status", "--json").object
    #expect(status["refused"] == .array([]) && status["pending"] == .integer(0), "\(status)")
  }

  /// What makes an undone act stand again overwrites nothing that was written since, by whomever.
  @Test func whatWasWrittenSinceStays() async throws {
    let place = try Municipality.current
    let goal = try await place.done("karin", "goal", "add", "F01", "--text", "mad", "--rank", "1", "--json")
      .text("record")
    func rank() async throws -> JSONValue? {
      try await place.done("karin", "goal", "list", "F01", "--json").objects
        .first { $0["record"] == .string(goal) }?["family_rank"]
    }
    try await place.done("karin", "goal", "rank", "F01", goal, "--rank", "4")
    try await place.done("karin", "undo")
    #expect(try await rank() == .integer(1))
    // Also where it says the same again in the end.
    for (number, kept) in [("2", Int64(2)), ("1", 1)] {
      try await place.done("karin", "goal", "rank", "F01", goal, "--rank", number)
      // Nothing of either act is left where it was written, so there is nothing that could stand again.
      for (language, told) in ["en": "could stand again", "da": "kan gælde igen"] {
        let again = try await place.kos("karin", "undo", "--redo", language: language)
        #expect(again.exit == 0 && "\(again)".contains(told), "\(again)")
      }
      #expect(try await rank() == .integer(kept))
    }
  }
}
