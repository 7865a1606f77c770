import Testing

/// A number means what it meant when its list was shown last, or nothing is done.
@Suite(.serialized, .atWork) struct NumberedListTests {
  @Test func aGoalThatCameInMovesNoNumberInSilence() async throws {
    let place = try Municipality.current
    for (text, rank) in [("andet ønske", "5"), ("tredje ønske", "6")] {
      try await place.done("karin", "goal", "add", "F01", "--text", text, "--rank", rank)
    }
    try await place.done("poul", "sync")
    #expect(try await place.done("poul", "goal", "list", "F01").output.contains("1  "))
    try await place.done("karin", "goal", "add", "F01", "--text", "første ønske", "--rank", "1")
    try await place.done("poul", "sync")
    for (language, told) in ["en": "1 is now goal", "da": "1 er nu mål"] {
      let refused = try await place.kos("poul", "goal", "end", "F01", "1", language: language)
      #expect(refused.exit == 2 && refused.error.contains(told), "\(refused)")
      #expect(refused.error.contains("første ønske"), "\(refused)")
    }
    let goals = try await place.done("karin", "goal", "list", "F01", "--json").objects
    #expect(goals.allSatisfy { $0["status"] == .string("open") }, "\(goals)")
    // What is named by its id is meant, and once the list was looked at again its number is.
    let second = try #require(goals.first { $0["text"] == .string("andet ønske") }?["record"]?.string)
    try await place.done("poul", "goal", "rank", "F01", second, "--expected", "2")
    try await place.done("poul", "goal", "list", "F01")
    let ended = try await place.done("poul", "goal", "end", "F01", "1", "--json")
    #expect(try ended.text("record") == goals[0]["record"]?.string)
  }

  /// Where nobody looked, a number is what it is now.
  @Test func aListThatWasNeverShownHasItsNumbers() async throws {
    let place = try Municipality.current
    let task = try await place.done("poul", "task", "add", "F01", "ring", "--owner", "me", "--json")
    let started = try await place.done("poul", "task", "start", "F01", "1", "--json")
    #expect(try started.text("record") == task.text("record"))
  }

  @Test func notesHaveNumbers() async throws {
    let place = try Municipality.current
    for text in ["et notat", "et andet notat"] {
      try await place.done("karin", "note", "add", "F01", "--text", text)
    }
    let notes = try await place.done("karin", "note", "list", "F01", "--json").objects
    #expect(notes.map { $0["number"]?.integer } == (1...Int64(notes.count)).map(Optional.some), "\(notes)")
    let shown = try await place.done("karin", "note", "show", "F01", String(notes.count), "--json").object
    #expect(shown["record"] == notes.last?["record"])
    let people = try await place.done("karin", "note", "list", "F01").output
    #expect(people.split(separator: "\n").last?.hasPrefix("\(notes.count)  ") == true, "\(people)")
    // Records of every kind stand in no list with numbers.
    let none = try await place.kos("karin", "restrict", "F01", "1", "--to", "Karin")
    #expect(none.exit == 2 && none.error.contains("There is no 1 here"), "\(none)")
  }

  /// An empty list says so, and once.
  @Test func anEmptyListSaysSoOnce() async throws {
    let place = try Municipality.current
    for list in ["request", "meeting"] {
      for (language, told) in ["en": "There is nothing here.\n", "da": "Her er intet.\n"] {
        let empty = try await place.kos("karin", list, "list", "F01", language: language)
        #expect(empty.exit == 0 && empty.output == told, "\(empty)")
      }
    }
    let arrivals = try await place.done("lene", "arrival", "list").output
    #expect(arrivals.count { $0.isNewline } == 1, "\(arrivals)")
  }
}
