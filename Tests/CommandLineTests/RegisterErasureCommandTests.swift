import Foundation
import Testing

/// Somebody of the register is erased by two persons, once nothing names her that counts.
@Suite(.serialized, .withFamily) struct RegisterErasureCommandTests {
  private static let name = "SLET-MIG-PERSON"

  @Test func twoPersonsEraseAPersonOfTheRegister() async throws {
    let place = try Municipality.current
    let id = try await place.done("karin", "person", "add", "--name", Self.name, "--json").text("person")
    try await place.done("karin", "task", "add", "F01", "ringe", "--owner", Self.name)
    try await place.done("poul", "sync")
    try await place.done("poul", "person", "change", Self.name, "--title", "vikar", "--offline")
    let words = ["erasure", "add", "--person", Self.name, "--ground", "er rejst"]
    try await refusesWhatItMust(words, place)

    for (language, told) in ["en": "would be proposed", "da": "ville blive foreslået"] {
      let look = try await place.kos("karin", words + ["--dry-run"], language: language)
      #expect(look.exit == 0 && look.output.contains(told) && look.output.contains(Self.name), "\(look)")
    }
    let none = try await place.done("karin", "erasure", "list", "--register", "--json")
    #expect(none.output.isEmpty)
    let proposed = try await place.kos("karin", words + ["--json"])
    #expect(try proposed.object["delivery"] == .string("sent"), "\(proposed)")
    let own = try await place.kos("karin", "erasure", "confirm", "--register", "1")
    #expect(own.exit != 0 && own.error.contains("FORBIDDEN"), "\(own)")
    try await place.done("lene", "sync")
    let waiting = try await place.done("lene", "erasure", "list", "--register").output
    #expect(waiting.contains("awaits a second leader") && waiting.contains(Self.name))
    let today = try await place.done("lene", "today")
    #expect(today.output.contains("kos erasure confirm --register"), "\(today)")
    let look = try await place.done("lene", "erasure", "confirm", "--register", "1", "--dry-run", "--json")
    #expect(try look.object["saved"] == .boolean(false))
    #expect(try await place.done("karin", "person", "list").output.contains(Self.name))

    let done = try await place.done("lene", "erasure", "confirm", "--register", "1")
    #expect(done.output.contains("1 record is erased") && done.output.contains("kosd keys erased"))
    for who in ["karin", "poul"] {
      try await place.done(who, "sync")
      #expect(try await !place.done(who, "person", "list").output.contains(Self.name))
    }
    let status = try await place.kos("poul", "status")
    #expect(status.output.contains("was erased for good (ERASED)"), "\(status)")
    try await showsThatItWasErased(id, place)
    try await isGone(id, place)
  }

  @Test func whoHasAnAccountIsNotErasedBeforeItEnds() async throws {
    let place = try Municipality.current
    try await place.colleague("tove", "core-team", "Tove Vikar")
    try await place.done("karin", "sync")
    let words = ["erasure", "add", "--person", "Tove Vikar", "--ground", "er rejst", "--json"]
    let proposal = try await place.kos("karin", words).text("record")
    try await place.done("lene", "sync")
    let refused = try await place.kos("lene", "erasure", "confirm", "--register", proposal)
    #expect(refused.exit != 0 && refused.error.contains("FORBIDDEN"), "\(refused)")
    try await place.done("lene", "people", "end", "Tove Vikar", "--reason", "left")
    try await place.done("lene", "erasure", "confirm", "--register", proposal)
    for (language, told) in ["en": "erased person", "da": "slettet person"] {
      let people = try await place.kos("lene", "people", "list", language: language)
      #expect(people.exit == 0 && people.output.contains(told), "\(people)")
      #expect(!people.output.contains("Tove Vikar"), "\(people)")
    }
  }

  private func refusesWhatItMust(_ words: [String], _ place: Municipality) async throws {
    try await place.done("karin", "participant", "add", "F01", "--person", Self.name, "--role", "core-team")
    for (language, told) in ["en": "as long as something that counts", "da": "så længe noget, der gælder"] {
      let named = try await place.kos("karin", words, language: language)
      #expect(named.exit == 2 && named.error.contains(told), "\(named)")
      #expect(!named.error.contains(Self.name), "\(named)")
    }
    try await place.done("karin", "participant", "end", "F01", "--person", Self.name)
    for (refused, told) in [
      (["add", "--person", Self.name], "needs a ground in writing"),
      (["add", "--ground", "x"], "Say what is to be erased"),
      (["add", "F01", "--person", Self.name, "--ground", "x"], "are of the register and of no case"),
      (["add", "--person", "me", "--ground", "x"], "You have an account yourself"),
      (["confirm", "1"], "or --register with the number"),
      (["list"], "Say the case or --register"),
    ] {
      let answer = try await place.kos("karin", ["erasure"] + refused)
      #expect(answer.exit == 2 && answer.error.contains(told), "\(refused): \(answer)")
    }
  }

  private func showsThatItWasErased(_ id: String, _ place: Municipality) async throws {
    for (language, person, entry) in [
      ("en", "erased person", "erased from the register"), ("da", "slettet person", "slettet fra registret"),
    ] {
      let tasks = try await place.kos("karin", "task", "list", "F01", language: language)
      #expect(tasks.exit == 0 && tasks.output.contains(person), "\(tasks)")
      let list = try await place.kos("karin", "erasure", "list", "--register", language: language)
      #expect(list.exit == 0 && list.output.contains(entry), "\(list)")
    }
    let again = try await place.kos(
      "karin", "participant", "add", "F01", "--person", id, "--role", "core-team")
    #expect(again.exit != 0 && again.error.contains("FORBIDDEN"), "\(again)")
  }

  private func isGone(_ id: String, _ place: Municipality) async throws {
    let erased = try await place.run("kosd", ["keys", "erased", "--data", "tenant", "--json"])
    let line = try #require(try erased.objects.first, "\(erased)")
    #expect(line["record"] == .string(id))
    #expect(line["last_copy_gone_at"] == line["destroyed_at"])
    let files = try FileManager.default.subpathsOfDirectory(atPath: place.folder)
    for name in files where name.hasPrefix("tenant") || name.hasPrefix("kosd") {
      let bytes = FileManager.default.contents(atPath: place.folder + "/" + name) ?? Data()
      #expect(bytes.firstRange(of: Data(Self.name.utf8)) == nil, "\(name)")
    }
  }
}
