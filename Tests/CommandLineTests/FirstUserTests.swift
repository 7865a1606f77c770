import Testing

/// What somebody who used the commands for the first time stumbled over.
@Suite(.serialized, .withFamily) struct FirstUserTests {
  /// A code that the field does not know is refused wherever it is written, and the choices are told.
  @Test func codesAndNamesAreLookedAt() async throws {
    let place = try Municipality.current
    let wrong: [(words: [String], english: String, danish: String)] = [
      (
        ["contact", "log", "F01", "--kind", "picnic", "--text", "x"],
        "picnic is nothing that form may be: home_visit", "picnic er ikke noget, form kan være: home_visit"
      ),
      (["case", "new", "--label", "  "], "the name in lists must not be empty", "navnet i lister må ikke"),
      (["person", "add", "--name", "\u{200B} "], "must not be empty", "må ikke være tom"),
      (["task", "add", "F01", " ", "--owner", "me"], "", ""),
      (["goal", "add", "F01", "--text", " "], "", ""),
      (
        ["meeting", "call", "F01", "--kind", "analysis", "--on", "i morgen", "--time", "25:61"],
        "25:61 is no time of day", "25:61 er ikke et klokkeslæt"
      ),
      (
        ["contact", "log", "F01", "--kind", "visit", "--text", "x", "--on", "2126-01-01"],
        "more than 150 years back or 20 years ahead", "mere end 150 år tilbage eller 20 år frem"
      ),
      (
        ["case", "new", "--label", "F98", "--child", "Bo:2199-01-01"], "2199-01-01 is too far away",
        "2199-01-01 ligger for langt væk"
      ),
    ]
    for (words, english, danish) in wrong {
      for (language, told) in ["en": english, "da": danish] {
        let answer = try await place.kos("karin", words, language: language)
        #expect(answer.exit == 2 && !answer.error.isEmpty, "\(words): \(answer)")
        let said = answer.error.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(told.isEmpty || said.contains(told), "\(words): \(answer)")
      }
    }
    #expect(try await place.done("karin", "status", "--json").object["pending"] == .integer(0))
  }

  /// Two wrote a task's status without knowledge of each other; what settles it is one of its codes.
  @Test func aConflictIsSettledByACodeThatThereIs() async throws {
    let place = try Municipality.current
    let task = try await place.done("karin", "task", "add", "F01", "ring", "--owner", "me", "--json")
      .text("record")
    try await place.done("poul", "sync")
    try await place.done("karin", "task", "start", "F01", task, "--offline")
    try await place.done("poul", "task", "cancel", "F01", task, "--reason", "x", "--offline")
    try await place.done("karin", "sync")
    _ = try await place.kos("poul", "sync")
    _ = try await place.kos("karin", "sync")
    let field = "\(task):status"
    let wrong = try await place.kos("karin", "resolve", field, "--text", "gjort")
    #expect(wrong.exit == 2 && wrong.error.contains("requested, accepted, in_progress"), "\(wrong)")
    try await place.done("karin", "resolve", field, "--text", "in_progress")
    #expect(try await !place.kos("karin", "conflicts").output.contains(field))
  }

  /// A child whose eligibility was declined is enrolled only after somebody looked at it anew.
  @Test func whoWasDeclinedIsAssessedAnewFirst() async throws {
    let place = try Municipality.current
    try await place.done("lene", "case", "new", "--label", "F96", "--child", "Ib:2018-05-01")
    try await place.done("lene", "case", "eligibility", "F96", "--decline")
    for (language, told) in ["en": "assess anew: kos case eligibility", "da": "vurdér igen: kos case"] {
      let refused = try await place.kos("lene", "case", "enrol", "F96", language: language)
      #expect(refused.exit == 2 && refused.error.contains(told), "\(refused)")
      #expect(!refused.error.contains("Ib"), "\(refused)")
    }
    try await place.done(
      "lene", "case", "eligibility", "F96", "--several-laws", "--confirm", "--reason", "søskende er med")
    // Whatever the rule says, a person may know better, and says why.
    try await place.done("lene", "case", "enrol", "F96", "--reason", "søskende er med")
    let notes = try await place.done("lene", "note", "list", "F96", "--json").objects
    #expect(notes.contains { $0["text"] == .string("søskende er med") }, "\(notes)")
  }

  /// Who decides otherwise than the rule proposes says why, and the answer tells what was decided. What was
  /// answered stands until it is answered anew.
  @Test func whoDecidesAgainstTheRuleSaysWhy() async throws {
    let place = try Municipality.current
    try await place.done("lene", "case", "new", "--label", "F95", "--child", "Eva:2018-05-01")
    let words = ["case", "eligibility", "F95", "--on", "2022-05-02"]
    for (language, told) in ["en": "say why with --reason", "da": "skriv hvorfor med --reason"] {
      let refused = try await place.kos("lene", words + ["--confirm"], language: language)
      #expect(refused.exit == 2 && refused.error.contains(told), "\(refused)")
      #expect(!refused.error.contains("Eva"), "\(refused)")
    }
    let answered = try await place.kos("lene", words + ["--no-several-laws", "--daily-life"])
    #expect(answered.exit == 0 && !answered.output.contains("Eligibility is"), "\(answered)")
    let confirmed = try await place.kos("lene", words + ["--confirm"])
    #expect(confirmed.exit == 0 && confirmed.output.contains("Eligibility is confirmed"), "\(confirmed)")
    let unfounded = try await place.kos("lene", words + ["--decline", "--reason", " "])
    #expect(unfounded.exit == 2 && unfounded.error.contains("enrol (criteria met)"), "\(unfounded)")
    let declined = try await place.kos("lene", words + ["--decline", "--reason", "flytter", "--json"])
    let told = try declined.object
    #expect(told["outcome"] == .string("declined") && told["proposal"] == .string("criteria_met"), "\(told)")
    let record = try declined.text("record")
    let fields = try await place.done("lene", "explain", record, "--json").object["fields"]
    #expect(fields?["several_laws"] == .array([.boolean(false)]), "\(String(describing: fields))")
    #expect(fields?["daily_life_affected"] == .array([.boolean(true)]), "\(String(describing: fields))")
  }

  /// A form that was read before is read again only when that is meant.
  @Test func aVisitIsRecordedOnce() async throws {
    let place = try Municipality.current
    let form = try place.write("Dato: 2020-06-30\nKontakt: To gange?\nOpgave: Ring")
    try await place.done("karin", "visit", "F01", "--from-file", form)
    for (language, told) in ["en": "recorded already, for 2020-06-30", "da": "allerede noteret for"] {
      let again = try await place.kos("karin", "visit", "F01", "--from-file", form, language: language)
      #expect(again.exit == 2 && again.error.contains(told), "\(again)")
    }
    func contacts() async throws -> Int {
      try await place.done("karin", "contact", "list", "F01", "--json").objects
        .count { $0["text"] == .string("To gange?") }
    }
    #expect(try await contacts() == 1)
    try await place.done("karin", "visit", "F01", "--from-file", form, "--again")
    #expect(try await contacts() == 2)
  }

  /// What the team expected is told to the team alone, and how steps stand to who holds what shows it.
  @Test func aParentSeesThePlanWithoutTheTeamsYardstick() async throws {
    let place = try Municipality.current
    let goal = try await place.done(
      "karin", "goal", "add", "F01", "--text", "en bolig", "--rank", "1", "--expected", "7", "--json"
    ).text("record")
    try await place.done("karin", "plan", "agree", "F01", "--by", "Mor")
    try await place.done("karin", "release", "give", "F01", "--to", "Mor", "--type", "plan")
    try await place.done("mor", "sync")
    for words in [["goal", "list", "F01"], ["plan", "show", "F01"], ["explain", goal]] {
      let label = words.map { $0 == "F01" ? "1" : $0 }
      for form in [[], ["--json"]] {
        let hers = try await place.kos("mor", label + form)
        #expect(hers.exit == 0 && hers.output.contains("en bolig"), "\(words) \(hers)")
        #expect(!hers.output.contains("team"), "\(words) \(hers)")
        let karins = try await place.kos("karin", words + form)
        #expect(karins.output.contains("team"), "\(words) \(karins)")
      }
    }
    let shown = try await place.kos("mor", "case", "show", "1", language: "da")
    #expect(shown.exit == 0 && shown.output.contains("vises ikke for dig"), "\(shown)")
    #expect(!shown.output.contains("ikke begyndt"), "\(shown)")
    let told = try await place.done("mor", "case", "show", "1", "--json").object
    #expect(told["contacts"] == .null && told["next"] == .null, "\(told)")
    // Nor where she cannot tell: her case is not open, nor without a coordinator, because she holds no
    // record.
    #expect(told["status"] == .null && told["coordinator"] == .null, "\(told)")
    for (language, hidden) in ["da": "vises ikke for dig", "en": "not shown to you"] {
      let list = try await place.kos("mor", "case", "list", language: language).output
      #expect(list.contains("\(hidden)  \(hidden)"), "\(list)")
    }
    let listed = try await place.done("mor", "case", "list", "--json").object
    for key in ["status", "coordinator", "children", "open_updates"] {
      #expect(listed[key] == .null, "\(key): \(listed)")
    }
    #expect(try await place.done("karin", "case", "show", "F01", "--json").object["contacts"] != .null)
  }

  /// What a reader is told to type is hers: a task of a parent's is ticked off by the staff.
  @Test func aParentIsToldToTypeWhatSheMay() async throws {
    let place = try Municipality.current
    let task = try await place.done("karin", "task", "add", "F01", "find en dag", "--owner", "Far", "--json")
      .text("record")
    try await place.done("karin", "release", "give", "F01", "--to", "Far", "--record", task)
    try await place.done("far", "sync")
    let lines = try await place.done("far", "today", "--all", "--json").objects
    let line = try #require(lines.first { $0["why"] == .string("task_requested") }, "\(lines)")
    let command = try #require(line["command"]?.string)
    #expect(command.hasPrefix("kos task list "), "\(command)")
    let words = command.split(separator: " ").dropFirst().map(String.init)
    let look = try await place.kos("far", words)
    #expect(look.exit == 0 && look.output.contains("find en dag"), "\(look)")
    let reference = try #require(line["case"]?.string)
    for (language, told) in ["da": "vises for dig", "en": "is shown to you"] {
      let plan = try await place.kos("far", "plan", "show", reference, language: language)
      #expect(plan.exit == 2 && plan.error.contains(told), "\(plan)")
      #expect(!plan.error.contains("plan agree"), "\(plan)")
    }
  }

  /// Numbers of cases are each replica's own: what is read out names the case as everybody finds it.
  @Test func aCaseIsNamedAsEverybodyFindsIt() async throws {
    let place = try Municipality.current
    let opened = try await place.kos("lene", "case", "new", "--label", "F97")
    let list = try await place.done("lene", "case", "list", "--json").objects
    let id = try #require(list.first { $0["label"] == .string("F97") }?["case_id"]?.string)
    let short = String(id.prefix(8))
    #expect(opened.output.contains("Case F97 is opened; everybody finds it as \(short)"), "\(opened)")
    #expect(try await place.done("lene", "case", "list").output.contains("\(short)  F97"))
    let told = try await place.done("lene", "case", "offer", short)
    #expect(told.output.contains("Offer is recorded in case F97:"), "\(told)")
    // Two who did not know of each other's: told apart by their ids, which an error names alone.
    try await place.done("karin", "case", "new", "--label", "F97")
    try await place.done("lene", "sync")
    let either = try await place.kos("lene", "case", "offer", "F97")
    #expect(either.exit == 2 && either.error.contains(short), "\(either)")
    let offered = try await place.done("lene", "case", "offer", short)
    #expect(offered.output.contains("Offer is recorded in case \(short):"), "\(offered)")
  }

  /// Nobody has to type a name as it was written, and a new one is a name that finds its case.
  @Test func aLabelFindsItsCase() async throws {
    let place = try Municipality.current
    try await place.done("lene", "case", "new", "--label", "Grå")
    for word in ["Grå", "grå", "GRÅ", "gra\u{30A}", "graa", " grå "] {
      let shown = try await place.kos("lene", "case", "show", word)
      #expect(shown.exit == 0 && shown.output.contains("Grå"), "\(word): \(shown)")
    }
    let long = String(repeating: "å", count: 61)
    let wrong = [
      ("grå", "There is a case called grå already", "Der er allerede en sag, der hedder grå"),
      ("2020", "2020 is digits alone", "2020 er kun cifre"), (long, "at most 60", "højst 60"),
      ("a\nb", "one line without control", "én linje uden"), ("a\u{1B}b", "one line", "én linje"),
    ]
    for (label, english, danish) in wrong {
      for (language, told) in ["en": english, "da": danish] {
        let answer = try await place.kos("lene", ["case", "new", "--label", label], language: language)
        #expect(answer.exit == 2 && answer.error.contains(told), "\(answer)")
      }
    }
    try await place.done("lene", "case", "new", "--label", long.dropLast().description)
  }
}
