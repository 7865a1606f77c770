import Foundation
import Testing

/// Story 2: the assessment at the kitchen table, on two laptops without a network.
@Suite struct StoryTwoTests {
  @Test func twoAssessAtTheKitchenTable() async throws {
    let place = try await Municipality.atWork()
    try await place.done("lene", "person", "change", "Karin", "--legal-area", "social_services")
    try await place.done("karin", "sync")
    try await place.done(
      "karin", "assessment", "note", "F01", "--dimension", "background", "--resources", "bedsteforældre")
    let alone = try await place.kos(
      "karin", "assessment", "note", "F01", "--dimension", "network", "--resources", "naboer")
    #expect(alone.error.contains("legal area") || alone.output.contains("legal area"), "\(alone)")
    try await place.done("lene", "person", "change", "Poul", "--legal-area", "school")
    for who in ["karin", "poul"] { try await place.done(who, "sync") }

    // No network from here on. Different dimensions, and one in which they differ; the family's order.
    func note(_ who: String, _ dimension: String, _ words: String...) async throws {
      let answer = try await place.kos(
        who, ["assessment", "note", "F01", "--dimension", dimension, "--offline"] + words)
      #expect(answer.exit == 0, "\(answer)")
    }
    try await note("karin", "health", "--problems", "feber ofte", "--with", "Poul")
    try await note("karin", "livelihood", "--problems", "mors job er i fare")
    try await note("poul", "learning", "--resources", "glad for børnehaven")
    try await note("poul", "livelihood", "--problems", "far arbejder om natten")
    try await place.done(
      "karin", "goal", "add", "F01", "--text", "beholde jobbet", "--rank", "1", "--offline")
    try await place.done(
      "poul", "goal", "add", "F01", "--text", "træning", "--rank", "2", "--expected", "1", "--offline")

    // One is killed in the middle of the exchange; nothing that was saved is lost.
    let sync = try place.start("poul", ["sync"])
    sync.process.signal(9)
    _ = await sync.answer()
    for who in ["poul", "karin", "poul"] { _ = try await place.kos(who, "sync") }
    for who in ["karin", "poul"] {
      let notes = try await place.done(who, "assessment", "show", "F01", "--json").objects
      let texts = Set(notes.compactMap { $0["text"]?.string })
      #expect(texts.isSuperset(of: ["feber ofte", "glad for børnehaven", "bedsteforældre"]), "\(notes)")
      let goals = try await place.done(who, "goal", "list", "F01", "--json").objects
      #expect(goals.map { $0["text"] } == [.string("beholde jobbet"), .string("træning")])
      #expect(goals.map { $0["family_rank"] } == [.integer(1), .integer(2)])
      #expect(goals.map { $0["team_rank"] } == [.null, .integer(1)])
      let conflicts = try await place.kos(who, "conflicts", "--json")
      #expect(conflicts.exit == 4, "\(conflicts)")
      let values = try conflicts.objects.flatMap { $0["values"]?.array ?? [] }
      #expect(
        Set(values.compactMap { $0["content"]?.string }) == ["mors job er i fare", "far arbejder om natten"])
    }
    // Both legal areas are there now: nothing is warned of.
    let both = try await place.kos(
      "karin", "assessment", "note", "F01", "--dimension", "leisure", "--resources", "svømning")
    #expect(!both.error.contains("legal area") && !both.output.contains("legal area"), "\(both)")
    await place.close()
  }
}
