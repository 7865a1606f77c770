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
    await place.stopServer()
    let second = try await place.run(
      "kosd", ["leader", "add", "--data", "tenant", "--name", "Bo", "--json"])
    try await place.serveAgain()
    try #require(try await place.enrol("bo", code: second.text("code")).exit == 0)
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
  }
}
