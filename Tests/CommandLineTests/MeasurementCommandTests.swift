import Testing

/// Surveys, training days, interruptions and targets, and the reports that they end up in.
@Suite(.serialized, .atWork) struct MeasurementCommandTests {
  private static let team = [
    "shared_responsibility", "acquaintance", "other_departments", "coordination", "closeness",
  ]

  private func answers(_ number: Int) -> [String] {
    Self.team.flatMap { ["--answer", "\($0)=\(number)"] }
  }

  @Test func aSurveyIsAnsweredAndReported() async throws {
    let place = try Municipality.current
    let first = try await place.kos(
      "karin",
      ["survey", "add", "F01", "--respondent", "core_team", "--on", "2020-03-01", "--json"] + answers(2))
    #expect(first.exit == 0, "\(first)")
    #expect(try first.object["measurement"] == .integer(1) && first.object["delivery"] == .string("sent"))
    let second = try await place.kos(
      "karin",
      ["survey", "add", "F01", "--respondent", "core-team", "--on", "2021-03-01", "--json"] + answers(5))
    #expect(try second.object["measurement"] == .integer(2), "\(second)")
    let list = try await place.done("karin", "survey", "list", "F01", "--json").objects
    #expect(list.count == 2 && list[0]["answers"]?["closeness"] == .integer(2), "\(list)")
    let rows = try await place.done("lene", "sync", "--json")
    #expect(rows.exit == 0)
    let report = try await place.done("lene", "report", "surveys", "--json").objects
    let progress = try #require(
      report.first { $0["dimension"] == .string("closeness") && $0["measurement"] == .integer(2) })
    // A leader who takes no part in the case reads it in the report alone.
    #expect(progress["mean"] == .number(5) || progress["mean"] == .integer(5), "\(progress)")
    #expect(progress["progress"] == .number(3) || progress["progress"] == .integer(3), "\(progress)")
    let masked = try await place.done("lene", "report", "surveys", "--mask", "--json").objects
    #expect(masked.allSatisfy { $0["mean"] == .null && $0["answers"] == .null }, "\(masked)")
    // R66: each dimension that parents are asked about is answered.
    let asked = [
      "entrance", "dialogue", "flexibility", "whole_family", "speed", "all_round", "overview", "ideas",
      "coherence", "involvement", "trust", "everyday_effect",
    ]
    let family = try await place.kos(
      "karin",
      ["survey", "add", "F01", "--respondent", "family"] + asked.flatMap { ["--answer", "\($0)=4"] })
    #expect(family.exit == 0, "\(family)")
  }

  @Test func whatIsMissingIsNamed() async throws {
    let place = try Municipality.current
    let missing = try await place.kos(
      "karin", "survey", "add", "F01", "--respondent", "core_team", "--answer", "closeness=4")
    #expect(missing.exit == 2 && missing.error.contains("shared_responsibility, acquaintance"), "\(missing)")
    for (answer, words) in [
      ("closeness=6", "is not an answer"), ("closeness", "is not an answer"),
      ("trust=4", "is not asked about"),
    ] {
      let wrong = try await place.kos(
        "karin", "survey", "add", "F01", "--respondent", "core_team", "--answer", answer)
      #expect(wrong.exit == 2 && wrong.error.contains(words), "\(wrong)")
    }
    let who = try await place.kos("karin", "survey", "add", "F01", "--respondent", "boss")
    #expect(who.exit == 2, "\(who)")
  }

  @Test func aTerminalAsksEachQuestion() async throws {
    let place = try Municipality.current
    let visit = try Terminal.Visit(
      place, "karin", ["survey", "add", "F01", "--respondent", "core_team", "--answer", "closeness=-"])
    try await visit.answer("for the family?: ", with: "4")
    try await visit.answer("know each other personally?: ", with: "9")
    try await visit.answer("know each other personally?: ", with: "3")
    try await visit.answer("reach other departments?: ", with: "")
    try await visit.answer("coordinated better?: ", with: "5")
    #expect(try await visit.end().exit == 0)
    let list = try await place.done("karin", "survey", "list", "F01", "--json").objects
    let told = list.contains { response in
      let answers = response["answers"]
      return answers?["acquaintance"] == .integer(3) && answers?["other_departments"] == .null
        && answers?["closeness"] == .null && answers?["coordination"] == .integer(5)
    }
    #expect(told, "\(list)")
  }

  @Test func theProjectIsMeasured() async throws {
    let place = try Municipality.current
    try await place.done(
      "karin", "training", "add", "--title", "ICS", "--planned", "2020-02-01", "--held", "2020-02-01")
    try await place.done("karin", "training", "add", "--title", "Planen", "--planned", "2020-04-01")
    #expect(try await place.kos("karin", "training", "add", "--title", "x").exit == 2)
    try await place.done("karin", "interruption", "add", "--cause", "covid", "--from", "2020-03-12")
    try await place.done("karin", "interruption", "end", "1", "--on", "2020-05-20")
    #expect(try await place.kos("karin", "interruption", "end", "1", "--on", "2019-01-01").exit == 2)
    try await place.done(
      "karin", "target", "add", "--figure", "children_ever", "--value", "30", "--by", "2021-12-31")
    let wrong = try await place.kos(
      "karin", "target", "add", "--figure", "joy", "--value", "1", "--by", "2021-12-31")
    #expect(wrong.exit == 2 && wrong.error.contains("children_ever"), "\(wrong)")
    let trainings = try await place.done("karin", "training", "list", "--json").objects
    #expect(trainings.count == 2 && trainings[1]["held_on"] == .null)
    let stops = try await place.done("karin", "interruption", "list", "--json").objects
    #expect(stops.count == 1 && stops[0]["until"] == .string("2020-05-20"), "\(stops)")
    let targets = try await place.done("karin", "target", "list", "--json").objects
    #expect(targets.count == 1 && targets[0]["value"] == .integer(30))
    let memo = try await place.done("karin", "report", "status", "--at", "2020-06-01", "--json").object
    #expect(memo["training_days_held"] == .integer(1) && memo["training_days_left"] == .integer(1))
    #expect(memo["interrupted_days"] == .integer(70), "\(memo)")
    #expect(memo["interruption_periods"]?.array?.count == 1 && memo["targets"]?.array?.count == 1)
    let danish = try await place.kos("karin", "report", "status", "--at", "2020-06-01", language: "da").output
    #expect(danish.contains("Afbrudt 2020-03-12 – 2020-05-20: covid-19"), "\(danish)")
    #expect(danish.contains("Mål: Børn indskrevet i alt 30 senest 2021-12-31"), "\(danish)")
    try await place.done("karin", "training", "held", "2", "--on", "2020-05-30")
    let later = try await place.done("karin", "report", "status", "--at", "2020-06-01", "--json").object
    #expect(later["training_days_held"] == .integer(2) && later["training_days_left"] == .integer(0))
  }
}
