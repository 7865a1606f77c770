import Testing

/// Two people write in one field without knowledge of each other.
@Suite(.serialized, .atWork) struct ConflictTests {
  @Test func aConflictIsShownAndSettledForBoth() async throws {
    let place = try Municipality.current
    let none = try await place.kos("karin", "conflicts", language: "da")
    #expect(none.exit == 0 && none.output == "Ingen konflikter.\n")
    #expect(try await place.done("karin", "conflicts", "--json").output.isEmpty)
    func note(_ who: String, _ domain: String, _ text: String) async throws {
      try await place.done(who, "assessment", "note", "F01", "--domain", domain, "--text", text, "--offline")
    }
    try await place.done("karin", "assessment", "note", "F01", "--domain", "parenting", "--text", "varm")
    try await place.done("poul", "sync")
    try await note("karin", "family_and_network", "job først")
    try await note("poul", "childs_development", "går med støtte")
    try await note("poul", "family_and_network", "aflastning først")
    // Both write the same into one field: nobody has to decide anything.
    try await note("karin", "parenting", "varm og rolig")
    try await note("poul", "parenting", "varm og rolig")
    try await place.done("poul", "sync")
    let sync = try await place.done("karin", "sync", "--json")
    #expect(try sync.object["conflicts"] == .integer(1))
    #expect(try await place.done("karin", "status", "--json").object["conflicts"] == .integer(1))

    let shown = try await place.kos("karin", "conflicts", "--json")
    #expect(shown.exit == 4, "\(shown)")
    let conflict = try shown.object
    #expect(conflict.keys == ["conflict", "record", "case", "kind", "field", "values"])
    #expect(conflict["field"] == .string("family_notes") && conflict["kind"] == .string("assessment"))
    let values = conflict["values"]?.array ?? []
    #expect(Set(values.map { $0["content"]?.string }) == ["job først", "aflastning først"])
    #expect(Set(values.map { $0["author"]?.string }) == ["Karin", "Poul"])
    for value in values {
      #expect(
        value.keys == [
          "value", "content", "author", "organisation", "device", "written_at", "received_at",
        ])
      #expect((value["written_at"]?.integer ?? 0) > 0 && (value["received_at"]?.integer ?? 0) > 0)
    }
    for (language, told) in ["en": "Settle with: kos resolve", "da": "Afgør med: kos resolve"] {
      let people = try await place.kos("karin", "conflicts", language: language)
      #expect(people.exit == 4 && people.output.contains(told), "\(people)")
      for text in ["job først", "aflastning først", "Karin", "Poul"] { #expect(people.output.contains(text)) }
    }

    for (language, told) in ["en": "a value from 1 to 2", "da": "en værdi fra 1 til 2"] {
      let wrong = try await place.kos("karin", "resolve", "1", "--value", "3", language: language)
      #expect(wrong.exit == 2 && wrong.error.contains(told), "\(wrong)")
    }
    let settled = try await place.done("karin", "resolve", "1", "--text", "job, så aflastning", "--json")
    #expect(
      try settled.object.keys == [
        "record", "field", "content", "saved", "delivery", "unsent", "unsent_since",
      ])
    try await place.done("poul", "sync")
    for who in ["karin", "poul"] {
      #expect(try await place.kos(who, "conflicts").exit == 0)
      let assessment = try await place.done(who, "assessment", "show", "F01", "--json")
      #expect(
        Set(try assessment.objects.map { $0["text"]?.string }) == [
          "job, så aflastning", "går med støtte", "varm og rolig",
        ])
    }
  }

  /// A conflict is explained with its authors also to somebody who came later, and only got what stands.
  @Test func whoComesLaterSeesWhoWrote() async throws {
    let place = try Municipality.current
    let goal = try await place.done("karin", "goal", "add", "F01", "--text", "fritid", "--json")
    let record = try goal.text("record")
    try await place.done("poul", "sync")
    try await place.done("karin", "goal", "rank", "F01", record, "--rank", "3", "--offline")
    try await place.done("poul", "goal", "rank", "F01", record, "--rank", "4", "--offline")
    try await place.done("poul", "sync")
    try await place.done("karin", "sync")
    try await place.colleague("late", "core-team", "Sena")
    try await place.done("karin", "sync")
    try await place.done("karin", "participant", "add", "F01", "--person", "Sena", "--role", "core-team")
    try await place.done("late", "sync")
    let shown = try await place.kos("late", "conflicts", "--json")
    #expect(shown.exit == 4)
    let values = try shown.object["values"]?.array ?? []
    #expect(Set(values.map { $0["author"]?.string }) == ["Karin", "Poul"], "\(shown)")
    let explained = try await place.done("late", "explain", record, "--json")
    let history = try explained.object["history"]?.array ?? []
    #expect(history.map { $0["author"]?.string } == ["Karin", "Poul", "Karin"], "\(explained)")
    try await place.done("karin", "resolve", "1", "--value", "1")
  }

  /// By the number of a value, and by record and field.
  @Test func aConflictIsSettledByAValue() async throws {
    let place = try Municipality.current
    let goal = try await place.done("karin", "goal", "add", "F01", "--text", "søvn", "--json")
    try await place.done("poul", "sync")
    let record = try goal.text("record")
    try await place.done("karin", "goal", "rank", "F01", record, "--rank", "2", "--offline")
    try await place.done("poul", "goal", "rank", "F01", record, "--rank", "5", "--offline")
    try await place.done("poul", "sync")
    try await place.done("karin", "sync")
    let shown = try await place.kos("karin", "conflicts", "--json").object
    let values = shown["values"]?.array ?? []
    let his = try #require(values.first { $0["content"] == .integer(5) }?["value"]?.integer)
    let name = "\(record):\(try #require(shown["field"]?.string))"
    let word = try await place.kos("karin", "resolve", name, "--text", "fem", language: "da")
    #expect(word.exit == 2 && word.error.contains("fem passer ikke til feltet"), "\(word)")
    let settled = try await place.kos("karin", ["resolve", name, "--value", String(his)], language: "da")
    #expect(settled.exit == 0 && settled.output.contains("Konflikten er afgjort."), "\(settled)")
    let goals = try await place.done("karin", "goal", "list", "F01", "--json")
    let settledGoal = try goals.objects.first { $0["record"] == .string(record) }
    #expect(settledGoal?["family_rank"] == .integer(5))
  }
}
