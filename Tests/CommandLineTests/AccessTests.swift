import Testing

/// Every command that gives and takes access, as one coordinator's story; the steps' order counts.
@Suite(.serialized, .withFamily) struct AccessTests {
  @Test(arguments: CommandStep.access) func command(step: CommandStep) async throws {
    try await step.check(in: Municipality.current)
  }

  /// A signature that nobody waits for is kept, and said to change nothing.
  @Test func aSignatureThatNobodyWaitsFor() async throws {
    let place = try Municipality.current
    let given = try await place.done(
      "karin", "consent", "give", "F01", "--to", "Hanne", "--type", "health", "--for", "coordination",
      "--months",
      "1", "--evidence-text", "mundtligt", "--json")
    let consent = try given.text("record")
    let mother = try await place.done("karin", "consent", "sign", "F01", consent, "--by", "Mor")
    #expect(
      !mother.error.contains("changes nothing") && mother.output.contains("Yet to sign: Far."), "\(mother)")
    for (language, told) in ["en": "the signature changes nothing", "da": "underskriften gør ingen forskel"] {
      let other = try await place.kos(
        "karin", "consent", "sign", "F01", consent, "--by", "Poul", language: language)
      #expect(other.exit == 0 && other.error.contains(told), "\(other)")
    }
    let shown = try await place.done("karin", "consent", "show", "F01", consent, "--json").object
    #expect(shown["standing"] == .string("awaits_signatures"))
    #expect(shown["missing_signatures"]?.array?.count == 1)
  }

  /// A record is classified anew for a named audience; its author is never outside it.
  @Test func aRecordIsClassifiedAnew() async throws {
    let place = try Municipality.current
    let note = try await place.done("karin", "note", "add", "F01", "--text", "kun Karin", "--json")
    let id = try note.text("record")
    let words = ["reclassify", "F01", id, "--audience", "Karin", "--type", "health"]
    for (language, told) in ["en": "Read then by: ", "da": "Læses så af: "] {
      let look = try await place.kos("karin", words + ["--preview"], language: language)
      // Whoever reads the case by break-glass just then is named as well, and Poul is not.
      let line = look.output.split(separator: "\n").first ?? ""
      #expect(look.exit == 0 && line.hasPrefix(told) && line.contains("Karin"), "\(look)")
      #expect(!line.contains("Poul"), "\(look)")
    }
    #expect(try await place.kos("poul", "sync").exit == 0)
    #expect(try await place.kos("poul", "explain", id).exit == 0)
    let done = try await place.kos("karin", words + ["--json"])
    let object = try done.object
    #expect(object["delivery"] == .string("sent"))
    #expect(
      object.keys
        == CommandStep.recorded.union(["readers", "saved", "delivery", "unsent", "unsent_since"]))
    let verdict = try await place.done("karin", "explain", id, "--for", "Poul", "--json").object
    #expect(verdict["reads"] == .boolean(false) && verdict["rule"] == .string("outside-audience"))
  }

  /// What is withheld is lifted, and lifting it again changes nothing.
  @Test func aWithholdingIsLifted() async throws {
    let place = try Municipality.current
    let added = try await place.done(
      "karin", "withholding", "add", "F01", "--from", "Mor", "--whole-case", "--json")
    let id = try added.text("record")
    let before = try await place.done("karin", "explain", "--for", "Mor", "--case", "F01", "--json")
    #expect(try before.object["readable"] == .array([]))
    let lifted = try await place.done("karin", "withholding", "lift", "F01", id, "--json").object
    #expect(lifted["delivery"] == .string("sent"))
    let again = try await place.done("karin", "withholding", "lift", "F01", id, "--json").object
    #expect(again["saved"] == .boolean(false))
  }

  /// Custody that is set again as it is changes nothing; who is not named any more holds none.
  @Test func custodyIsWhatIsNamed() async throws {
    let place = try Municipality.current
    try await place.done("lene", "case", "new", "--label", "F05", "--child", "Bo:2019-01-01")
    try await place.done("lene", "case", "allocate", "F05", "--coordinator", "Karin")
    try await place.done("karin", "sync")
    let set = ["custody", "set", "F05", "--of", "Bo", "--source", "court", "--json"]
    let both = try await place.kos("karin", set + ["--holder", "Mor", "--holder", "Far"]).object
    #expect(both["added"] == .integer(2) && both["ended"] == .integer(0))
    let same = try await place.kos("karin", set + ["--holder", "Far", "--holder", "Mor"]).object
    #expect(same["added"] == .integer(0) && same["saved"] == .boolean(false))
    let one = try await place.kos("karin", set + ["--holder", "Mor"]).object
    #expect(one["added"] == .integer(0) && one["ended"] == .integer(1) && one["delivery"] == .string("sent"))
    let shown = try await place.done("karin", "custody", "show", "F05", "--json").objects
    #expect(Set(shown.map { $0["standing"] }) == [.string("in_force"), .string("ended")])
  }

  /// Who is to be told of a break-glass is told without asking: live, after an exchange and in the status.
  @Test func aBreakGlassIsTold() async throws {
    let place = try Municipality.current
    try await place.done("lene", "case", "new", "--label", "F09", "--child", "Ib:2020-02-02")
    try await place.done("lene", "case", "allocate", "F09", "--coordinator", "Karin")
    try await place.done("karin", "sync")
    func told(_ who: String) async throws -> [JSONValue] {
      try await place.done(who, "status", "--json").object["break_glasses"]?.array ?? []
    }
    #expect(try await told("karin").allSatisfy { $0["reason"] != .string("nobody answers") })
    try await place.done("lene", "break-glass", "F09", "--reason", "nobody answers")
    let watched = try await place.kos("karin", "watch", "--until-events", "1", "--for", "60", "--json")
    let event = try #require(watched.objects.first { $0["event"] == .string("break_glass") }, "\(watched)")
    #expect(event["reason"] == .string("nobody answers") && event["name"] == .string("Lene"))
    #expect(try await told("karin").count { $0["reason"] == .string("nobody answers") } == 1)
    let synced = try await place.kos("karin", "sync")
    #expect(synced.error.contains("Lene reads") && synced.error.contains("nobody answers"), "\(synced)")
    // Who broke it knows, and is told when she asks.
    #expect(try await told("lene").isEmpty)
    let listed = try await place.done("lene", "break-glass").output
    #expect(listed.contains("Lene reads") && listed.contains("nobody answers"))
    try await place.done("lene", "break-glass", "F09", "--end")
    try await place.done("karin", "sync")
    let ended = try await place.kos("karin", "sync").error.split(separator: "\n")
    #expect(ended.contains { $0.contains("Lene read ") && $0.contains("nobody answers") }, "\(ended)")
    let unnamed = try await place.kos("lene", "break-glass", "--reason", "x")
    #expect(unnamed.exit == 2 && unnamed.error.contains("Which case?"))
  }

  /// A break-glass is ended by who broke it, and gives nothing from then on; nobody confirms what he wrote.
  @Test func whatOneLeaderAloneMayNot() async throws {
    let place = try Municipality.current
    try await place.done("lene", "break-glass", "F01", "--reason", "uro", "--json")
    let ended = try await place.done("lene", "break-glass", "F01", "--end", "--json").object
    #expect(ended["delivery"] == .string("sent"))
    let none = try await place.kos("lene", "break-glass", "F01", "--end")
    #expect(none.exit == 2 && none.error.contains("You have not broken the glass"), "\(none)")
    for group in ["information-type", "authority-limit"] {
      let mark =
        group == "authority-limit"
        ? ["--of", "leder", "--matter", "m", "--amount", "1"] : ["--type", "economy"]
      let added = try await place.kos("lene", [group, "add", "--json"] + mark)
      let refused = try await place.kos("lene", group, "confirm", try added.text("record"), "--json")
      #expect(refused.exit == 3, "\(group): \(refused)")
      #expect(try refused.failure["message"]?.string?.contains("FORBIDDEN") == true)
    }
  }
}
