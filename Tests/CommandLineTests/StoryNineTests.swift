import Testing

/// Story 9: a coordinator's laptop is stolen, and another coordinator goes on with her cases.
@Suite struct StoryNineTests {
  /// Karin coordinates two cases, with a contact, a meeting and an update that waits; nothing on her laptop
  /// opens without her passphrase.
  private func place() async throws -> Municipality {
    let place = try await Municipality.withLeader()
    let passphrase = try place.write("en lang adgangssætning\n")
    let code = try await place.invite("lene", "coordinator", "Karin")
    let enrolled = try await place.enrol("karin", code: code, ["--passphrase-file", passphrase])
    try #require(enrolled.exit == 0, "\(enrolled)")
    try await place.colleague("bente", "coordinator", "Bente")
    for label in ["F01", "F02"] {
      try await place.done("lene", "case", "new", "--label", label, "--child", "Anna:2018-05-01")
      try await place.done("lene", "case", "allocate", label, "--coordinator", "Karin")
    }
    let key = ["--passphrase-file", passphrase]
    for words in [
      ["sync"], ["contact", "log", "F01", "--kind", "home_visit", "--text", "kanariefugl på besøg"],
      ["meeting", "add", "F01", "--kind", "analysis", "--on", "2020-10-01"], ["sync"],
    ] {
      let answer = try await place.kos("karin", words + key)
      try #require(answer.exit == 0, "\(words): \(answer)")
    }
    let invitation = try await place.kos(
      "karin", ["invite", "external-reporter", "--name", "Sygehus", "--case", "F01", "--json"] + key)
    try #require(try await place.enrol("hospital", code: invitation.text("code")).exit == 0)
    try await place.done("hospital", "sync")
    try await place.done("hospital", "update", "send", "--text", "ganghjælp afvist")
    return place
  }

  private func search(_ who: String, _ words: [String], in place: Municipality) async throws -> JSONValue {
    let script = Municipality.root + "/Tests/CommandLineTests/Support/search-replica.py"
    let answer = try await place.run(
      "/usr/bin/python3", [script, "--sealed", place.home(who)] + words)
    try #require(answer.exit == 0, "\(answer)")
    return try answer.object
  }

  /// An update waits for Karin, which the leader does not read: that is not none.
  private func tellsNoLeaderHowManyUpdatesWait(_ place: Municipality) async throws {
    let words = ["people", "hand-over", "Karin", "--to", "Bente", "--dry-run"]
    for (language, told) in [
      "en": "open updates: not shown to you", "da": "åbne underretninger: vises ikke for dig",
    ] {
      let dry = try await place.kos("lene", words, language: language)
      #expect(dry.exit == 0 && dry.output.contains(told), "\(dry)")
    }
    let cases = try await place.kos("lene", words + ["--json"]).object["cases"]?.array ?? []
    #expect(cases.count == 2 && cases.allSatisfy { $0["open_updates"] == .null }, "\(cases)")
    let board = try await place.done("lene", "case", "show", "F01", "--json").object
    #expect(board["open_updates"] == .null && board["contacts"] != .null, "\(board)")
  }

  @Test func aStolenLaptopIsTurnedAwayAndItsCasesGoOn() async throws {
    let place = try await place()
    // Whoever has the disk has nothing.
    let found = try await search("karin", ["kanariefugl"], in: place)
    #expect(found["found"]?["kanariefugl"] == .array([]), "\(found)")

    try await tellsNoLeaderHowManyUpdatesWait(place)

    let devices = try await place.done("lene", "device", "list", "--person", "Karin", "--json").objects
    let stolen = try #require(devices.first?["device"]?.string)
    try await place.done("lene", "device", "revoke", stolen, "--person", "Karin", "--reason", "stolen")

    // First she looks what would happen.
    let dry = try await place.done("lene", "people", "hand-over", "Karin", "--to", "Bente", "--dry-run")
    #expect(dry.output.contains("2 cases would go from Karin to Bente"))
    #expect(try await place.done("lene", "case", "show", "F01").output.contains("Karin"))
    let told = try await place.done("lene", "people", "hand-over", "Karin", "--to", "Bente", "--json").object
    let cases = try #require(told["cases"]?.array)
    #expect(cases.count == 2 && cases.allSatisfy { $0["coordinated"] == .boolean(true) }, "\(told)")
    #expect(told["delivery"] == .string("sent"))

    try await place.done("bente", "sync")
    for label in ["F01", "F02"] {
      let shown = try await place.done("bente", "case", "show", label, "--json").object
      #expect(shown["coordinator"] == .string("Bente"), "\(shown)")
    }
    #expect(try await place.done("bente", "contact", "list", "F01").output.contains("kanariefugl på besøg"))
    #expect(try await place.done("bente", "case", "log", "F01").output.contains("2020-10-01"))
    let update = try await place.done("bente", "update", "list", "--open", "--json").objects
    #expect(update.count == 1 && update.first?["text"] == .string("ganghjælp afvist"), "\(update)")
    try await place.done("bente", "note", "add", "F01", "--text", "efter tyveriet")

    // The laptop comes online: it is sent nothing, says so, and has nothing left.
    let passphrase = try place.write("en lang adgangssætning\n")
    let sync = try await place.kos("karin", ["sync", "--passphrase-file", passphrase])
    #expect(sync.exit == 3 && sync.error.contains("stolen"), "\(sync)")
    let list = try await place.kos("karin", ["case", "list", "--passphrase-file", passphrase])
    #expect(list.exit == 3 && list.output.isEmpty)
    // Nothing stays with her: on a new laptop she has no case.
    let code = try await place.kos("lene", ["invite", "coordinator", "--name", "Karin", "--json"])
    try #require(try await place.enrol("karin2", code: code.text("code")).exit == 0)
    try await place.done("karin2", "sync")
    #expect(try await place.done("karin2", "case", "list", "--json").output.isEmpty)
    #expect(try await place.kos("lene", "people", "hand-over", "Karin", "--to", "Bente").exit == 2)
    await place.close()
  }
}
