import Testing

/// What somebody wrote before she could know that her part in a case had ended, and the coordinator decides.
@Suite struct QuarantineCommandTests {
  /// A municipality where so much of Pia's waits for Karin, who has heard of it.
  private func waiting(_ texts: [String]) async throws -> Municipality {
    let place = try await Municipality.atWork()
    let code = try await place.invite("lene", "core-team", "Pia", "--case", "F01")
    try #require(try await place.enrol("pia", code: code).exit == 0)
    try await place.done("pia", "sync")
    // A visit before, so that the server knows what her device knew.
    try await place.done("pia", "note", "add", "F01", "--text", "første besøg")
    try await place.done("pia", "sync")
    for text in texts { try await place.done("pia", "note", "add", "F01", "--text", text, "--offline") }
    try await place.done("lene", "participant", "end", "F01", "--person", "Pia")
    let synced = try await place.done("pia", "sync", "--json").object
    #expect(synced["quarantined"] == .integer(Int64(texts.count)), "\(synced)")
    try await place.done("karin", "sync")
    return place
  }

  private func today(_ who: String, _ place: Municipality) async throws -> [JSONValue] {
    try await place.done(who, "today", "--json").objects.filter { $0["why"] == .string("quarantine_waits") }
  }

  /// Whoever decides is told on the day's list, without a network, and until it is decided.
  @Test func todayTellsWhoDecides() async throws {
    let place = try await waiting(["det første", "det andet"])
    try await place.done("lene", "sync")
    #expect(try await today("lene", place).isEmpty)
    await place.stopServer()
    let line = try #require(try await today("karin", place).first)
    #expect(line["section"] == .string("waiting") && line["command"] == .string("kos quarantine list"))
    #expect(line["text"]?.string?.hasPrefix("2 acts of others, as of the last contact 2") == true, "\(line)")
    let danish = try await place.kos("karin", "today", language: "da")
    #expect(danish.output.contains("2 ændringer af andre, efter sidste kontakt"), "\(danish)")
    try await place.serveAgain()
    for left in [1, 0] {
      let first = try #require(try await place.done("karin", "quarantine", "list", "--json").objects.first)
      let id = try #require(first["id"]?.string)
      try await place.done("karin", "quarantine", "refuse", id, "--reason", "not_needed")
      let lines = try await today("karin", place)
      #expect(lines.count == left && lines.allSatisfy { $0["text"]?.string?.hasPrefix("1 act ") == true })
    }
    await place.close()
  }

  /// A number means what it meant in the list; an id's beginning what it begins alone.
  @Test func whatWaitsIsNamedAsTheListShowsIt() async throws {
    let place = try await waiting(["det første", "det andet", "det tredje"])
    let unseen = try await place.kos("karin", "quarantine", "accept", "1")
    #expect(unseen.exit == 2 && unseen.error.contains("was not in the list"), "\(unseen)")
    let listed = try await place.done("karin", "quarantine", "list").output
    let lines = listed.split(separator: "\n")
    #expect(lines.first?.hasPrefix("1  ") == true, "\(listed)")
    #expect(lines.count { $0.contains("F01  note") } == 3, "\(listed)")
    let ids = try await place.done("karin", "quarantine", "list", "--json").objects.compactMap {
      $0["id"]?.string
    }
    let start = try #require(ids.first?.prefix(8))
    for (language, told) in ["en": "Several match \(start)", "da": "Flere passer til \(start)"] {
      let several = try await place.kos("karin", "quarantine", "accept", String(start), language: language)
      #expect(several.exit == 2 && several.error.contains(told), "\(several)")
    }
    // A whole id that does not wait is not the beginning of another.
    let cut = try #require(ids.first?.firstIndex(of: "-").map { String(ids[0][...$0]) })
    for word in ["4", "findes-ikke", "abc", cut] {
      let none = try await place.kos("karin", "quarantine", "refuse", word, "--reason", "other")
      #expect(none.exit == 2 && none.error.contains("\(word) does not wait for you"), "\(none)")
    }
    let accepted = try await place.done("karin", "quarantine", "accept", "1", "--json").object
    #expect(accepted["id"]?.string == ids.first, "\(accepted)")
    let moved = try await place.kos("karin", "quarantine", "refuse", "1", "--reason", "other")
    #expect(moved.exit == 2 && moved.error.contains("1 is now \(ids[1]) (Pia)"), "\(moved)")
    let second = try await place.done(
      "karin", "quarantine", "refuse", ids[1], "--reason", "other", "--json"
    ).object
    #expect(second["id"]?.string == ids[1], "\(second)")
    try await place.done("karin", "quarantine", "accept", String(start))
    #expect(try await place.done("karin", "quarantine", "list", "--json").output.isEmpty)
    let notes = try await place.done("karin", "note", "list", "F01").output
    #expect(notes.contains("det første") && notes.contains("det tredje"), "\(notes)")
    await place.close()
  }
}
