import Foundation
import Testing

/// Story 7: the parent's view of the plan, and the follow-up after three months.
@Suite struct StorySevenTests {
  @Test func aParentReadsThePlanAndAddsAWish() async throws {
    let place = try await Municipality.withFamily()
    try await place.done("karin", "goal", "add", "F01", "--text", "beholde jobbet", "--rank", "2")
    try await place.done(
      "karin", "plan", "agree", "F01", "--by", "Mor", "--text", "vi begynder roligt", "--on", "2020-03-01")
    try await place.done(
      "karin", "task", "add", "F01", "søg aflastning", "--owner", "me", "--due", "2020-04-01", "--goal", "1",
      "--on", "2020-03-01")
    try await place.done("karin", "release", "give", "F01", "--to", "Mor", "--type", "plan")
    try await place.done("mor", "sync")
    let reference = try await place.done("mor", "case", "list", "--json").text("case")
    let plan = try await place.kos("mor", "plan", "show", reference, language: "da")
    #expect(plan.exit == 0 && plan.output.contains("beholde jobbet"), "\(plan)")
    // She reads it, and does not change it.
    let change = try await place.kos("mor", "goal", "rank", reference, "1", "--rank", "1")
    #expect(change.exit == 3, "\(change)")

    // At home, without a network.
    await place.stopServer()
    try await place.done(
      "mor", "note", "add", reference, "--type", "plan", "--text", "vi vil gerne på ferie", "--offline")
    try await place.serveAgain()
    try await place.done("mor", "sync")
    try await place.done("karin", "sync")
    let notes = try await place.done("karin", "note", "list", "F01", "--json").objects
    #expect(notes.contains { $0["text"] == .string("vi vil gerne på ferie") }, "\(notes)")

    // R34, R35: goal 2 is replaced, version 2 takes effect, and version 1 is read as it was.
    try await place.done("karin", "meeting", "add", "F01", "--kind", "assessment", "--on", "2020-02-01")
    try await place.done(
      "karin", "meeting", "call", "F01", "--kind", "follow-up", "--on", "2020-05-28", "--time", "10:00")
    // A number means the same meeting everywhere, and what was not held has no minutes.
    let early = try await place.kos(
      "karin", "letter", "minutes", "F01", "2", "--out", place.folder + "/referat.html")
    #expect(early.exit == 2 && early.error.contains("The meeting is called, and not held."), "\(early)")
    try await place.done("karin", "follow-up", "hold", "F01", "--participant", "Mor", "--on", "2020-06-01")
    let meetings = try await place.done("karin", "meeting", "list", "F01", "--json").objects
    #expect(meetings.map { $0["standing"] } == [.string("held"), .string("held")], "\(meetings)")
    // Nobody answered the call; who was there is what is told of what was held.
    #expect(meetings.map { $0["present"] } == [.array([]), .array([.string("Mor")])], "\(meetings)")
    for (language, told) in [
      "da": ["til stede: Mor", "er ikke noteret"], "en": ["present: Mor", "is not recorded"],
    ] {
      let list = try await place.kos("karin", "meeting", "list", "F01", language: language).output
      for words in told { #expect(list.contains(words), "\(list)") }
      #expect(!list.contains("har ikke svaret") && !list.contains("has not answered"), "\(list)")
    }
    try await place.done(
      "karin", "letter", "minutes", "F01", "2", "--out", place.folder + "/referat.html")
    try await place.done("karin", "goal", "replace", "F01", "2", "--text", "ferie med aflastning")
    // The board has what is worked on; what was replaced stays in the list of goals.
    let board = try await place.done("karin", "case", "show", "F01").output
    #expect(board.contains("ferie med aflastning") && !board.contains("en rolig nat"), "\(board)")
    let titles = try await place.done("karin", "case", "show", "F01", "--json").object["goals"]?.array ?? []
    #expect(Set(titles) == [.string("beholde jobbet"), .string("ferie med aflastning")], "\(titles)")
    #expect(try await place.done("karin", "goal", "list", "F01").output.contains("en rolig nat"))
    try await place.done("karin", "plan", "agree", "F01", "--by", "Mor", "--on", "2020-06-01")
    let versions = try await place.done("karin", "plan", "list", "F01", "--json").objects
    #expect(versions.map { $0["version"] } == [.integer(1), .integer(2)], "\(versions)")
    let first = try await place.done("karin", "plan", "show", "F01", "--version", "1").output
    #expect(first.contains("vi begynder roligt") && !first.contains("ferie med aflastning"), "\(first)")

    // What was due is done late, with a reason.
    let late = try await place.kos("karin", "task", "complete", "F01", "1")
    #expect(late.exit == 2 && late.error.contains("--reason"), "\(late)")
    try await place.done("karin", "task", "complete", "F01", "1", "--reason", "der var venteliste")
    try await place.done("mor", "sync")
    let hers = try await place.done("mor", "plan", "show", reference).output
    #expect(hers.contains("ferie med aflastning") && !hers.contains("en rolig nat"), "\(hers)")
    await place.close()
  }
}
