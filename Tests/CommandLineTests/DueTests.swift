import Foundation
import Testing

/// What is to be done, and tasks.
@Suite(.serialized, .atWork) struct DueTests {
  /// What the list of the day says of a case.
  private func today(_ who: String, _ place: Municipality, _ label: String) async throws -> [JSONValue] {
    try await place.done(who, "today", "--all", "--json").objects.filter { $0["label"] == .string(label) }
  }

  private func open(_ label: String, _ place: Municipality) async throws {
    try await place.done("lene", "case", "new", "--label", label, "--child", "\(label)-a:2019-05-01")
    try await place.done("lene", "case", "allocate", label, "--coordinator", "Karin", "--team", "Poul")
  }

  /// From the enrolment to the contact, by what `kos` alone says; a late entry takes it away.
  @Test func theMonthlyContact() async throws {
    let place = try Municipality.current
    try await open("F10", place)
    try await place.done("lene", "case", "enrol", "F10", "--on", "57 days ago", "--reason", "aftalt")
    try await place.done("karin", "sync")
    let due = try #require(try await today("karin", place, "F10").first { $0["kind"] == .string("contact") })
    #expect(due["section"] == .string("overdue") && due["why"] == .string("contact_overdue"), "\(due)")
    #expect((27...30).contains(due["overdue_days"]?.integer ?? 0))
    #expect(due["command"]?.string?.hasPrefix("kos contact log ") == true)
    // A kos alone says the same to people, and in their language what they are to put in.
    for (language, told, text) in [
      ("en", "no contact in time", "--text TEXT"), ("da", "kontakt mangler", "--text TEKST"),
    ] {
      let alone = try await place.kos("karin", [], language: language)
      #expect(alone.exit == 0 && alone.output.contains(told) && alone.output.contains(text), "\(alone)")
    }
    let nobody = try await place.kos("nobody", [])
    #expect(nobody.exit == 0 && nobody.output.hasPrefix("OVERVIEW: "), "\(nobody)")
    // She had been there, and writes it now.
    try await place.done(
      "karin", "contact", "log", "F10", "--kind", "home_visit", "--text", "kaffe", "--on",
      "for 35 dage siden",
      "--offline")
    #expect(try await today("karin", place, "F10").first?["section"] == .string("due"))
    try await place.done(
      "karin", "contact", "log", "F10", "--kind", "telephone", "--text", "ring", "--late-reason", "ferie")
    #expect(try await today("karin", place, "F10").first?["section"] == .string("later"))
    let short = try await place.done("karin", "today", "--json").objects
    #expect(!short.contains { $0["label"] == .string("F10") && $0["kind"] == .string("contact") })
  }

  /// A family that waits for a step is told to whom it waits for, and both say the same of one clock.
  @Test func aStepThatWaits() async throws {
    let place = try Municipality.current
    try await place.done(
      "lene", "case", "new", "--label", "F11", "--child", "Bo:2019-05-01", "--source", "hospital",
      "--received", "100 days ago")
    try await place.done(
      "lene", "case", "allocate", "F11", "--coordinator", "Karin", "--on", "90 days ago")
    try await place.done("karin", "sync")
    let waits = try #require(try await today("karin", place, "F11").first { $0["kind"] == .string("step") })
    #expect(waits["why"] == .string("step_waits") && waits["section"] == .string("waiting"), "\(waits)")
    #expect(waits["text"]?.string?.contains("90") == true, "\(waits)")
    #expect(waits["command"]?.string?.hasPrefix("kos step show ") == true)
    #expect(waits["command"]?.string?.hasSuffix(" assessment") == true)
    for (language, told) in ["en": "step that waits", "da": "trin, der venter"] {
      let alone = try await place.kos("karin", [], language: language)
      #expect(alone.exit == 0 && alone.output.contains(told), "\(alone)")
    }
    #expect(try await today("lene", place, "F11").allSatisfy { $0["kind"] != .string("step") })
    try await place.done(
      "lene", "case", "enrol", "F11", "--on", "80 days ago", "--reason", "aftalt")
    try await place.done("karin", "goal", "add", "F11", "--text", "søvn")
    try await place.done("karin", "plan", "agree", "F11", "--on", "70 days ago")
    try await place.done("karin", "plan", "agree", "F11", "--on", "10 days ago")
    let steps = try await place.done("karin", "step", "list", "F11", "--json").objects
    for (step, kind) in ["contact": "contact", "follow_up": "follow_up"] {
      let due = try await today("karin", place, "F11").first { $0["kind"] == .string(kind) }
      let shown = steps.first { $0["step"] == .string(step) }
      #expect(due?["due_on"] != nil && due?["due_on"] == shown?["due_on"], "\(step) \(steps)")
    }
  }

  /// A leader is told of what nobody has.
  @Test func theLeadersDay() async throws {
    let place = try Municipality.current
    try await place.done("lene", "case", "new", "--label", "F20", "--source", "hospital")
    let due = try #require(try await today("lene", place, "F20").first)
    #expect(due["why"] == .string("unallocated") && due["section"] == .string("waiting"))
    #expect(due["command"]?.string?.contains("case allocate") == true)
    try await place.done("lene", "case", "allocate", "F20", "--coordinator", "Karin")
    #expect(try await today("lene", place, "F20").isEmpty)
  }

  /// A task from the one who asks to the one who does it, and what is asked on the way.
  @Test func aTaskGoesItsWay() async throws {
    let place = try Municipality.current
    try await open("F30", place)
    try await place.done("karin", "sync")
    let task = try await place.done(
      "karin", "task", "add", "F30", "skriv til skolen", "--owner", "Poul", "--due", "for 2 dage siden",
      "--json"
    ).text("record")
    try await place.done("poul", "sync")
    let asked = try #require(try await today("poul", place, "F30").first)
    #expect(asked["why"] == .string("task_requested") && asked["record"] == .string(task))
    #expect(asked["overdue_days"] == .integer(2) && asked["text"] == .string("skriv til skolen"))
    let accepted = try await place.done("poul", "task", "accept", "F30", "1", "--json")
    #expect(
      try accepted.object.keys == [
        "record", "kind", "case", "case_id", "status", "saved", "delivery", "unsent", "unsent_since",
      ])
    try await place.done("poul", "task", "start", "F30", "1", "--offline")
    for (language, told) in ["en": "Say why it came late: --reason", "da": "Skriv hvorfor den kom sent"] {
      let late = try await place.kos("poul", "task", "complete", "F30", "1", language: language)
      #expect(late.exit == 2 && late.error.contains(told), "\(late)")
    }
    let done = try await place.kos(
      "poul", "task", "complete", "F30", String(task.prefix(8)), "--reason", "skolen havde lukket",
      language: "da")
    #expect(done.exit == 0 && done.output.hasPrefix("Opgaven er udført."), "\(done)")
    #expect(try await today("poul", place, "F30").isEmpty)
    for (language, told) in [
      "en": "The task is completed and stays so", "da": "Opgaven er udført, og derved",
    ] {
      let over = try await place.kos(
        "poul", "task", "cancel", "F30", "1", "--reason", "x", language: language)
      #expect(over.exit == 2 && over.error.contains(told), "\(over)")
    }
    try await place.done("karin", "sync")
    let list = try await place.done("karin", "task", "list", "F30", "--all", "--json").object
    #expect(list["status"] == .string("completed") && list["reason"] == .string("skolen havde lukket"))
    #expect(try await place.done("karin", "task", "list", "F30", "--json").output.isEmpty)
  }

  @Test func aTaskIsRefused() async throws {
    let place = try Municipality.current
    try await open("F31", place)
    try await place.done("karin", "sync")
    for (language, told) in ["en": "Use either --owner", "da": "Brug enten --owner"] {
      let nobody = try await place.kos("karin", "task", "add", "F31", "ring", language: language)
      #expect(nobody.exit == 2 && nobody.error.contains(told), "\(nobody)")
    }
    try await place.done("karin", "task", "add", "F31", "ring", "--owner", "Poul")
    try await place.done("karin", "task", "add", "F31", "ganghjælp", "--owner-name", "Hjælpemidler")
    try await place.done("poul", "sync")
    for (language, told) in ["en": "Say why: --reason", "da": "Skriv hvorfor: --reason"] {
      let why = try await place.kos("poul", "task", "reject", "F31", "1", language: language)
      #expect(why.exit == 2 && why.error.contains(told), "\(why)")
    }
    let mine = try await place.done("poul", "task", "list", "--mine", "--json").object
    let number = String(try #require(mine["number"]?.integer))
    try await place.done("poul", "task", "reject", "F31", number, "--reason", "ikke mit")
    #expect(try await place.done("poul", "task", "list", "--mine", "--json").output.isEmpty)
    #expect(try await place.done("poul", "task", "list", "F31").output.contains("Hjælpemidler"))
  }

  /// What others wrote since the last look is new once; what disagrees stays until somebody settles it.
  @Test func whatIsNew() async throws {
    let place = try Municipality.current
    try await open("F40", place)
    try await place.done("karin", "goal", "add", "F01", "--text", "søvn")
    try await place.done("karin", "sync")
    try await place.done("poul", "sync")
    try await place.done("karin", "today")
    try await place.done("poul", "note", "add", "F40", "--text", "set af Poul")
    try await place.done("karin", "note", "add", "F40", "--text", "set af Karin")
    let news = try await today("karin", place, "F40").filter { $0["section"] == .string("new") }
    #expect(news.map { $0["text"] } == [.string("set af Poul")], "not what she wrote herself")
    #expect(try await today("karin", place, "F40").allSatisfy { $0["section"] != .string("new") })
    let note = place.home("karin") + "/last-look"
    let kept = try String(contentsOfFile: note, encoding: .utf8)
    #expect(
      kept.wholeMatch(of: /\d+\ncases(\n[0-9a-f-]{36}( \*)?)+/) != nil,
      "an instant, ids of cases and nothing else: \(kept)")

    try await place.done("karin", "goal", "rank", "F01", "1", "--rank", "1", "--offline")
    try await place.done("poul", "goal", "rank", "F01", "1", "--rank", "2")
    try await place.done("karin", "sync")
    let conflict = try #require(
      try await today("karin", place, "F01").first { $0["section"] == .string("conflict") })
    #expect(conflict["command"] == .string("kos conflicts"))
    try await place.done("karin", "resolve", "1", "--value", "1")
    #expect(try await today("karin", place, "F01").allSatisfy { $0["section"] != .string("conflict") })
  }

  /// A day that nobody understands: what would have been, in the reader's language.
  @Test func daysAreUnderstood() async throws {
    let place = try Municipality.current
    for (language, told) in ["en": "A day is written as 2026-07-14", "da": "En dag skrives som 2026-07-14"] {
      let wrong = try await place.kos(
        "karin", "contact", "log", "F01", "--kind", "visit", "--text", "x", "--on", "snart",
        language: language)
      #expect(wrong.exit == 2 && wrong.error.contains(told), "\(wrong)")
      let programs = try await place.kos(
        "karin", "note", "add", "F01", "--on", "snart", "--json", language: language)
      #expect(try programs.failure["message"]?.string?.contains(told) == true, "\(programs)")
    }
    try await place.done("karin", "note", "add", "F01", "--text", "dansk dag", "--on", "14/7-2020")
    let notes = try await place.done("karin", "note", "list", "F01", "--json").objects
    #expect(notes.contains { $0["day"] == .string("2020-07-14") && $0["text"] == .string("dansk dag") })
  }

  /// Every command that is told exists.
  @Test func whatIsTypedNextExists() throws {
    for file in ["DueKind", "DueKind+Looking"] {
      let source = try String(
        contentsOfFile: Municipality.root + "/Sources/CaseModel/Due/\(file).swift", encoding: .utf8)
      let commands = source.matches(of: /: "([a-z][a-z -]*[a-z])(?: \{[a-z]+\}[^"]*)?"\n/)
        .map { String($0.1) }
      #expect(commands.count == 15, "\(commands)")
      for command in commands { #expect(HelpTests.commands.contains(command), "\(command)") }
    }
  }

  /// Who looks for the first time is told of each case once, and not of every record in it.
  @Test func theFirstLook() async throws {
    let place = try await Municipality.atWork()
    for text in ["et", "to", "tre"] {
      try await place.done("lene", "case", "new", "--label", "N-" + text)
      try await place.done("lene", "case", "allocate", "N-" + text, "--coordinator", "Karin")
    }
    try await place.done("karin", "sync")
    let first = try await place.done("karin", "today", "--all", "--json").objects
    let seen = first.filter { $0["why"] == .string("first_look") }
    let labels = seen.compactMap { $0["label"]?.string }.filter { $0.hasPrefix("N-") }
    #expect(Set(labels) == ["N-et", "N-to", "N-tre"] && labels.count == 3, "\(first)")
    #expect(seen.allSatisfy { $0["section"] == .string("new") && $0["record"] == .null })
    #expect(seen.allSatisfy { $0["text"]?.string?.contains("for the first time") == true }, "\(seen)")
    let again = try await place.done("karin", "today", "--all", "--json").objects
    #expect(!again.contains { $0["why"] == .string("first_look") }, "\(again)")

    // A case that she is given later is new as a whole, and once, also where others wrote in it long before.
    try await place.done("lene", "case", "new", "--label", "N-fire")
    try await place.done("lene", "note", "add", "N-fire", "--text", "gammelt")
    try await place.done("karin", "note", "add", "N-et", "--text", "nyt")
    try await place.done("karin", "today")
    try await place.done("lene", "case", "allocate", "N-fire", "--coordinator", "Karin")
    try await place.done("karin", "sync")
    let given = try await place.done("karin", "today", "--all", "--json").objects.filter {
      $0["section"] == .string("new") && $0["label"] == .string("N-fire")
    }
    #expect(given.map { $0["why"] } == [.string("new_case")], "\(given)")
    #expect(given.first?["text"]?.string?.contains("is new to you") == true, "\(given)")
    let later = try await place.done("karin", "today", "--all", "--json").objects
    #expect(!later.contains { $0["section"] == .string("new") }, "\(later)")
    await place.close()
  }
}
