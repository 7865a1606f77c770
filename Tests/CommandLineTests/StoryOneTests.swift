import Foundation
import Testing

/// Story 1: from the hospital's inquiry to a coordinator who works on it, and what the leader's memo counts.
@Suite struct StoryOneTests {
  private func memo(_ place: Municipality, _ key: String, at day: String) async throws -> Int64? {
    try await place.done("lene", "report", "status", "--at", day, "--json").object[key]?.integer
  }

  @Test func anInquiryBecomesACaseWithACoordinator() async throws {
    let place = try await Municipality.withLeader()
    try await place.colleague("karin", "coordinator", "Karin")
    try await place.colleague("poul", "core-team", "Poul")
    try await place.done("lene", "import", Municipality.root + "/Tests/Data/caseload-2020.jsonl")
    try await place.done("karin", "sync")
    #expect(try await memo(place, "children_enrolled", at: "2020-07-01") == 22)

    // The leader sees the inquiry live, and that nobody has the case.
    let leader = try place.start("lene", ["watch", "--json"])
    let seen = try Lines(leader.output)
    _ = try await seen.next { $0.contains(#""event":"up_to_date""#) }
    try await place.done(
      "karin", "case", "new", "--label", "Ida", "--child", "Ida:2019-12-01", "--source", "hospital",
      "--received", "2020-07-02", "--text", "født for tidligt")
    _ = try await seen.next { $0.contains(#""kind":"inquiry""#) }
    let log = try await place.done("lene", "case", "log", "Ida", "--json").objects
    let inquiry = try #require(log.first { $0["kind"] == .string("inquiry") }?["record"]?.string)
    let source = try await place.done("lene", "explain", inquiry, "--json").object["fields"]?["source"]
    #expect(source == .array([.string("hospital")]), "R1: \(String(describing: source))")
    let due = try await place.done("lene", "today", "--all", "--json").objects
    #expect(due.contains { $0["label"] == .string("Ida") && $0["why"] == .string("unallocated") }, "\(due)")
    leader.process.signal(15)
    _ = await leader.answer()

    // R40: the youngest by age alone. R2: team and coordinator in one act, which she sees live.
    let proposed = try await place.kos(
      "lene", "case", "eligibility", "Ida", "--on", "2020-07-02", "--confirm", language: "da")
    #expect(proposed.exit == 0 && proposed.output.contains("indskriv (alderen alene)"), "\(proposed)")
    let coordinator = try place.start("karin", ["watch", "--json"])
    let told = try Lines(coordinator.output)
    _ = try await told.next { $0.contains(#""event":"up_to_date""#) }
    try await place.done(
      "lene", "case", "allocate", "Ida", "--coordinator", "Karin", "--team", "Poul", "--on", "2020-07-03")
    _ = try await told.next { $0.contains(#""kind":"allocation""#) }
    coordinator.process.signal(15)
    _ = await coordinator.answer()
    // R45: the core team has the case too.
    try await place.done("poul", "sync")
    let his = try await place.done("poul", "case", "list", "--json").objects
    #expect(his.contains { $0["label"] == .string("Ida") }, "\(his)")
    for words in [["offer"], ["accept"], ["enrol"]] {
      let answer = try await place.kos("lene", ["case"] + words + ["Ida", "--on", "2020-07-04"])
      #expect(answer.exit == 0, "\(answer)")
    }
    try await place.done("karin", "sync")
    #expect(try await memo(place, "children_enrolled", at: "2020-07-04") == 23)

    // The clock of the monthly contact runs, and the steps say where the case stands.
    let today = try await place.done("karin", "today", "--all", "--json").objects
    #expect(today.contains { $0["label"] == .string("Ida") && $0["kind"] == .string("contact") })
    let steps = try await place.done("karin", "step", "list", "Ida", "--json").objects
    #expect(steps.first { $0["step"] == .string("allocation") }?["state"] == .string("done"), "\(steps)")
    #expect(steps.contains { $0["state"] == .string("waiting") })

    // R41–R43: a child of four by the criteria, and a family that does not want to.
    try await place.done(
      "karin", "case", "new", "--label", "Bo", "--child", "Bo:2016-05-01", "--source", "citizen",
      "--received", "2020-07-05")
    try await place.done("lene", "sync")
    let unanswered = try await place.kos("lene", "case", "eligibility", "Bo", "--on", "2020-07-05")
    #expect(unanswered.output.contains("an answer is missing"), "\(unanswered)")
    let met = try await place.kos(
      "lene", "case", "eligibility", "Bo", "--several-laws", "--no-daily-life", "--on", "2020-07-05",
      "--confirm")
    #expect(met.exit == 0 && met.output.contains("enrol (criteria met)"), "\(met)")
    let before = try await memo(place, "families_declined", at: "2020-07-06")
    try await place.done("lene", "case", "offer", "Bo", "--on", "2020-07-06")
    try await place.done("lene", "case", "decline", "Bo", "--on", "2020-07-07")
    let list = try await place.done("lene", "case", "list", "--json").objects
    #expect(list.first { $0["label"] == .string("Bo") }?["status"] == .string("declined"))
    #expect(try await memo(place, "families_declined", at: "2020-07-07") == (before ?? 0) + 1)
    #expect(try await memo(place, "children_enrolled", at: "2020-07-07") == 23)
    await place.close()
  }
}
