import Testing

/// Reports of the first year's caseload, as programs, spreadsheets, people and readers from outside get them.
@Suite struct ReportCommandTests {
  private static let reports = [
    "status", "waiting", "contacts", "caseload", "priorities", "surveys", "decisions",
  ]
  private static let memo = ["report", "status", "--at", "2020-07-01", "--from", "2020-05-01"]

  private func imported() async throws -> Municipality {
    let place = try await Municipality.withLeader()
    try await place.done("lene", "import", Municipality.root + "/Tests/Data/caseload-2020.jsonl")
    return place
  }

  @Test func theFirstYearIsReported() async throws {
    let place = try await imported()
    try await tellsTheMemo(place)
    try await tellsAnotherLeader(place)
    try await tellsTheRest(place)
    try await isMasked(place)
    try await isForSpreadsheets(place)
    await place.close()
  }

  private func tellsTheMemo(_ place: Municipality) async throws {
    let memo = try await place.kos("lene", Self.memo + ["--json"]).object
    for (key, value) in [
      ("children_ever", 23), ("children_enrolled", 22), ("families_discharged", 1),
      ("assessment_meetings", 9),
      ("families_enrolled_in_period", 3), ("children_discharged", 1), ("families_accepted", 23),
    ] { #expect(memo[key] == .integer(Int64(value)), "\(key)") }
    #expect(memo["acceptance_percent"] == .number(95.83) && memo["masked"] == .array([]))
    let danish = try await place.kos("lene", Self.memo, language: "da").output
    #expect(danish.contains("Takket ja, %") && danish.contains("95,83"), "\(danish)")
  }

  /// R47: who leads the project and takes part in no case counts the same.
  private func tellsAnotherLeader(_ place: Municipality) async throws {
    try await place.leader("bo", "Bo")
    try await place.done("bo", "sync")
    let his = try await place.kos("bo", Self.memo + ["--json"]).object
    let hers = try await place.kos("lene", Self.memo + ["--json"]).object
    #expect(his == hers, "\(his)")
    #expect(his["children_ever"] == .integer(23), "\(his)")
  }

  private func tellsTheRest(_ place: Municipality) async throws {
    let loads = try await place.done(
      "lene", "report", "caseload", "--at", "2020-07-01", "--json"
    ).objects
    let total = try #require(loads.last)
    #expect(total["coordinator_name"] == .string("total") && total["children_enrolled"] == .integer(22))
    #expect(loads.dropLast().reduce(0) { $0 + ($1["cases"]?.integer ?? 0) } == total["cases"]?.integer)
    let waiting = try await place.done("lene", "report", "waiting", "--at", "2020-07-01", "--json").objects
    #expect(waiting.count == 7 && waiting[0]["step"] == .string("offer"))
    #expect(waiting[0]["reached"] == .integer(24), "\(waiting[0])")
    let contacts = try await place.done(
      "lene", "report", "contacts", "--from", "2020-06-01", "--at", "2020-06-30", "--json"
    ).objects
    let june = try #require(contacts.last)
    #expect(june["month"] == .string("2020-06") && june["coordinator_name"] == .string("total"))
    #expect(
      (june["contacted"]?.integer ?? 0) + (june["missed"]?.integer ?? -1) == june["families"]?.integer)
    let priorities = try await place.done("lene", "report", "priorities", "--at", "2020-07-01", "--json")
    #expect(try priorities.object["cases"]?.integer ?? 0 > 0, "\(priorities)")
    let cases = try await place.done(
      "lene", "report", "priorities", "--cases", "--at", "2020-07-01", "--json"
    ).objects
    #expect(!cases.isEmpty && cases[0]["case_id"]?.string != nil)
    for empty in ["surveys", "decisions"] {
      #expect(try await place.done("lene", "report", empty).output == "There is nothing here.\n")
    }
    for report in Self.reports {
      let chart = try await place.done("lene", "report", report, "--at", "2020-07-01", "--chart").output
      #expect(chart.contains("█") || ["surveys", "decisions"].contains(report), "\(report): \(chart)")
      #expect(!chart.contains("\u{1b}"))
    }
    let both = try await place.kos("lene", "report", "waiting", "--csv", "--json")
    #expect(both.exit == 2 && both.error.contains("--csv, --chart"), "\(both)")
    let turned = try await place.kos(
      "lene", "report", "waiting", "--from", "2020-07-02", "--at", "2020-07-01")
    #expect(turned.exit == 2, "\(turned)")
  }

  private func isMasked(_ place: Municipality) async throws {
    let memo = try await place.kos("lene", Self.memo + ["--mask", "--json"]).object
    #expect(memo["children_ever"] == .integer(23) && memo["assessment_meetings"] == .integer(9))
    for key in ["families_discharged", "families_enrolled", "children_enrolled", "acceptance_percent"] {
      #expect(memo[key] == .null, "\(key)")
      #expect(memo["masked"]?.array?.contains(.string(key)) == true, "\(key)")
    }
    let people = try await place.kos("lene", Self.memo + ["--mask"])
    #expect(people.output.contains("*") && people.error.contains("under 5"), "\(people)")
    let values = try await place.kos("lene", Self.memo + ["--mask", "--csv"]).output
    #expect(values.contains("families_discharged,*\r\n") && values.contains("children_ever,23\r\n"))
    let waiting = try await place.done(
      "lene", "report", "waiting", "--at", "2020-07-01", "--mask", "--json"
    ).objects
    #expect(waiting.allSatisfy { $0["longest_days"] == .null })
    // 23 were enrolled ever, as the memo tells: what another report tells near to that would tell the rest.
    let loads = try await place.done(
      "lene", "report", "caseload", "--at", "2020-07-01", "--mask", "--json"
    ).objects
    #expect(loads.last?["children_enrolled"] == .null && loads.last?["cases"] == .null, "\(loads)")
    for step in waiting {
      for key in ["reached", "waiting"] {
        let told = step[key]?.integer ?? 0
        #expect(told < 19 || told > 27, "\(step)")
      }
    }
    let cases = try await place.kos("lene", "report", "priorities", "--cases", "--mask")
    #expect(cases.exit == 2, "\(cases)")
  }

  private func isForSpreadsheets(_ place: Municipality) async throws {
    let values = try await place.kos("lene", Self.memo + ["--csv"]).output
    #expect(values.hasPrefix("figure,value\r\nchildren_ever,23\r\n"), "\(values)")
    // A name that a spreadsheet would run is text.
    try await place.done("lene", "person", "add", "--name", "=HYPERLINK(\"http://x\",\"y\")")
    let persons = try await place.done("lene", "person", "list", "--json").objects
    let person = try #require(
      persons.first { $0["name"]?.string?.hasPrefix("=") == true }?["person"]?.string)
    try await place.done("lene", "case", "new", "--label", "X", "--child", "Anna:2020-01-01")
    try await place.done("lene", "case", "allocate", "X", "--coordinator", person, "--on", "2020-06-01")
    try await place.done("lene", "case", "enrol", "X", "--on", "2020-06-01", "--reason", "x")
    let loads = try await place.done("lene", "report", "caseload", "--at", "2020-07-01", "--csv").output
    #expect(loads.contains("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",1,1,1\r\n"), "\(loads)")
    #expect(!loads.contains("\n="))
  }
}
