import Foundation
import Testing

/// Story 4: a partner from outside reports, and what comes of it.
@Suite struct StoryFourTests {
  @Test func aPartnersUpdateBecomesATask() async throws {
    let place = try await Municipality.atWork()
    // A one-time link and the command line are all that the therapist has.
    let invitation = try await place.done(
      "karin", "invite", "external-reporter", "--case", "F01", "--name", "Genoptræningen", "--json")
    let link = try invitation.text("link")
    let enrolled = try await place.kos("therapist", "enroll", link, "--unprotected")
    #expect(enrolled.exit == 0, "\(enrolled)")
    let watch = try place.start("karin", ["watch", "--json"])
    let lines = try Lines(watch.output)
    _ = try await lines.next { $0.contains(#""event":"up_to_date""#) }
    // A bad network: the same is sent twice.
    for _ in 0..<2 {
      try await place.done(
        "therapist", "update", "send", "--id", "gangstativ", "--text", "gangstativ afvist")
    }
    let shown = try await lines.next { $0.contains("gangstativ afvist") }
    #expect(shown.contains(#""kind":"external_update""#))
    watch.process.signal(15)
    _ = await watch.answer()

    let open = try await place.done("karin", "update", "list", "--open", "--json").objects
    #expect(open.count == 1, "\(open)")
    let due = try await place.done("karin", "today", "--json").objects
    #expect(due.contains { $0["why"] == .string("untriaged") }, "\(due)")
    let update = try #require(open.first?["update"]?.string)
    try await place.done(
      "karin", "update", "triage", update, "--outcome", "action", "--reason", "der skal findes et andet")
    let left = try await place.done("karin", "today", "--json").objects
    #expect(!left.contains { $0["why"] == .string("untriaged") }, "R31: \(left)")
    try await place.done(
      "karin", "task", "add", "F01", "find et andet gangstativ", "--owner", "Poul", "--due", "in 2 weeks")
    try await place.done("poul", "sync")
    let asked = try await place.done("poul", "today", "--all", "--json").objects
    #expect(asked.contains { $0["why"] == .string("task_requested") }, "\(asked)")
    try await place.done("poul", "task", "accept", "F01", "1")

    // The therapist gets a receipt, and nothing of the case.
    try await place.done("therapist", "sync")
    let receipt = try await place.done("therapist", "update", "list", "--json").object
    #expect(receipt["state"] == .string("triaged"))
    let script = Municipality.root + "/Tests/CommandLineTests/Support/search-replica.py"
    let words = ["gangstativ afvist", "der skal findes", "find et andet", "Anna"]
    let found = try await place.run("/usr/bin/python3", [script, place.home("therapist")] + words)
    let places = words.map { word in try? found.object["found"]?[word]?.array?.isEmpty }
    #expect(places == [false, true, true, true], "\(found)")
    await place.close()
  }
}
