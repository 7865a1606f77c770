import Foundation
import Testing

/// Story 8: the core team's status meeting over thirty cases, six of which have developed.
@Suite struct StoryEightTests {
  private static func day(_ days: Int) -> String {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: "Europe/Copenhagen")
    format.dateFormat = "yyyy-MM-dd"
    return format.string(from: Date().addingTimeInterval(Double(days) * 86_400))
  }

  private static func label(_ number: Int) -> String { number < 10 ? "F0\(number)" : "F\(number)" }

  /// Thirty families that were enrolled three weeks ago, and a meeting a week later.
  private func stock(_ place: Municipality) async throws {
    let day = Self.day(-21)
    let lines = (1...30).flatMap { number in
      let label = Self.label(number)
      return [
        #"{"date": "\#(day)", "event": "inquiry", "family": "\#(label)", "source": "hospital", "#
          + #""children": [{"child": "\#(label)-a", "born": "2019-05-01"}]}"#,
        #"{"date": "\#(day)", "event": "enrolled", "family": "\#(label)"}"#,
      ]
    }
    let file = try place.write(lines.joined(separator: "\n") + "\n")
    try await place.done("lene", "import", file)
    for number in 1...30 {
      try await place.done(
        "lene", "case", "allocate", Self.label(number), "--coordinator", "Karin", "--team", "Poul",
        "--offline")
    }
    try await place.done("lene", "sync")
    try await place.done("lene", "status-meeting", "--on", "for-14-dage-siden")
    for who in ["karin", "poul"] { try await place.done(who, "sync") }
  }

  private func develop(_ place: Municipality) async throws {
    try await place.done(
      "karin", "contact", "log", "F03", "--kind", "home_visit", "--text", "mor er træt", "--early-warning",
      "søvn")
    try await place.hospital(on: "F07")
    try await place.done("hospital", "update", "send", "--text", "ganghjælp afvist", "--urgency", "urgent")
    try await place.done("karin", "assessment", "note", "F11", "--domain", "parenting", "--text", "rolig")
    try await place.done("karin", "goal", "add", "F12", "--text", "arbejde")
    try await place.done("karin", "follow-up", "hold", "F20", "--attendee", "far")
    try await place.done("karin", "meeting", "add", "F29", "--kind", "analysis", "--no-with-parents")
    // What goes on as it should is no development.
    try await place.done("karin", "contact", "log", "F05", "--kind", "telephone", "--text", "alt vel")
    try await place.done("karin", "note", "add", "F06", "--text", "husk")
    for who in ["karin", "poul"] { try await place.done(who, "sync") }
  }

  private func agenda(_ place: Municipality) async throws -> [String: [String]] {
    let objects = try await place.done("karin", "agenda", "--json").objects
    return Dictionary(
      objects.compactMap { object in
        guard let label = object["label"]?.string else { return nil }
        return (label, object["reasons"]?.array?.compactMap(\.string) ?? [])
      }, uniquingKeysWith: { first, _ in first })
  }

  @Test func theMeeting() async throws {
    let place = try await Municipality.withLeader()
    try await place.colleague("karin", "coordinator", "Karin")
    try await place.colleague("poul", "core-team", "Poul")
    try await stock(place)
    #expect(try await agenda(place).isEmpty)
    try await develop(place)
    let expected = [
      "F03": ["contact_early_warning"], "F07": ["update"], "F11": ["assessment"], "F12": ["plan"],
      "F20": ["follow_up"], "F29": ["analysis_meeting"],
    ]
    #expect(try await agenda(place) == expected)
    let danish = try await place.kos("karin", "agenda", language: "da")
    #expect(danish.output.contains("tidlig advarsel") && danish.output.contains("uden udfald"), "\(danish)")
    try await place.done("karin", "status-meeting", "plan", "--on", "i-dag")
    try await place.done("poul", "sync")
    try await discuss(place)
    try await close(place)
    await place.close()
  }

  /// Poul is without a network and writes his own notes; Karin ends four items.
  private func discuss(_ place: Municipality) async throws {
    try await place.done(
      "poul", "agenda", "item", "F03", "--text", "Poul: søvnen er værre om natten", "--offline")
    let none = try await place.kos("karin", "agenda", "item", "F03", language: "da")
    #expect(none.exit == 2 && none.error.contains("--outcome action eller none"), "\(none)")
    let item = try await place.done(
      "karin", "agenda", "item", "F03", "--outcome", "action", "--text", "Karin: ring til lægen", "--task",
      "ring til lægen", "--owner", "Poul", "--due", "om-3-dage", "--json"
    ).object
    #expect(item["outcome"] == .string("action") && item["task"]?.string != nil)
    for label in ["F11", "F12", "F20"] {
      try await place.done("karin", "agenda", "item", label, "--outcome", "none")
    }
    try await place.done("karin", "sync")
    let update = try #require(
      try await place.done("karin", "update", "list", "--open", "--json").object["update"]?.string)
    try await place.done("karin", "update", "triage", update, "--outcome", "action")
  }

  /// The meeting is held with two items open; they are ended afterwards, and one is carried over.
  private func close(_ place: Municipality) async throws {
    let held = try await place.done("karin", "status-meeting", "hold", "--attendee", "Karin", "--json").object
    #expect(held["agenda"] == .integer(6) && held["without_outcome"] == .integer(2), "\(held)")
    #expect(held["not_written"] == .integer(0) && held["next_meeting"] == .string(Self.day(14)))
    #expect(try await agenda(place) == ["F07": ["carried_over"], "F29": ["carried_over"]])
    try await place.done("karin", "agenda", "item", "F07", "--outcome", "action")
    #expect(try await agenda(place) == ["F29": ["carried_over"]])
    try await place.done("karin", "agenda", "item", "F29", "--outcome", "none")
    let after = try await place.kos("karin", "agenda")
    #expect(after.output.contains("Nothing has developed in any case."), "\(after)")
    #expect(after.output.contains("The next status meeting: in 14 days."), "\(after)")

    // Poul is back: what he wrote stands beside what Karin wrote, and his task waits for him.
    try await place.done("poul", "sync")
    try await place.done("karin", "sync")
    let log = try await place.done("karin", "case", "log", "F03", "--json").objects
    let texts = log.compactMap { $0["text"]?.string }
    #expect(texts.contains("Poul: søvnen er værre om natten") && texts.contains("Karin: ring til lægen"))
    #expect(try await place.kos("karin", "conflicts").exit == 0)
    let waiting = try await place.done("poul", "today", "--json").objects
    #expect(waiting.contains { $0["why"] == .string("task_requested") && $0["label"] == .string("F03") })
    #expect(try await agenda(place).isEmpty, "notes are no development")
  }
}
