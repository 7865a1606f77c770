import Foundation
import Testing

/// Major changes, and the family's plan, on the command line (R26, R34–R39, R54–R57, R74, R75).
@Suite(.serialized, .atWork) struct PlanTests {
  /// R35: goal 2 is replaced, version 2 takes the place of version 1, and version 1 is read as it was agreed.
  @Test func anOldVersionOfThePlanStaysReadable() async throws {
    let place = try Municipality.current
    try await place.done(
      "karin", "goal", "add", "F01", "--text", "arbejde", "--rank", "1", "--expected", "2",
      "--on", "2020-01-02")
    try await place.done("karin", "goal", "add", "F01", "--text", "søvn", "--rank", "2", "--on", "2020-01-02")
    let early = try await place.kos("karin", "plan", "show", "F01")
    #expect(early.exit == 2 && early.error.contains("no plan yet"), "\(early)")
    try await place.done(
      "karin", "plan", "agree", "F01", "--by", "family", "--text", "vi mødes igen", "--on", "2020-03-01")
    let old = try await place.done("karin", "goal", "list", "F01", "--json").objects[1]["record"]?.string
    try await place.done(
      "karin", "goal", "replace", "F01", "2", "--text", "aflastning", "--actor", "aflastningen", "--on",
      "2020-05-28")
    let twice = try await place.kos("karin", "goal", "replace", "F01", try #require(old), "--text", "x")
    #expect(twice.exit == 2 && twice.error.contains("was replaced"), "\(twice)")
    try await place.done("karin", "plan", "agree", "F01", "--by", "Anna", "--on", "2020-06-01")

    func goals(_ version: String?) async throws -> [String] {
      let words = ["plan", "show", "F01", "--json"] + (version.map { ["--version", $0] } ?? [])
      let answer = try await place.kos("karin", words)
      return try (answer.object["goals"]?.array ?? []).compactMap { $0["text"]?.string }
    }
    #expect(try await goals(nil) == ["arbejde", "aflastning"])
    #expect(try await goals("1").sorted() == ["arbejde", "søvn"])
    let list = try await place.done("karin", "plan", "list", "F01", "--json").objects
    #expect(list.map { $0["version"] } == [.integer(1), .integer(2)])
    #expect(list.map { $0["replaced_on"] } == [.string("2020-06-01"), .null])
    let text = try await place.kos("karin", "plan", "show", "F01", "--version", "1", language: "da")
    #expect(text.output.contains("vi mødes igen") && text.output.contains("Aftalt af familien"), "\(text)")
    #expect(text.output.contains("teamet ventede: 2") && text.output.contains("udskiftet"), "\(text)")
    let none = try await place.kos("karin", "plan", "show", "F01", "--version", "3")
    #expect(none.exit == 2 && none.error.contains("no version 3"), "\(none)")

    try await place.done("karin", "goal", "end", "F01", "1", "--on", "2020-07-01")
    let ended = try await place.done("karin", "goal", "list", "F01", "--json").objects
    #expect(ended.contains { $0["status"] == .string("reached") })
    let again = try await place.kos("karin", "plan", "agree", "F01", "--goal", "1")
    #expect(again.exit == 2 && again.error.contains("has ended"), "\(again)")
  }

  /// R36–R38: nothing repeats until a person decides, with a reason; then a second round begins.
  @Test func aPersonDecidesWhetherStepsRepeat() async throws {
    let place = try Municipality.current
    try await place.done(
      "lene", "case", "new", "--label", "F83", "--child", "Bo:2015-08-20", "--received", "2020-01-02")
    try await place.done("lene", "case", "allocate", "F83", "--coordinator", "Karin", "--on", "2020-01-03")
    try await place.done("karin", "sync")
    // R39: what was assessed before does not stand for what is assessed after.
    try await place.done(
      "karin", "meeting", "add", "F83", "--kind", "assessment", "--participant", "Karin", "--on",
      "2020-02-10")
    // Bo has turned six since the case was opened.
    let proposed = try await place.done("karin", "change", "list", "F83", "--json").objects
    #expect(proposed.count == 1 && proposed[0]["trigger"] == .string("school_start"))
    #expect(proposed[0]["proposed"] == .boolean(true) && proposed[0]["record"] == .null)
    #expect(proposed[0]["day"] == .string("2021-08-20"))
    try await place.done("karin", "change", "add", "F83", "--trigger", "school_start", "--on", "2021-08-10")
    try await place.done("karin", "change", "add", "F83", "--trigger", "divorce", "--on", "2021-09-01")
    #expect(try await place.done("karin", "change", "list", "F83", "--json").objects.count == 2)
    // R37: the list is open, to codes.
    let another = try await place.kos(
      "karin", "change", "add", "F83", "--trigger", "new_sibling_school", "--on", "2021-09-02")
    #expect(another.exit == 0, "\(another)")
    let odd = try await place.kos("karin", "change", "add", "F83", "--trigger", "Far flyttede")
    #expect(odd.exit == 2, "\(odd)")
    let reasonless = try await place.kos("karin", "change", "confirm", "F83", "1")
    #expect(reasonless.exit == 2, "\(reasonless)")

    func round() async throws -> JSONValue? {
      try await place.done("karin", "case", "show", "F83", "--json").object["round"]
    }
    #expect(try await round() == .integer(1))
    let declined = try await place.kos(
      "karin", "change", "decline", "F83", "2", "--reason", "de er enige", "--on", "2021-09-10",
      language: "da")
    #expect(declined.exit == 0 && declined.output.contains("gentages ikke"), "\(declined)")
    #expect(try await round() == .integer(1))
    let confirmed = try await place.kos(
      "karin", "change", "confirm", "F83", "1", "--reason", "ny skole", "--on", "2021-09-12")
    #expect(confirmed.exit == 0 && confirmed.output.contains("7 steps repeat"), "\(confirmed)")
    let shown = try await place.done("karin", "case", "show", "F83", "--json").object
    #expect(shown["round"] == .integer(2), "\(shown)")
    let assessment = shown["steps"]?.array?.first { $0["step"] == .string("assessment") }
    #expect(assessment?["state"] == .string("waiting") && assessment?["since"] == .string("2021-09-12"))
    let twice = try await place.kos("karin", "change", "decline", "F83", "1", "--reason", "alligevel ikke")
    #expect(twice.exit == 2 && twice.error.contains("is decided"), "\(twice)")
  }

  /// R74, R75: shares of an intervention never make more than the whole.
  @Test func sharesOfAnIntervention() async throws {
    let place = try Municipality.current
    try await place.done(
      "karin", "intervention", "propose", "F01", "--title", "Stepping Stones", "--legal-basis",
      "barnets lov §30",
      "--responsible", "Poul", "--on", "2020-02-01")
    let share = ["funding", "share", "F01", "1", "--law", "barnets lov", "--payer"]
    let first = try await place.kos("karin", share + ["Familieafdelingen", "--percent", "70", "--json"])
    #expect(try first.object["funded_percent"] == .integer(70))
    let tooMuch = try await place.kos("karin", share + ["Jobcenteret", "--percent", "31"])
    #expect(tooMuch.exit == 2 && tooMuch.error.contains("at most 30 are left"), "\(tooMuch)")
    for percent in ["0", "101", "-1"] {
      #expect(try await place.kos("karin", share + ["X", "--percent=" + percent]).exit == 2)
    }
    try await place.done("karin", "intervention", "start", "F01", "1", "--on", "2020-03-01")
    try await place.done("karin", "intervention", "end", "F01", "1", "--on", "2020-09-01")
    let over = try await place.kos("karin", "intervention", "start", "F01", "1")
    #expect(over.exit == 2 && over.error.contains("has ended"), "\(over)")
    let list = try await place.done("karin", "intervention", "list", "F01", "--json").objects
    #expect(list.count == 1 && list[0]["status"] == .string("ended"))
    #expect(list[0]["starts_on"] == .string("2020-03-01") && list[0]["ends_on"] == .string("2020-09-01"))
    // A parent reads neither the plan nor who pays for it before it is released to her.
    let payers = try await place.done("karin", "funding", "list", "F01", "--json").objects
    #expect(payers.map { $0["payer"] } == [.string("Familieafdelingen")])
  }
}
