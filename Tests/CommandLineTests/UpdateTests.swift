import Testing

/// News from the hospital: its text from wherever, once in effect, with a receipt.
@Suite(.serialized, .atWork) struct UpdateTests {
  static let sent: Set = [
    "update", "case", "state", "already_known", "saved", "delivery", "unsent", "unsent_since",
  ]

  @Test func theTextComesFromAnOptionAFileTheInputOrAPrompt() async throws {
    let place = try Municipality.current
    try await place.hospital("source")
    let file = try place.write("fra en fil\nmed to linjer\n")
    try await place.done("source", "update", "send", "--text", "fra en tilvalgt tekst", "--offline")
    try await place.done("source", "update", "send", "--file", file, "--offline")
    try await place.done("source", "update", "send", "--offline", input: "fra indgangen\n")
    try await place.done("source", "update", "send", "--file", "-", "--offline", input: "fra -\n")
    let visit = try Terminal.Visit(place, "source", ["update", "send", "--offline", "--json"])
    try await visit.answer("Text – an empty line ends it: ", with: "fra en prompt\n")
    #expect(try await visit.end().object["state"] == .string("kept"))
    let list = try await place.done("source", "update", "list", "--json")
    #expect(
      try list.objects.map { $0["text"]?.string } == [
        "fra en tilvalgt tekst", "fra en fil\nmed to linjer", "fra indgangen", "fra -", "fra en prompt",
      ])
    for (language, told) in ["en": "Nothing was saved. Use --text", "da": "Intet er gemt. Brug --text"] {
      let none = try await place.kos("source", "update", "send", language: language, input: " \n")
      #expect(none.exit == 2 && none.error.contains(told), "\(none)")
    }
    let ahead = try await place.kos("source", "update", "send", "--text", "x", "--on", "om-3-dage")
    #expect(ahead.exit == 2 && ahead.error.contains("has not come yet"), "\(ahead)")
    let noText = try await place.kos(
      "source", "update", "send", "--file", place.home("source") + "/replica.db")
    #expect(noText.exit == 2 && noText.error.contains("is not text in UTF-8"), "\(noText)")
  }

  /// Made offline; kept, received, triaged; and for people in both languages.
  @Test func theReceipt() async throws {
    let place = try Municipality.current
    try await place.hospital("receipt")
    await place.stopServer()
    let kept = try await place.done("receipt", "update", "send", "--text", "ganghjælp afvist", "--json")
    #expect(try kept.object.keys == Self.sent.union(["reason"]))
    #expect(try kept.object["state"] == .string("kept") && kept.object["delivery"] == .string("queued"))
    let here = try await place.kos("receipt", "update", "list", language: "da")
    #expect(here.output.contains("gemt her, ikke modtaget endnu"), "\(here)")
    try await place.serveAgain()
    try await place.done("receipt", "sync")
    let received = try await place.done("receipt", "update", "list", "--json")
    #expect(
      try received.object.keys == [
        "update", "case", "day", "urgency", "sender", "text", "state", "triaged_on",
      ])
    #expect(try received.object["state"] == .string("received"))

    try await place.done("karin", "sync")
    let update = try kept.text("update")
    let open = try await place.done("karin", "update", "list", "--open", "--case", "F01", "--json")
    #expect(try open.objects.contains { $0["update"] == .string(update) })
    let triaged = try await place.done(
      "karin", "update", "triage", update, "--outcome", "action", "--reason", "ring", "--on", "2020-07-01",
      "--json")
    #expect(
      try triaged.object.keys == [
        "record", "kind", "case", "case_id", "update", "outcome", "saved", "delivery", "unsent",
        "unsent_since",
      ])
    for (language, told) in ["en": "was triaged already", "da": "er allerede visiteret"] {
      let again = try await place.kos(
        "karin", "update", "triage", update, "--outcome", "none", language: language)
      #expect(again.exit == 2 && again.error.contains(told), "\(again)")
    }
    try await place.done("receipt", "sync")
    let receipt = try await place.done("receipt", "update", "list", "--json")
    #expect(try receipt.object["state"] == .string("triaged"))
    #expect(try receipt.object["triaged_on"] == .string("2020-07-01"))
    let danish = try await place.kos("receipt", "update", "list", language: "da")
    #expect(danish.output.contains("modtaget og visiteret 2020-07-01"), "\(danish)")
    let english = try await place.kos("receipt", "update", "list")
    #expect(english.output.contains("received and triaged 2020-07-01"), "\(english)")
    #expect(try await place.done("receipt", "update", "list", "--open").output == "There is nothing here.\n")
  }

  /// The same name twice is one update; two equal texts without one are two.
  @Test func sentTwice() async throws {
    let place = try Municipality.current
    try await place.done("lene", "case", "new", "--label", "F05")
    try await place.done("lene", "case", "allocate", "F05", "--coordinator", "Karin")
    try await place.done("karin", "sync")
    try await place.hospital("twice", on: "F05")
    func send(_ words: String...) async throws -> JSONValue {
      let answer = try await place.kos("twice", ["update", "send", "--json"] + words)
      let object = try answer.object
      #expect(answer.exit == 0 && object.keys == Self.sent, "\(answer)")
      return object
    }
    let first = try await send("--id", "besøg-17", "--text", "feber")
    #expect(first["already_known"] == .boolean(false))
    let second = try await send("--id", "besøg-17", "--text", "feber")
    #expect(second["already_known"] == .boolean(true) && second["update"] == first["update"])
    _ = try await send("--id", "besøg-17")
    let third = try await send("--text", "feber")
    let fourth = try await send("--text", "feber")
    #expect(third["update"] != fourth["update"])
    // Another text under the same name is not dropped in silence.
    for (language, told) in ["en": "exists with another text", "da": "findes med en anden tekst"] {
      let other = try await place.kos(
        "twice", "update", "send", "--id", "besøg-17", "--text", "ingen feber", language: language)
      #expect(other.exit == 2 && other.error.contains(told), "\(other)")
    }
    try await place.done("karin", "sync")
    let arrived = try await place.done("karin", "update", "list", "--case", "F05", "--json")
    #expect(
      try arrived.objects.map { $0["update"] } == [first["update"], third["update"], fourth["update"]])
    #expect(try arrived.objects.allSatisfy { $0["text"] == .string("feber") })
  }

  /// What its sender calls urgent is told first on the day's list, and says so.
  @Test func theMostUrgentIsFirst() async throws {
    let place = try Municipality.current
    try await place.hospital("hastig")
    for urgency in ["routine", "soon", "urgent"] {
      try await place.done("hastig", "update", "send", "--text", "hast-\(urgency)", "--urgency", urgency)
    }
    try await place.done("karin", "sync")
    let listed = try await place.done("karin", "today", "--json").objects.filter {
      $0["why"] == .string("untriaged")
    }
    let texts = listed.compactMap { $0["text"]?.string }.filter { $0.hasPrefix("hast-") }
    #expect(texts == ["hast-urgent", "hast-soon", "hast-routine"], "\(listed)")
    for (language, told) in [
      "en": "update, urgent: hast-urgent", "da": "opdatering, haster: hast-urgent",
    ] {
      let people = try await place.kos("karin", "today", language: language)
      #expect(people.output.contains(told), "\(people)")
    }
  }

  /// With two cases the reporter must say which; what comes after the end is refused and kept.
  @Test func twoCasesAndTheEnd() async throws {
    let place = try Municipality.current
    try await place.hospital("two")
    for label in ["F06", "F07"] {
      try await place.done("lene", "case", "new", "--label", label)
      try await place.done("lene", "case", "allocate", label, "--coordinator", "Karin")
    }
    try await place.done("karin", "sync")
    // Inviting her again makes no link; she takes part in the case all the same.
    let again = try await place.kos(
      "karin", "invite", "external-reporter", "--name", "Sygehus two", "--case", "F07", language: "da")
    #expect(again.exit == 3 && again.error.contains("Sygehus two deltager nu i sag"), "\(again)")
    let person = try await place.done("two", "status", "--json").text("person")
    try await place.done(
      "karin", "participant", "add", "F06", "--person", person, "--role", "external-reporter")
    try await place.done("two", "sync")
    let which = try await place.kos("two", "update", "send", "--text", "nyt", language: "da")
    #expect(which.exit == 2 && which.error.contains("Intet er gemt. Vælg med --case: 1 ("), "\(which)")
    let there = try await place.done("karin", "participant", "list", "F06", "--json").objects
    let alias = try #require(there.first { $0["person"] == .string(person) }?["alias"]?.string?.prefix(8))
    let listed = try await place.kos("karin", "participant", "list", "F06", language: "da")
    #expect(listed.output.contains("Sygehus two, kender sagen som \(alias)"), "\(listed)")
    #expect(which.error.contains("(\(alias))"), "\(which)")
    try await place.done("two", "update", "send", "--case", String(alias), "--text", "til F06")
    try await place.done("karin", "sync")
    let arrived = try await place.done("karin", "update", "list", "--case", "F06", "--json")
    #expect(try arrived.object["text"] == .string("til F06"))

    for label in ["F01", "F06", "F07"] {
      try await place.done("karin", "participant", "end", label, "--person", person)
    }
    let late = try await place.kos(
      "two", "update", "send", "--case", String(alias), "--text", "for sent", "--json")
    // The server has it: as far as this device could know it was allowed, and the coordinator decides.
    #expect(late.exit == 0, "\(late)")
    #expect(try late.objects.first?["state"] == .string("quarantined"), "\(late)")
    let status = try await place.done("two", "status")
    #expect(status.output.contains("for sent"), "the text is kept: \(status)")
  }
}
