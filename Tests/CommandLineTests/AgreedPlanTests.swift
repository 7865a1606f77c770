import Foundation
import Testing

/// What the family agreed on stays what it agreed on, whatever is written afterwards (R26, R35).
@Suite(.serialized, .atWork) struct AgreedPlanTests {
  private func goals(_ place: Municipality, _ words: String...) async throws -> [String] {
    let answer = try await place.kos("karin", ["plan", "show", "F01", "--json"] + words)
    return try (answer.object["goals"]?.array ?? []).map { goal in
      "\(goal["family_rank"]?.integer ?? 0) \(goal["text"]?.string ?? "–")"
    }
  }

  private func letter(_ place: Municipality, _ name: String) async throws -> String {
    let path = place.folder + "/" + name + ".html"
    try await place.done("karin", "letter", "plan", "F01", "--out", path)
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  /// Another ranks a goal anew, and gives one up: version and letter tell the order of the agreement.
  @Test func anAgreedPlanIsNotRewritten() async throws {
    let place = try Municipality.current
    for (language, told) in ["en": "has no open goals", "da": "har ingen åbne mål"] {
      let empty = try await place.kos("karin", "plan", "agree", "F01", language: language)
      #expect(empty.exit == 2 && empty.error.contains(told), "\(empty)")
    }
    let job = try await place.done(
      "karin", "goal", "add", "F01", "--text", "et job", "--rank", "1", "--json"
    ).text("record")
    try await place.done("karin", "goal", "add", "F01", "--text", "aflastning", "--rank", "2")
    try await place.done("karin", "plan", "agree", "F01", "--goal", "2", "--goal", "1", "--goal", "1")
    // Nobody is named, so the letter says of nobody that she agreed.
    let first = try await letter(place, "first")
    #expect(!first.contains("Vi aftalte") && first.contains("Her står ikke, hvem"), "\(first)")

    try await place.done("poul", "sync")
    try await place.done("poul", "goal", "rank", "F01", job, "--rank", "9")
    try await place.done("karin", "sync")
    #expect(try await goals(place) == ["1 et job", "2 aflastning"])
    let list = try await place.done("karin", "goal", "list", "F01", "--json").objects
    #expect(list.map { $0["family_rank"] } == [.integer(2), .integer(9)])
    let explained = try await place.kos("karin", "explain", job, language: "da")
    #expect(explained.output.contains("et job (familien: 1)"), "\(explained)")

    try await place.done("karin", "goal", "end", "F01", "1", "--dropped")
    let second = try await letter(place, "second")
    let places = ["et job", "aflastning", "Det er opgivet siden."].map {
      second.range(of: $0)?.lowerBound ?? second.endIndex
    }
    #expect(places == places.sorted() && places.last != second.endIndex, "\(second)")

    // The next version is of what is wanted by then, and the first is read as it was agreed.
    try await place.done("karin", "plan", "agree", "F01", "--by", "family")
    #expect(try await goals(place) == ["9 et job"])
    #expect(try await goals(place, "--version", "1") == ["1 et job", "2 aflastning"])
    let shown = try await place.kos("karin", "plan", "show", "F01", "--version", "1", language: "da")
    #expect(shown.output.contains("aflastning (familien: 2"), "\(shown)")
    #expect(shown.output.contains("opgivet"), "\(shown)")
  }

  /// Poul replaced the goal without a network, while the family agreed on it.
  @Test func whoReplacedAGoalUnawaresIsTold() async throws {
    let place = try Municipality.current
    try await place.done("lene", "case", "new", "--label", "F85")
    try await place.done("lene", "case", "allocate", "F85", "--coordinator", "Karin", "--team", "Poul")
    try await place.done("karin", "sync")
    let goal = try await place.done(
      "karin", "goal", "add", "F85", "--text", "ferie", "--rank", "3", "--json"
    ).text("record")
    try await place.done("poul", "sync")
    try await place.done("poul", "goal", "replace", "F85", goal, "--text", "weekend", "--offline")
    try await place.done("karin", "plan", "agree", "F85")
    try await place.done("poul", "sync")
    for who in ["karin", "poul"] {
      _ = try await place.kos(who, "sync")
      let found = try await place.kos(who, "conflicts", "--json")
      #expect(found.exit == 4, "\(found)")
      let conflict = try #require(
        try found.objects.first { $0["records"]?.array?.contains(.string(goal)) == true }, "\(found)")
      #expect(conflict["rule"] == .string("goal_changed_after_agreement"))
      let told = (conflict["evidence"]?.array ?? []).compactMap { $0["content"] }
      #expect(told.contains(.string("ferie")) && told.contains(.integer(3)), "\(conflict)")
      #expect(told.contains(.string("replaced")), "\(conflict)")
    }
  }
}
