import Foundation
import Testing

/// A note is released to a parent while a colleague works on it without a network.
@Suite(.serialized, .withFamily) struct HeldCommandTests {
  private static let canary = "KUN-FOR-KOLLEGER"

  @Test func theAuthorIsAskedAndDecides() async throws {
    let place = try Municipality.current
    let noted = try await place.done("karin", "note", "add", "F01", "--text", "delt", "--json")
    let id = try noted.text("record")
    try await place.done("poul", "sync")
    for (language, told) in ["en": "Nothing waits for your", "da": "Intet venter på din bekr"] {
      let none = try await place.kos("poul", "held", "list", language: language)
      #expect(none.exit == 0 && none.output.contains(told), "\(none)")
    }
    try await place.done("karin", "release", "give", "F01", "--to", "Mor", "--record", id)

    // It is saved, and on the server, and shown to nobody.
    let edit = ["note", "edit", "F01", id, "--text", "delt \(Self.canary)"]
    let saved = try await place.kos("poul", edit, language: "da")
    #expect(saved.exit == 0 && saved.output.contains("ingen får det at se, før du bekræfter"), "\(saved)")
    let more = try await place.kos("poul", ["note", "edit", "F01", id, "--text", "delt igen", "--json"])
    #expect(try more.object["delivery"] == .string("sent"), "\(more)")
    for who in ["karin", "lene"] {
      try await place.done(who, "sync")
      #expect(try await !place.done(who, "note", "list", "F01").output.contains(Self.canary))
      #expect(try await place.done(who, "held", "list", "--json").output.isEmpty)
    }
    for (language, told) in ["en": "of your acts wait for your", "da": "af dine ændringer venter på din"] {
      for words in [["status"], ["sync"]] {
        let said = try await place.kos("poul", words, language: language)
        #expect((said.output + said.error).contains(told), "\(said)")
      }
      let listed = try await place.kos("poul", "held", "list", language: language)
      let readers = language == "en" ? "the record is released to Mor" : "posten er frigivet til Mor"
      #expect(listed.output.contains(Self.canary) && listed.output.contains(readers), "\(listed)")
      #expect(listed.output.contains(language == "en" ? "F01  note" : "F01  notat"), "\(listed)")
    }
    let held = try await place.done("poul", "held", "list", "--json").object
    #expect(
      held.keys == [
        "id", "written_at", "held_since", "for_others_from", "records", "text", "readers", "unknown_readers",
      ])
    let name = try #require(held["id"]?.string)
    try await nobodyElse(name, place)
    let confirmed = try await place.kos("poul", "held", "confirm", name, language: "da")
    #expect(confirmed.exit == 0 && confirmed.output.contains("Det er bekræftet"), "\(confirmed)")
    try await place.done("karin", "sync")
    let shown = try await place.done("karin", "note", "list", "F01").output
    #expect(shown.contains(Self.canary) && shown.contains("igen"), "\(shown)")
    #expect(try await place.kos("poul", "held", "confirm", name).exit == 2)
  }

  private func nobodyElse(_ name: String, _ place: Municipality) async throws {
    for words in [["held", "confirm", name], ["held", "withdraw", name]] {
      let other = try await place.kos("karin", words, language: "da")
      #expect(other.exit == 2 && other.error.contains("er ikke tilbageholdt her"), "\(other)")
    }
    let accepted = try await place.kos("karin", "quarantine", "accept", name)
    #expect(accepted.exit == 2, "\(accepted)")
    let refused = try await place.kos("lene", "quarantine", "refuse", name, "--reason", "other")
    #expect(refused.exit == 2 && refused.error.contains("does not wait for you"), "\(refused)")
  }

  @Test func whatIsTakenBackIsGone() async throws {
    let place = try Municipality.current
    let noted = try await place.done("karin", "note", "add", "F01", "--text", "anden", "--json")
    let id = try noted.text("record")
    try await place.done("poul", "sync")
    try await place.done("karin", "release", "give", "F01", "--to", "Far", "--record", id)
    let saved = try await place.kos(
      "poul", "note", "edit", "F01", id, "--text", "anden \(Self.canary)", "--json")
    #expect(try saved.object["delivery"] == .string("held"), "\(saved)")
    let name = try #require(try await place.done("poul", "held", "list", "--json").object["id"]?.string)
    let taken = try await place.kos("poul", "held", "withdraw", name, language: "da")
    #expect(taken.exit == 0 && taken.output.contains("trukket tilbage"), "\(taken)")
    let status = try await place.done("poul", "status", "--json").object
    #expect(status["held"] == .array([]) && status["refused"] == .array([]))
    #expect(try await place.kos("poul", "held", "withdraw", name).exit == 2)
  }
}
