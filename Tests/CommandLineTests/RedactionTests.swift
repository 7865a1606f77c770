import Foundation
import Testing

/// Taking sentences out for good, and restricting who works with a record.
@Suite(.serialized, .withFamily) struct RedactionTests {
  private static let canary = "OVERSTREGET-KANARIEFUGL"

  private func found(_ who: String, _ text: String, in place: Municipality) async throws -> Int {
    let script = Municipality.root + "/Tests/CommandLineTests/Support/search-replica.py"
    let answer = try await place.run("/usr/bin/python3", [script, place.home(who), text])
    try #require(answer.exit == 0, "\(answer)")
    return try #require(answer.object["found"]?[text]?.array).count
  }

  /// What is taken out is in nobody's store once a second person confirmed it, nor in a newcomer's; what is
  /// left is there, and stays closed to whom the old note was withheld from.
  @Test func aSentenceIsTakenOutForGood() async throws {
    let place = try Municipality.current
    try await place.colleague("nina", "core-team", "Nina")
    let note = try await place.done(
      "karin", "note", "add", "F01", "--text", "det skal blive. \(Self.canary)", "--json"
    ).text("record")
    try await place.done("karin", "withholding", "add", "F01", "--from", "Nina", "--record", note)
    try await place.done("poul", "sync")
    #expect(try await found("poul", Self.canary, in: place) > 0)
    let words = ["redact", "F01", note, "--text", "det skal blive.", "--ground", "forkert person"]
    let look = try await place.kos("karin", words + ["--dry-run", "--json"])
    #expect(try look.object["saved"] == .boolean(false), "\(look)")
    #expect(try await place.done("karin", "erasure", "list", "F01", "--json").output.isEmpty)
    let saved = try await place.kos("karin", words + ["--json"])
    #expect(try saved.exit == 0 && saved.object["delivery"] == .string("sent"), "\(saved)")
    let left = try #require(try saved.object["note"]?.string)
    try await place.done("lene", "sync")
    try await place.done("lene", "erasure", "confirm", "F01", "1")
    for who in ["karin", "poul"] {
      try await place.done(who, "sync")
      #expect(try await found(who, Self.canary, in: place) == 0, "\(who)")
      #expect(try await found(who, "det skal blive", in: place) > 0, "\(who)")
    }
    // A newcomer is sent what is left, and Nina neither.
    try await place.colleague("ny", "core-team", "Ny")
    for name in ["Nina", "Ny"] {
      try await place.done("lene", "participant", "add", "F01", "--person", name, "--role", "core-team")
    }
    for (who, holds) in [("ny", true), ("nina", false)] {
      try await place.done(who, "sync")
      #expect(try await found(who, Self.canary, in: place) == 0, "\(who)")
      #expect(try await (found(who, "det skal blive", in: place) > 0) == holds, "\(who)")
      #expect(try await found(who, "en rolig nat", in: place) > 0, "\(who)")
    }
    let same = try await place.kos(
      "karin", ["redact", "F01", left, "--text", "det skal blive.", "--ground", "x"])
    #expect(same.exit == 2 && same.error.contains("nothing was taken out"), "\(same)")
  }

  @Test func aRecordIsRestrictedToItsCoordinator() async throws {
    let place = try Municipality.current
    let note = try await place.done(
      "karin", "note", "add", "F01", "--text", "BEGRAENSET-KANARIEFUGL", "--json"
    ).text("record")
    try await place.done("poul", "sync")
    #expect(try await found("poul", "BEGRAENSET-KANARIEFUGL", in: place) > 0)
    let look = try await place.kos("karin", "restrict", "F01", note, "--dry-run", language: "da")
    #expect(look.exit == 0 && look.output.contains("Karin") && !look.output.contains("Poul"), "\(look)")
    try await place.done("karin", "restrict", "F01", note, "--reason", "moderen bestrider det")
    try await place.done("poul", "sync")
    #expect(try await found("poul", "BEGRAENSET-KANARIEFUGL", in: place) == 0)
    #expect(try await found("poul", "moderen bestrider", in: place) == 0)
    #expect(try await found("karin", "BEGRAENSET-KANARIEFUGL", in: place) > 0)
  }
}
