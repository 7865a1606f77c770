import Testing

extension EndToEnd {
  /// Who reads what in a family's case, with the real programs: consent, release and nothing else.
  @Suite struct ConsentTests {
    private static let share = [
      "share", "F01", "--with", "Hanne", "--about", "Anna", "--type", "health", "--type", "plan", "--for",
      "coordination", "--evidence-text", "underskrevet i dag",
    ]

    /// A health visitor reads exactly the types and subjects of a consent, from the second custody holder's
    /// signature on and until one of them withdraws it; a hearing consultant reads nothing.
    @Test(.timeLimit(.minutes(10))) func twoSignaturesOpenExactlyWhatTheyNameAndOneCloses() async throws {
      let place = try await ConsentPlace()
      defer { place.close() }
      let health = try place.note("kanarie-anna-sundhed", "health", about: "Anna")
      let plan = try place.note("kanarie-anna-plan", "plan", about: "Anna")
      try place.note("kanarie-anna-socialt", "social", about: "Anna")
      try place.note("kanarie-bo-sundhed", "health", about: "Bo")
      try place.note("kanarie-begge-sundhed", "health", about: "Anna", "Bo")

      try place.act("Karin", Self.share + ["--months", "6", "--signed-by", "Mor"])
      #expect(try place.held("Hanne") == [])
      #expect(try place.held("Ib") == [])

      try place.kos("Far", "sync")
      try place.act("Far", "consent", "sign", place.reference("Far"), "1")
      #expect(try place.held("Hanne") == [health, plan])
      let later = try place.note("kanarie-anna-senere", "health", about: "Anna")
      #expect(try place.held("Hanne") == [health, plan, later])
      #expect(try place.held("Ib") == [])

      // After the withdrawal nothing new reaches her, and what she had she wipes.
      try place.act("Far", "consent", "withdraw", place.reference("Far"), "1")
      try place.kos("Karin", "sync")
      try place.note("kanarie-anna-efter", "health", about: "Anna")
      try place.act(
        "Karin", "note", "edit", "F01", later, "--text", "kanarie-anna-senere, kanarie-rettet-efter")
      #expect(try place.held("Hanne") == [])
      #expect(try place.held("Ib") == [])

      let wanted = ["kanarie-anna-sundhed", "kanarie-anna-plan", "kanarie-anna-senere"]
      let unwanted = [
        "kanarie-anna-socialt", "kanarie-bo", "kanarie-begge", "kanarie-anna-efter", "kanarie-rettet-efter",
      ]
      let said = try place.toHanne.texts()
      let stored = try place.stored("Hanne")
      for canary in wanted {
        #expect(said.contains { $0.contains(canary) }, "\(canary) was not sent")
        #expect(!stored.contains { $0.contains(canary) }, "\(canary) was not wiped")
      }
      for canary in unwanted {
        #expect(!said.contains { $0.contains(canary) }, "\(canary) was sent")
        #expect(!stored.contains { $0.contains(canary) }, "\(canary) is stored")
      }
      // The same search finds all of it where it belongs.
      let all = try place.stored("Karin")
      for canary in wanted + unwanted {
        #expect(all.contains { $0.contains(canary) }, "\(canary) is nowhere")
      }
    }

    /// A half-year that is over gives nothing; one that runs does.
    @Test(.timeLimit(.minutes(10))) func aPeriodThatEndedGivesNothing() async throws {
      let place = try await ConsentPlace()
      defer { place.close() }
      let note = try place.note("kanarie-anna-sundhed", "health", about: "Anna")
      let signed = ["--signed-by", "Mor", "--signed-by", "Far"]
      try place.act("Karin", Self.share + ["--from", "2020-01-01", "--months", "6"] + signed)
      #expect(try place.kos("Karin", "consent", "list", "F01", "--json")["standing"] as? String == "expired")
      #expect(try place.held("Hanne") == [])
      try place.act("Karin", Self.share + ["--months", "6"] + signed)
      #expect(try place.held("Hanne") == [note])
    }

    /// A note kept internal reaches a parent's client in no message and no file; what was released does.
    @Test(.timeLimit(.minutes(10))) func aNoteKeptInternalNeverReachesAParent() async throws {
      let place = try await ConsentPlace()
      defer { place.close() }
      let internalNote = try place.note("kanarie-intern", "social", about: "Anna")
      let released = try place.note("kanarie-frigivet", "social", about: "Anna")
      let plan = try place.note("kanarie-plan", "plan", about: "Anna")
      #expect(try place.held("Mor") == [])
      try place.act("Karin", "release", "give", "F01", "--to", "Mor", "--record", released)
      try place.act("Karin", "release", "give", "F01", "--to", "Mor", "--type", "plan")
      #expect(try place.held("Mor") == [released, plan])
      // Nor a change of it, once she is connected anew, nor its words by the release of another.
      try place.act("Karin", "note", "edit", "F01", internalNote, "--text", "kanarie-intern, og kanarie-mere")
      try place.act("Karin", "note", "edit", "F01", released, "--text", "kanarie-frigivet, og kanarie-rettet")
      #expect(try place.held("Mor") == [released, plan])

      let said = try place.toMor.texts()
      let stored = try place.stored("Mor")
      for canary in ["kanarie-frigivet", "kanarie-plan", "kanarie-rettet"] {
        #expect(said.contains { $0.contains(canary) }, "\(canary) was not sent")
        #expect(stored.contains { $0.contains(canary) }, "\(canary) is not stored")
      }
      for canary in ["kanarie-intern", "kanarie-mere", internalNote] {
        #expect(!said.contains { $0.contains(canary) }, "\(canary) was sent")
        #expect(!stored.contains { $0.contains(canary) }, "\(canary) is stored")
      }
      let all = try place.stored("Karin")
      for canary in ["kanarie-intern", "kanarie-mere"] { #expect(all.contains { $0.contains(canary) }) }
      // What she is foretold to see is what she has.
      let told = try place.kos("Karin", "explain", "--for", "Mor", "--case", "F01", "--json")
      #expect(Set(told["readable"] as? [String] ?? []) == [released, plan])
    }
  }
}
