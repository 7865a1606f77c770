import Foundation
import Testing

/// Editing a note in an editor: what two people change at the same time, and that nothing is left behind.
@Suite(.serialized, .atWork) struct NoteEditTests {
  /// Runs `kos` with an editor.
  private static func edit(
    _ who: String, _ editor: String, _ words: String..., language: String = "en"
  ) async throws -> Answer {
    let place = try Municipality.current
    return try await place.run(
      "/usr/bin/env", ["EDITOR=\(editor)", Municipality.programs + "/kos"] + words, home: place.home(who),
      language: language)
  }

  private static func leftovers() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/dev/shm").filter { $0.hasPrefix("kos-edit-") }
  }

  @Test func whatTwoPeopleEditOfflineIsAllThere() async throws {
    let place = try Municipality.current
    try await place.done(
      "karin", "meeting", "add", "F01", "--kind", "analysis", "--minutes",
      "Anna går med støtte.\nForældrene ønsker aflastning.")
    try await place.done("poul", "sync")
    let karin = try await Self.edit(
      "karin", "sed -i s/med/uden/", "note", "edit", "F01", "1", "--offline", "--json")
    #expect(karin.exit == 0, "\(karin)")
    #expect(try karin.object["delivery"] == .string("queued"))
    let poul = try await Self.edit(
      "poul", "sed -i s/aflastning/aflastning\\ i\\ juli/", "note", "edit", "F01", "1", "--offline",
      language: "da")
    #expect(poul.exit == 0 && poul.output.contains("Notat er noteret"), "\(poul)")
    for who in ["karin", "poul", "karin"] { try await place.done(who, "sync") }
    let merged = "Anna går uden støtte.\nForældrene ønsker aflastning i juli."
    for who in ["karin", "poul"] {
      let shown = try await place.done(who, "note", "show", "F01", "1", "--json")
      #expect(try shown.object["content"] == .string(merged))
      let authors = try shown.object["segments"]?.array?.map { $0["author"]?.string } ?? []
      #expect(Set(authors) == ["Karin", "Poul"])
      #expect(try await place.kos(who, "conflicts").exit == 0)
    }
    for language in ["en", "da"] {
      let people = try await place.kos("karin", "note", "show", "F01", "1", "--authors", language: language)
      #expect(people.exit == 0 && people.output.contains("[Poul, ") && people.output.contains(" i juli"))
    }
    #expect(try Self.leftovers().isEmpty)
  }

  @Test func nothingIsWrittenThatWasNotChanged() async throws {
    let place = try Municipality.current
    let note = try await place.done("karin", "note", "add", "F01", "--text", "uændret", "--json")
    let record = try note.text("record")
    for (language, told) in ["en": "Nothing was changed", "da": "Intet er ændret, og intet er gemt"] {
      let answer = try await Self.edit("karin", "true", "note", "edit", "F01", record, language: language)
      #expect(answer.exit == 0 && answer.output.contains(told), "\(answer)")
      // An editor that puts a line end at the end of the file has changed nothing.
      let touched = try await Self.edit(
        "karin", "sed -i s/x/y/", "note", "edit", "F01", record, language: language)
      #expect(touched.exit == 0 && touched.output.contains(told), "\(touched)")
    }
    for (language, told) in ["en": "The editor failed: false", "da": "Editoren fejlede: false"] {
      let failed = try await Self.edit("karin", "false", "note", "edit", "F01", record, language: language)
      #expect(failed.exit != 0 && failed.error.contains(told), "\(failed)")
    }
    let given = try await place.done(
      "karin", "note", "edit", "F01", record, "--text", "uændret, næsten", "--json")
    #expect(try given.object["saved"] == .boolean(true))
    let shown = try await place.done("karin", "note", "show", "F01", record)
    #expect(shown.output == "uændret, næsten\n")
    #expect(try Self.leftovers().isEmpty)
  }

  /// The editor finds a file that only this user may read, in a folder in memory that is gone afterwards with
  /// whatever the editor left in it.
  @Test func theTextIsInAPrivateFolderInMemory() async throws {
    let place = try Municipality.current
    let note = try await place.done("karin", "note", "add", "F01", "--text", "hemmeligt", "--json")
    let seen = place.file("seen")
    let script = try place.write(
      """
      #!/bin/sh
      exec > \(seen)
      stat -c %a "$1" "$(dirname "$1")"
      stat -f -c %T "$1"
      echo "$1"
      echo "$TMPDIR"
      cp "$1" "$1~"; mkdir "$(dirname "$1")/.swap"; cp "$1" "$(dirname "$1")/.swap/copy"
      """, mode: 0o700)
    let answer = try await Self.edit("karin", "sh \(script)", "note", "edit", "F01", try note.text("record"))
    #expect(answer.exit == 0, "\(answer)")
    let lines = try String(contentsOfFile: seen, encoding: .utf8).split(separator: "\n").map(String.init)
    #expect(Array(lines.prefix(3)) == ["600", "700", "tmpfs"])
    #expect(lines[3] == lines[4] + "/note.txt")
    #expect(!FileManager.default.fileExists(atPath: lines[4]))
    #expect(try Self.leftovers().isEmpty)
  }

  /// A program that was killed leaves its folder; the next one removes it.
  @Test func whatAKilledProgramLeftIsRemoved() async throws {
    let place = try Municipality.current
    let note = try await place.done("karin", "note", "add", "F01", "--text", "venter", "--json")
    let record = try note.text("record")
    let script = try place.write(
      """
      #!/bin/sh
      kill -KILL "$(expr "$TMPDIR" : '.*/kos-edit-\\([0-9]*\\)-')"
      """, mode: 0o700)
    let killed = try await Self.edit("karin", "sh \(script)", "note", "edit", "F01", record)
    #expect(killed.exit != 0)
    let answer = try await Self.edit("karin", "true", "note", "edit", "F01", record)
    #expect(answer.exit == 0, "\(answer)")
    #expect(try Self.leftovers().isEmpty)
  }
}
