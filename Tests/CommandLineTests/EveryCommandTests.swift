import Testing

/// Every command that works on a replica: what it tells programs, and people in both languages.
///
/// The steps are one family's story, so their order counts.
@Suite(.serialized, .atWork) struct EveryCommandTests {
  @Test(arguments: CommandStep.story) func command(step: CommandStep) async throws {
    try await step.check(in: Municipality.current)
  }

  /// The commands of the story, of the tests below, and of other suites are all there are.
  @Test func noCommandIsForgotten() {
    let told = (CommandStep.story + CommandStep.access + CommandStep.course).map { step in
      HelpTests.commands.filter { name in step.words.starts(with: name.split(separator: " ").map(String.init))
      }
    }
    let elsewhere: Set = [
      "enroll", "explain", "goal rank", "note edit", "note show", "participant end", "resolve", "undo",
      "conflicts",
      "update send", "update list", "update triage", "watch", "import", "attachment add", "attachment list",
      "attachment get", "device confirm", "device revoke", "people end", "people hand-over", "bundle write",
      "bundle take", "recovery end", "knowing-log show", "knowing-log accept", "knowing-log check",
      "knowing-log audit", "share",
      "reclassify",
      "restrict", "redact", "protected-contact add",
      "protected-contact change", "protected-contact audience", "protected-contact list",
      "protected-contact show", "custody set", "withholding lift", "information-type confirm",
      "authority-limit confirm", "quarantine list", "quarantine accept", "quarantine refuse", "held list",
      "held confirm", "held withdraw", "refused list", "refused show", "refused forget", "who-saw", "export",
      "erasure add", "erasure confirm", "erasure end",
      "erasure list", "rescue", "lock", "unlock", "transfer add", "transfer confirm", "transfer end",
      "transfer list", "arrival list", "arrival confirm", "meeting call", "meeting answer", "meeting hold",
      "meeting cancel", "meeting list", "request add", "request receive", "request waive", "request list",
      "decision prepare", "decision change", "decision issue", "decision deliver", "decision explain",
      "decision withdraw", "decision list", "decision show", "person change", "report waiting",
      "report contacts", "report caseload", "report priorities", "report surveys", "report decisions",
      "survey add", "survey list", "training add", "training held", "training list", "interruption add",
      "interruption end", "interruption list", "target add", "target list", "letter plan",
      "letter decision", "letter minutes", "letter visit-sheet", "visit log", "visit template", "note move",
      "note entered-in-error", "status-meeting add", "status-meeting plan", "task accept", "task reject",
      "task start", "task complete", "task cancel", "workflow check", "workflow adopt", "workflow move",
      "change confirm", "change decline", "goal replace", "goal end", "intervention end",
    ]
    #expect(told.reduce(elsewhere) { $0.union($1) } == HelpTests.commands)
  }

  @Test func explainTellsOneRecordAndWhatWaits() async throws {
    let place = try Municipality.current
    let note = try await place.done("karin", "note", "add", "F01", "--text", "forklar mig", "--json")
    let record = try note.text("record")
    let told = try await place.done("karin", "explain", record, "--json")
    #expect(
      try told.object.keys == [
        "record", "case", "case_id", "kind", "day", "text", "pending", "fields", "history",
      ])
    #expect(try told.object["fields"]?["text"] == .array([.string("forklar mig")]))
    let line = try #require(try told.object["history"]?.array?.first)
    #expect(line.keys == ["author", "written_at", "received_at", "status"])
    #expect(line["author"] == .string("Karin") && line["status"] == .string("accepted"))
    let danish = try await place.kos("karin", "explain", String(record.prefix(8)), language: "da")
    #expect(danish.output.contains("Historie") && danish.output.contains("Karin, skrevet"))

    try await place.done("karin", "note", "add", "F01", "--text", "venter her", "--offline")
    let waiting = try await place.kos("karin", "explain", language: "da")
    #expect(waiting.output.contains("venter på at blive sendt, siden "))
    #expect(waiting.output.contains(": venter her"))
    try await place.done("karin", "sync")
    let none = try await place.kos("karin", "explain", language: "da")
    #expect(none.output == "Intet venter, og intet er afvist.\n")
  }

  @Test func goalsAreRankedAnew() async throws {
    let place = try Municipality.current
    try await place.done("lene", "case", "new", "--label", "F77")
    try await place.done("lene", "case", "allocate", "F77", "--coordinator", "Karin")
    try await place.done("karin", "sync")
    try await place.done("karin", "goal", "add", "F77", "--text", "aflastning", "--rank", "1")
    let second = try await place.done(
      "karin", "goal", "add", "F77", "--text", "arbejde", "--rank", "2", "--json")
    let ranked = try await place.done("karin", "goal", "rank", "F77", "1", "--rank", "3", "--json")
    #expect(
      try ranked.object.keys == [
        "record", "kind", "case", "case_id", "saved", "delivery", "unsent", "unsent_since",
      ])
    let list = try await place.done("karin", "goal", "list", "F77", "--json")
    #expect(try list.objects.map { $0["text"] } == [.string("arbejde"), .string("aflastning")])
    #expect(try list.objects.first?["record"] == second.object["record"])
    let danish = try await place.kos("karin", "goal", "rank", "F77", "1", "--expected", "1", language: "da")
    #expect(danish.exit == 0 && danish.output.contains("Mål er noteret"), "\(danish)")
  }

  @Test func aParticipationEnds() async throws {
    let place = try Municipality.current
    try await place.done("lene", "case", "new", "--label", "F78")
    for (language, told) in ["en": "Karin no longer takes part", "da": "Karin deltager ikke længere"] {
      try await place.done(
        "lene", "participant", "add", "F78", "--person", "Karin", "--role", "family-coordinator")
      let ended = try await place.kos(
        "lene", "participant", "end", "F78", "--person", "Karin", language: language)
      #expect(ended.exit == 0 && ended.output.contains(told), "\(ended)")
    }
    try await place.done(
      "lene", "participant", "add", "F78", "--person", "Karin", "--role", "family-coordinator")
    let ended = try await place.done("lene", "participant", "end", "F78", "--person", "Karin", "--json")
    #expect(
      try ended.object.keys == [
        "record", "kind", "case", "case_id", "person", "saved", "delivery", "unsent", "unsent_since",
      ])
    try await place.done("karin", "sync")
    #expect(try await place.kos("karin", "case", "show", "F78").exit == 2)
  }
}
