import Foundation
import Testing

/// A note is erased by two persons while a colleague works on it without a network.
@Suite(.serialized, .withFamily) struct ErasureCommandTests {
  private static let canary = "SLET-MIG-KANARIEFUGL"

  @Test func twoPersonsEraseANoteForGood() async throws {
    let place = try Municipality.current
    let noted = try await place.done("karin", "note", "add", "F01", "--text", Self.canary, "--json")
    let id = try noted.text("record")
    try await place.done("poul", "sync")
    #expect(try await place.done("poul", "note", "list", "F01").output.contains(Self.canary))
    let edited = try await place.run(
      "/usr/bin/env",
      ["EDITOR=sed -i s/SLET/HUSK/", Municipality.programs + "/kos", "note", "edit", "F01", id, "--offline"],
      home: place.home("poul"))
    #expect(edited.exit == 0, "\(edited)")

    try await refusesWhatItMust(id, place)
    let words = ["erasure", "add", "F01", "--record", id, "--ground", "forkert familie"]
    for (language, told) in ["en": "would be proposed", "da": "ville blive foreslået"] {
      let look = try await place.kos("karin", words + ["--dry-run"], language: language)
      #expect(look.exit == 0 && look.output.contains(told) && look.output.contains("Poul"), "\(look)")
    }
    let proposed = try await place.kos("karin", words + ["--json"])
    #expect(try proposed.object["delivery"] == .string("sent"), "\(proposed)")
    let own = try await place.kos("karin", "erasure", "confirm", "F01", "1")
    #expect(own.exit != 0 && own.error.contains("FORBIDDEN"), "\(own)")
    try await place.done("lene", "sync")
    let listed = try await place.done("lene", "erasure", "list", "F01").output
    #expect(listed.hasPrefix("F01\n") && listed.contains("awaits a second leader"), "\(listed)")
    let look = try await place.done("lene", "erasure", "confirm", "F01", "1", "--dry-run", "--json").object
    #expect(look["saved"] == .boolean(false))
    #expect(try await place.done("karin", "note", "list", "F01").output.contains(Self.canary))

    let done = try await place.done("lene", "erasure", "confirm", "F01", "1")
    #expect(done.output.contains("1 record is erased") && done.output.contains("kosd keys erased"))
    for who in ["karin", "poul"] {
      try await place.done(who, "sync")
      #expect(try await !place.done(who, "note", "list", "F01").output.contains(Self.canary))
      #expect(try await place.kos(who, "note", "show", "F01", id).exit == 2)
      #expect(try await place.done(who, "erasure", "list", "F01").output.contains("in force"))
    }
    let status = try await place.kos("poul", "status")
    #expect(status.output.contains("was erased for good (ERASED)"), "\(status)")
    try await isGone(id, place)
  }

  /// Who confirms and takes no part in the case holds none of it: she is not told that nobody reads it.
  @Test func whoReadsWhatIsNotHereIsNotTold() async throws {
    let place = try Municipality.current
    let noted = try await place.done("karin", "note", "add", "F01", "--text", "også forkert", "--json")
    let id = try noted.text("record")
    try await place.done("lene", "participant", "end", "F01", "--person", "me")
    let proposed = try await place.done(
      "karin", "erasure", "add", "F01", "--record", id, "--ground", "forkert familie", "--json")
    let proposal = try proposed.text("record")
    try await place.done("lene", "sync")
    for (language, told) in ["en": "cannot be told here", "da": "kan ikke ses her"] {
      let look = try await place.kos(
        "lene", "erasure", "confirm", "F01", proposal, "--dry-run", language: language)
      #expect(look.exit == 0 && look.output.contains(told) && look.output.contains("Poul"), "\(look)")
      #expect(!look.output.contains(": –."), "\(look)")
    }
  }

  private func refusesWhatItMust(_ id: String, _ place: Municipality) async throws {
    let reasonless = try await place.kos("karin", "erasure", "add", "F01", "--record", id)
    #expect(reasonless.exit == 2 && reasonless.error.contains("needs a ground in writing"))
    let nothing = try await place.kos("karin", "erasure", "add", "F01", "--ground", "x")
    #expect(nothing.exit == 2 && nothing.error.contains("Say what is to be erased"))
    let custody = try await place.done("karin", "custody", "show", "F01", "--json").objects
    let right = try #require(custody.first?["record"]?.string)
    let rights = try await place.kos("karin", "erasure", "add", "F01", "--record", right, "--ground", "x")
    #expect(rights.exit == 2 && rights.error.contains("gives and takes access is not erased"), "\(rights)")
  }

  private func isGone(_ id: String, _ place: Municipality) async throws {
    let erased = try await place.run("kosd", ["keys", "erased", "--data", "tenant", "--json"])
    let lines = try erased.objects
    let line = try #require(lines.first, "\(erased)")
    #expect(lines.count == 1 && line["record"] == .string(id))
    #expect(line["last_copy_gone_at"] == line["destroyed_at"])
    let shown = try await place.run("kosd", ["keys", "erased", "--data", "tenant"])
    #expect(shown.output.contains("no backup has its key"), "\(shown)")
    let files = try FileManager.default.subpathsOfDirectory(atPath: place.folder)
    for name in files where name.hasPrefix("tenant") || name.hasPrefix("kosd") {
      let bytes = FileManager.default.contents(atPath: place.folder + "/" + name) ?? Data()
      #expect(bytes.firstRange(of: Data(Self.canary.utf8)) == nil, "\(name)")
    }
  }
}
