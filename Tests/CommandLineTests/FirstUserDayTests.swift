import Testing

/// What the list of the day and a hand-over tell who sees them for the first time.
@Suite(.serialized, .withFamily) struct FirstUserDayTests {
  private func today(_ who: String, _ place: Municipality) async throws -> [JSONValue] {
    try await place.done(who, "today", "--all", "--json").objects
  }

  /// Whoever is asked for a task answers first; afterwards it is done.
  @Test func aTaskThatIsAskedForIsAcceptedFirst() async throws {
    let place = try Municipality.current
    let task = try await place.done("karin", "task", "add", "F01", "hent", "--owner", "Poul", "--json")
      .text("record")
    try await place.done("poul", "sync")
    func command() async throws -> String? {
      try await today("poul", place).first { $0["record"] == .string(task) }?["command"]?.string
    }
    #expect(try await command()?.hasPrefix("kos task accept ") == true)
    try await place.done("poul", "task", "accept", "F01", task)
    #expect(try await command()?.hasPrefix("kos task complete ") == true)
  }

  /// What the server refused stands on the list until it is looked into.
  @Test func refusedWorkIsToldToday() async throws {
    let place = try Municipality.current
    try await place.done("lene", "participant", "end", "F01", "--person", "Poul")
    try await place.done("poul", "note", "add", "F01", "--text", "for sent", "--offline")
    _ = try await place.kos("poul", "sync")
    let status = try await place.done("poul", "status", "--json").object
    let refused = status["refused"]?.array?.count ?? 0
    let told = try await today("poul", place).filter { $0["section"] == .string("refused") }
    #expect(told.count == refused, "\(status) \(told)")
    try await place.done("lene", "participant", "add", "F01", "--person", "Poul", "--role", "core-team")
    try await place.done("poul", "sync")
  }

  /// A proposal waits for the second leader, who finds it among what waits for her; who made it does not.
  @Test func aProposalAwaitsTheSecondLeader() async throws {
    let place = try Municipality.current
    try await place.leader("bo", "Bo")
    try await place.done(
      "lene", "authority-limit", "add", "--of", "coordinator", "--matter", "respite", "--amount", "5000")
    try await place.done("bo", "sync")
    let awaiting = try await today("bo", place).filter { $0["why"] == .string("second_person") }
    #expect(awaiting.count == 1, "\(awaiting)")
    let command = try #require(awaiting.first?["command"]?.string)
    #expect(command.hasPrefix("kos authority-limit confirm "), "\(command)")
    #expect(try await today("lene", place).allSatisfy { $0["why"] != .string("second_person") })
    try await place.done("bo", "authority-limit", "confirm", "1")
    #expect(try await today("bo", place).allSatisfy { $0["why"] != .string("second_person") })
  }

  /// Whoever takes over is not let into protected contacts by that, and is told how to be.
  @Test func aHandOverTellsOfProtectedContacts() async throws {
    let place = try Municipality.current
    try await place.colleague("bente", "coordinator", "Bente")
    try await place.done("karin", "sync")
    let contact = try await place.done(
      "karin", "protected-contact", "add", "F01", "--sort", "address", "--about", "Anna", "--text", "Vej 7",
      "--json"
    ).text("record")
    let words = ["people", "hand-over", "Karin", "--to", "Bente", "--dry-run"]
    for (language, told) in ["en": "Let in who takes over", "da": "Lad efterfølgeren læse den"] {
      let dry = try await place.kos("karin", words, language: language)
      #expect(dry.exit == 0 && dry.error.contains(told), "\(dry)")
      #expect(dry.error.contains(String(contact.prefix(8))) && !dry.error.contains("Vej 7"), "\(dry)")
      #expect(dry.output.contains("kos protected-contact audience"), "\(dry)")
    }
    let object = try await place.kos("karin", words + ["--json"]).object
    #expect(object["protected_contacts_unread"] == .array([.string(contact)]), "\(object)")
    try await place.done("karin", "protected-contact", "audience", "F01", contact, "--let-in", "Bente")
    let after = try await place.kos("karin", words + ["--json"]).object
    #expect(after["protected_contacts_unread"] == .array([]), "\(after)")
  }

  /// Before the first meeting was held items are ended as the cases are gone through; holding takes the rest.
  @Test func itemsAreEndedBeforeTheMeetingIsHeld() async throws {
    let place = try await Municipality.withLeader()
    try await place.colleague("karin", "coordinator", "Karin")
    for label in ["F01", "F02"] {
      try await place.done(
        "lene", "case", "new", "--label", label, "--child", "Anna:2018-05-01", "--source", "hospital")
      try await place.done("lene", "case", "allocate", label, "--coordinator", "Karin")
      try await place.done("lene", "case", "enrol", label, "--reason", "aftalt")
    }
    try await place.done("karin", "sync")
    let item = ["agenda", "item", "F01", "--outcome", "action", "--text", "ring"]
    let none = try await place.kos("karin", item)
    #expect(none.exit == 2 && none.error.contains("kos status-meeting plan"), "\(none)")
    try await place.done("karin", "status-meeting", "plan", "--on", "om 2 dage")
    let ended = try await place.kos("karin", item)
    #expect(ended.exit == 0, "\(ended)")
    let shown = try await place.done("karin", "agenda", "show", "--json").objects
    #expect(shown.first { $0["label"] == .string("F01") }?["outcome"] == .string("action"), "\(shown)")
    let held = try await place.done("karin", "status-meeting", "hold", "--no-next", "--json").object
    #expect(held["agenda"] == .integer(2) && held["without_outcome"] == .integer(1), "\(held)")
    await place.close()
  }

  /// A case that was opened without saying who turned to the municipality says what is next.
  @Test func aCaseWithoutASourceSaysWhatIsNext() async throws {
    let place = try Municipality.current
    for (language, told) in ["en": "kos case inquiry", "da": "kos case inquiry"] {
      let opened = try await place.kos("lene", "case", "new", "--label", "F7-\(language)", language: language)
      #expect(opened.exit == 0 && opened.error.contains(told), "\(opened)")
    }
    func state() async throws -> JSONValue? {
      try await place.done("lene", "step", "show", "F7-en", "0", "--json").object["state"]
    }
    #expect(try await state() == .string("waiting"))
    try await place.done(
      "lene", "case", "inquiry", "F7-en", "--source", "hospital", "--text", "en henvisning")
    #expect(try await state() == .string("done"))
    let whole = try await place.kos("lene", "case", "new", "--label", "F7-kilde", "--source", "citizen")
    #expect(whole.exit == 0 && !whole.error.contains("case inquiry"), "\(whole)")
  }

  /// What came late without a reason says how the reason is given afterwards, and that ends the matter.
  @Test func aMissedMonthIsExplainedAfterwards() async throws {
    let place = try await Municipality.withLeader()
    try await place.colleague("karin", "coordinator", "Karin")
    let day = "for-70-dage-siden"
    try await place.done(
      "lene", "case", "new", "--label", "F01", "--child", "Anna:2018-05-01", "--source", "hospital",
      "--received", day)
    try await place.done("lene", "case", "allocate", "F01", "--coordinator", "Karin", "--on", day)
    try await place.done("lene", "case", "enrol", "F01", "--reason", "aftalt", "--on", day)
    try await place.done("karin", "sync")
    let log = ["contact", "log", "F01", "--kind", "telephone", "--text", "ring"]
    let late = try await place.kos("karin", log, language: "da")
    #expect(late.exit == 0 && late.error.contains("kos step complete"), "\(late)")
    #expect(late.error.contains("--reason HVORFOR"), "\(late)")
    try await place.done("karin", "step", "complete", "F01", "10", "--reason", "ferie")
    let again = try await place.kos("karin", log)
    #expect(again.exit == 0 && !again.error.contains("step complete"), "\(again)")
    await place.close()
  }

  /// What was ended before the meeting was called counts as ended when it is held, and one is one.
  @Test func anOutcomeBeforeTheMeetingCounts() async throws {
    let place = try Municipality.current
    try await place.done("lene", "case", "enrol", "F01", "--reason", "aftalt")
    try await place.done(
      "karin", "status-meeting", "hold", "--on", "for-10-dage-siden", "--no-next", "--attendee", "Poul")
    try await place.done("karin", "sync")
    try await place.done("karin", "agenda", "item", "F01", "--outcome", "action", "--text", "ring")
    let dry = try await place.done("karin", "agenda", "show", "--json").objects
    #expect(dry.count == 1, "\(dry)")
    let held = try await place.kos("karin", "status-meeting", "hold", "--no-next", language: "da")
    #expect(held.exit == 0 && held.output.contains("1 sag på dagsordenen, 0 uden udfald"), "\(held)")
    for (language, told) in ["en": "is recorded already", "da": "er allerede noteret"] {
      let again = try await place.kos("karin", "status-meeting", "hold", language: language)
      #expect(again.exit == 2 && again.error.contains(told), "\(again)")
    }
  }
}
