import Foundation
import Testing

/// A caseload comes in once, and the figures are the same for whoever takes part.
@Suite(.serialized, .atWork) struct ImportTests {
  static let figures: Set = [
    "children_ever", "families_ever", "children_enrolled", "families_enrolled", "families_discharged",
    "families_enrolled_in_period", "assessment_meetings", "analysis_meetings", "families_offered",
    "families_declined",
  ]
  static let caseload = Municipality.root + "/Tests/Data/caseload-2020.jsonl"
  static let maker = Municipality.root + "/Tests/Data/make_caseload.py"

  @Test func theCaseloadOfTheFirstYear() async throws {
    let place = try Municipality.current
    let imported = try await place.done("lene", "import", Self.caseload, "--participant", "Poul", "--json")
    #expect(try imported.object.keys == ["events", "records", "saved", "delivery", "unsent", "unsent_since"])
    #expect(try imported.object["events"] == .integer(522) && imported.object["delivery"] == .string("sent"))
    let report = try await memo("lene", place)
    #expect(report.keys.isSuperset(of: Self.figures.union(["at", "from"])))
    let expected: [String: Int64] = [
      "children_ever": 23, "families_ever": 23, "families_discharged": 1, "children_enrolled": 22,
      "families_enrolled": 22, "families_enrolled_in_period": 3, "assessment_meetings": 9,
      "analysis_meetings": 0, "families_offered": 24, "families_declined": 1,
    ]
    for (key, number) in expected { #expect(report[key] == .integer(number), "\(key)") }

    // Again, here and on the replica of somebody who takes part and never saw the file.
    let again = try await place.done("lene", "import", Self.caseload, "--participant", "Poul", "--json")
    #expect(try again.object["records"] == .integer(0))
    try await place.done("poul", "sync")
    #expect(try await memo("poul", place) == report)
    let log = try await place.done("poul", "case", "list", "--json").output
    let there = try await place.done("poul", "import", Self.caseload, "--json")
    #expect(try there.object["records"] == .integer(0) && there.object["delivery"] == .string("sent"))
    #expect(try await place.done("poul", "status", "--json").object["refused"] == .array([]))
    #expect(try await memo("poul", place) == report)
    #expect(try await place.done("poul", "case", "list", "--json").output == log)
    try await place.done("lene", "sync")
    #expect(try await memo("lene", place) == report)
    // Who takes part in none of it sees none of it.
    try await place.done("karin", "sync")
    #expect(try await memo("karin", place)["children_ever"] == .integer(0))

    let danish = try await place.kos("lene", "import", Self.caseload, language: "da")
    #expect(danish.output.contains("522 begivenheder læst, 0 nye poster."), "\(danish)")
    let people = try await place.kos(
      "lene", "report", "status", "--at", "2020-07-01", "--from", "2020-05-01", language: "da")
    #expect(people.output.contains("Børn indskrevet i alt           23\n"), "\(people)")
    #expect(people.output.contains("Familier takket nej             1\n"), "\(people)")
  }

  /// Participation comes after the import too: one is let into a case and then sees it.
  @Test func takingPartLater() async throws {
    let place = try Municipality.current
    let file = try place.write(
      #"{"date":"2020-01-02","event":"enrolled","family":"Sene","children":["Sene-a"]}"#)
    try await place.done("lene", "import", file)
    try await place.done("lene", "participant", "add", "Sene", "--person", "Karin", "--role", "core-team")
    try await place.done("karin", "sync")
    #expect(try await place.kos("karin", "case", "show", "Sene").exit == 0)
    #expect(try await memo("karin", place)["children_ever"] == .integer(1))
  }

  /// Other caseloads of the form agree with what the maker counts, whatever the order of their lines.
  @Test(arguments: [
    ["--seed", "11", "--families", "9", "--discharged", "3", "--returning", "2", "--analysis", "0.5"],
    ["--seed", "12", "--families", "14", "--declined", "5", "--siblings", "8", "--discharged", "6"],
    ["--seed", "13", "--families", "6", "--discharged", "6", "--returning", "6", "--analysis", "1"],
  ])
  func otherCaseloads(options: [String]) async throws {
    let place = try Municipality.current
    for (number, order) in [[], ["--shuffle"]].enumerated() {
      let file = place.file("caseload")
      let made = try await place.run("/usr/bin/python3", [Self.maker, "--out", file] + options + order)
      try #require(made.exit == 0, "\(made)")
      // A device of its own for each: they name their families alike.
      let who = "lene-\(options[1])-\(number)"
      let link = try await place.done("lene", "device", "add", "--json")
      #expect(try await place.enrol(who, code: try link.text("code")).exit == 0)
      try await place.done(who, "import", file, "--offline")
      for (day, from) in [("2020-02-29", "2020-01-01"), ("2020-07-01", "2020-05-01"), ("2020-09-30", nil)] {
        let period = from.map { ["--from", $0] } ?? []
        let expected = try await place.run(
          "/usr/bin/python3", [Self.maker, "--input", file, "--expect", day] + period)
        let counted = try JSONValue(line: expected.output)
        let report = try await place.kos(who, ["report", "status", "--json", "--at", day] + period).object
        for key in Self.figures { #expect(report[key] == counted[key], "\(order) \(day) \(key)") }
      }
    }
  }

  /// A line that cannot be read is named, and nothing of the file is imported.
  @Test func aBrokenLine() async throws {
    let place = try Municipality.current
    let good = #"{"date":"2020-01-02","event":"enrolled","family":"Brud","children":["Brud-a"]}"#
    let broken: [(line: String, english: String, danish: String)] = [
      ("{\"date\":", "line 2: not JSON", "linje 2: ikke JSON"),
      ("[1]", "line 2: not a JSON object", "linje 2: ikke et JSON-objekt"),
      (#"{"event":"offered","family":"Brud"}"#, "line 2: date is missing", "linje 2: date mangler"),
      (
        #"{"date":"2020-02-30","event":"offered","family":"Brud"}"#, "line 2: date is not a day",
        "linje 2: date er ikke en dag"
      ),
      (
        #"{"date":"2020-02-03","event":"enrolled","family":"Brud","children":7}"#, "line 2: children is not",
        "linje 2: children er af forkert type"
      ),
    ]
    for attempt in broken {
      let file = try place.write([good, attempt.line, good].joined(separator: "\n"))
      for (language, told) in [
        "en": (attempt.english, "Nothing was imported."), "da": (attempt.danish, "Intet er importeret."),
      ] {
        let answer = try await place.kos("lene", "import", file, language: language)
        #expect(answer.exit == 2 && answer.error.contains("kos: " + told.0), "\(answer)")
        #expect(answer.error.contains(told.1), "\(answer)")
      }
      let answer = try await place.kos("lene", "import", file, "--json")
      #expect(try answer.failure["exit_code"] == .integer(2), "\(answer)")
    }
    let cases = try await place.done("lene", "case", "list", "--json")
    #expect(try !cases.objects.contains { $0["label"] == .string("Brud") })
  }

  /// What this version does not know is said and left out; the rest comes in.
  @Test func whatIsUnknownIsSaid() async throws {
    let place = try Municipality.current
    let file = try place.write(
      """
      {"date":"2020-01-02","event":"enrolled","family":"Ukendt","children":["Ukendt-a"],"weather":"sol"}

      {"date":"2020-01-03","event":"party","family":"Ukendt"}
      """)
    let answer = try await place.kos("lene", "import", file, language: "da")
    #expect(answer.exit == 0, "\(answer)")
    #expect(answer.error.contains("linje 1: ukendte nøgler: weather"), "\(answer)")
    #expect(answer.error.contains("linje 3: ukendt begivenhed party, sprunget over"), "\(answer)")
    #expect(try await place.kos("lene", "case", "show", "Ukendt").exit == 0)
  }

  private func memo(_ who: String, _ place: Municipality) async throws -> JSONValue {
    try await place.done(
      who, "report", "status", "--at", "2020-07-01", "--from", "2020-05-01", "--json"
    ).object
  }
}
