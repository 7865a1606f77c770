import Foundation
import Testing

/// Workflows and steps on the command line (R1–R8, R59, R69, R71).
@Suite(.serialized, .atWork) struct WorkflowTests {
  @Test(arguments: CommandStep.course) func command(step: CommandStep) async throws {
    try await step.check(in: Municipality.current)
  }

  private func definition(_ place: Municipality) async throws -> String {
    try await place.done("lene", "workflow", "show", "kos", "--source").output
  }

  /// A mistake in a file is told by line, without a replica and in both languages.
  @Test func aMistakeIsToldByLine() async throws {
    let place = try Municipality.current
    let text = try await definition(place)
    let fine = try await place.kos("nobody", "workflow", "check", place.write(text))
    #expect(fine.exit == 0 && fine.output.contains("kos@1 is fine: 13 steps."), "\(fine)")
    let broken = text.replacingOccurrences(of: "cadence: 14 days", with: "cadence: ofte")
    let line = broken.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { $0.contains("cadence: ofte") }
    let file = try place.write(broken)
    for (language, told) in [
      "en": "line \((line ?? 0) + 1), column 14: write such as",
      "da": "linje \((line ?? 0) + 1), tegn 14: skriv",
    ] {
      let answer = try await place.kos("nobody", "workflow", "check", file, language: language)
      #expect(answer.exit == 2 && answer.error.contains(told) && answer.output.isEmpty, "\(answer)")
    }
    // Two mistakes are told at once, each on its line, and what the YAML parser says in Danish to Danes.
    let twice = try place.write(broken.replacingOccurrences(of: "version: 1", with: "version: ny"))
    let both = try await place.kos("nobody", "workflow", "check", twice, language: "da")
    #expect(both.exit == 2 && both.error.contains("ikke et helt tal fra 1: ny"), "\(both)")
    #expect(both.error.contains("2 fejl, nævnt ovenfor") && both.error.contains("tegn 14: skriv"), "\(both)")
    let colon = try place.write("code: own: again\n")
    let yaml = try await place.kos("nobody", "workflow", "check", colon, language: "da")
    #expect(yaml.exit == 2 && yaml.error.contains("et kolon kan ikke stå her"), "\(yaml)")
    #expect(!yaml.error.contains("mapping values"), "\(yaml)")
    let adopted = try await place.kos("lene", "workflow", "adopt", file, "--json")
    #expect(try adopted.exit == 2 && adopted.failure["error"] == .string("usage"))
    let missing = try await place.kos("nobody", "workflow", "check", "there-is-no-such-file")
    #expect(missing.exit == 2 && missing.error.contains("Cannot read"))
  }

  /// A case keeps the version that it began with until somebody moves it; a version is never changed.
  @Test func aCaseKeepsItsVersionUntilItIsMoved() async throws {
    let place = try Municipality.current
    let first = try await place.done("lene", "workflow", "adopt", "kos", "--json")
    #expect(try first.object["delivery"] == .string("sent"))
    let again = try await place.kos("lene", "workflow", "adopt", "kos")
    #expect(again.exit == 2 && again.error.contains("was adopted before"), "\(again)")
    try await place.done("lene", "case", "new", "--label", "F80")
    let text = try await definition(place)
      .replacingOccurrences(of: "Månedlig kontakt til familien", with: "Ring hver uge")
      .replacingOccurrences(of: "Monthly contact with the family", with: "A call each week")
    let sameVersion = try await place.kos("lene", "workflow", "adopt", place.write(text))
    #expect(sameVersion.exit == 2 && sameVersion.error.contains("new version"), "\(sameVersion)")
    let second = try place.write(text.replacingOccurrences(of: "version: 1", with: "version: 2"))
    try await place.done("lene", "workflow", "adopt", second)
    try await place.done("lene", "case", "new", "--label", "F81")

    func title(_ label: String) async throws -> String? {
      let steps = try await place.done("lene", "step", "list", label, "--json").objects
      return steps.first { $0["number"] == .string("10") }?["title"]?.string
    }
    #expect(try await title("F80") == "Monthly contact with the family")
    #expect(try await title("F81") == "A call each week")
    let moved = try await place.kos("lene", "workflow", "move", "F80", "2", language: "da")
    #expect(moved.exit == 0 && moved.output.contains("følger nu kos@2"), "\(moved)")
    #expect(try await title("F80") == "A call each week")
    #expect(
      try await place.done("lene", "case", "show", "F80", "--json").object["workflow"] == .string("kos@2"))
    let unknown = try await place.kos("lene", "workflow", "move", "F80", "9")
    #expect(unknown.exit == 2 && unknown.error.contains("There is no workflow kos@9"), "\(unknown)")
    let shipped = try await place.kos("lene", "workflow", "move", "F80", "en-familie-en-indgang")
    #expect(shipped.exit == 2 && shipped.error.contains("was not adopted"), "\(shipped)")
    let list = try await place.done("lene", "workflow", "list", "--json").objects
    #expect(
      list.map { $0["followed_by_new_cases"] } == [
        .boolean(false), .boolean(true), .boolean(false), .boolean(false),
      ])
    // Who is no leader adopts none.
    let refused = try await place.kos(
      "karin", "workflow", "adopt",
      place.write(text.replacingOccurrences(of: "version: 1", with: "version: 3")))
    #expect(refused.exit == 3, "\(refused)")
  }

  /// Who was at the meeting assessed, too: what is written down alone lacks nothing that the step has.
  @Test func theHintAndTheStepSayTheSame() async throws {
    let place = try Municipality.current
    try await place.done("lene", "person", "add", "--name", "Pia", "--legal-area", "school")
    try await place.done("lene", "person", "add", "--name", "Sus", "--legal-area", "social_services")
    try await place.done("lene", "case", "new", "--label", "F89", "--source", "hospital")
    try await place.done("lene", "case", "allocate", "F89", "--coordinator", "Karin")
    try await place.done("karin", "sync")
    let note = ["assessment", "note", "F89", "--dimension", "health", "--resources", "sover godt"]
    let members: [(String, String?)] = [("Pia", "missing: social services"), ("Sus", nil)]
    for (member, missing) in members {
      try await place.done(
        "karin", "meeting", "add", "F89", "--kind", "assessment", "--participant", member)
      let step = try await place.kos("karin", "step", "show", "F89", "assessment")
      for words in [note, ["assessment", "show", "F89"]] {
        let told = try await place.kos("karin", words)
        #expect(told.exit == 0 && told.error.isEmpty == (missing == nil), "\(told)")
        if let missing { #expect(told.error.contains(missing) && step.output.contains(missing), "\(told)") }
      }
      if missing == nil { #expect(!step.output.contains("missing:"), "\(step)") }
    }
  }

  /// From the inquiry to the assessment: what waits, who sees to it, and what a closed gate lacks.
  @Test func theCaseTellsWhereItStands() async throws {
    let place = try Municipality.current
    try await place.done(
      "lene", "person", "add", "--name", "Petra", "--legal-area", "school", "--title", "psykolog")
    try await place.done(
      "lene", "person", "add", "--name", "Sif", "--legal-area", "social_services", "--title", "rådgiver")
    try await place.done(
      "lene", "case", "new", "--label", "F82", "--source", "hospital", "--received", "2020-03-02")
    var shown = try await place.done("lene", "case", "show", "F82", "--json").object
    #expect(shown["next"] == .string("allocation") && shown["waiting_since"] == .string("2020-03-02"))
    #expect(shown["responsible"] == .string("leader"))
    try await place.done(
      "lene", "case", "allocate", "F82", "--coordinator", "Karin", "--on", "2020-03-04")
    try await place.done("karin", "sync")
    try await place.done(
      "karin", "meeting", "add", "F82", "--kind", "assessment", "--participant", "Sif", "--on", "2020-03-10")
    shown = try await place.done("karin", "case", "show", "F82", "--json").object
    #expect(shown["next"] == .string("assessment") && shown["responsible"] == .string("Karin"))
    let danish = try await place.kos("karin", "case", "show", "F82", language: "da")
    #expect(danish.output.contains("i gang siden 2020-03-10") && danish.output.contains("mangler: skole"))
    let early = try await place.kos("karin", "step", "complete", "F82", "assessment")
    #expect(early.exit == 2 && early.error.contains("missing: school"), "\(early)")

    let alone = try await place.kos(
      "karin", "assessment", "note", "F82", "--dimension", "health", "--resources", "sover godt",
      "--problems",
      "hører dårligt", "--with", "Sif", "--on", "2020-03-10")
    #expect(alone.exit == 0 && alone.error.contains("missing: school"), "\(alone)")
    let together = try await place.kos(
      "karin", "assessment", "note", "F82", "--dimension", "network", "--problems", "bor langt fra familien",
      "--with", "Petra")
    #expect(together.exit == 0 && together.error.isEmpty, "\(together)")
    let told = try await place.done("karin", "assessment", "show", "F82", "--json").objects
    #expect(told.map { $0["dimension"] } == [.string("health"), .string("health"), .string("network")])
    #expect(
      told.map { $0["domain"]?.string } == ["childs_development", "childs_development", "family_and_network"])
    let neither = try await place.kos("karin", "assessment", "note", "F82", "--text", "x")
    #expect(neither.exit == 2 && neither.error.contains("--dimension"), "\(neither)")

    shown = try await place.done("karin", "case", "show", "F82", "--json").object
    #expect(shown["next"] == .string("case_information"), "\(shown)")
    #expect(shown["waiting_since"] == .string("2020-03-10"))
    let unexplained = try await place.kos("karin", "step", "skip", "F82", "3")
    #expect(unexplained.exit == 2 && unexplained.error.contains("not optional"), "\(unexplained)")
    try await place.done(
      "karin", "step", "skip", "F82", "3", "--reason", "alt er kendt", "--on", "2020-03-12")
    let steps = try await place.done("karin", "step", "list", "F82", "--json").objects
    let third = steps.first { $0["step"] == .string("case_information") }
    #expect(third?["state"] == .string("skipped") && third?["waiting_days"] == .integer(2))
    #expect(try await place.done("karin", "note", "list", "F82").output.contains("alt er kendt"))
    let none = try await place.kos("karin", "step", "start", "F82", "42")
    #expect(none.exit == 2 && none.error.contains("no step 42"), "\(none)")
  }
}
