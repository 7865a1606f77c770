import Foundation
import Testing

/// What users type wrong: a clear error in their language, and nothing half done.
@Suite(.serialized, .withFamily) struct BadInputTests {
  /// Words that each must be refused as usage, with a part of what is said in Danish.
  static let wrong: [(words: [String], told: String)] = [
    (["contact", "log", "F01", "--kind", "visit", "--text", "x", "--on", "2020-02-30"], "2020-02-30"),
    (["contact", "log", "F01", "--kind", "visit", "--text", "x", "--on", "i overmorgenen"], "overmorgen"),
    (["contact", "log", "F99", "--kind", "visit", "--text", "x"], "F99"),
    (["contact", "log", "F01", "--kind", "visit", "--text", " \n\t "], "tekst"),
    (["goal", "add", "F01", "--text", "x", "--rank", "første"], "første"),
    (["goal", "add", "F01", "--text", "x", "--rank", "0"], "0 er ingen prioritet"),
    (["goal", "add", "F01", "--text", "x", "--expected=-1"], "-1 er ingen prioritet"),
    (["goal", "rank", "F01", "1", "--rank", "100"], "100 er ingen prioritet"),
    (["goal", "replace", "F01", "1", "--text", "x", "--rank=-9"], "-9 er ingen prioritet"),
    (["goal", "rank", "F01", "9", "--rank", "1"], "9"),
    (["goal", "replace", "F01", "7", "--text", "x"], "7"),
    (["plan", "show", "F01", "--version", "4"], ""),
    (["meeting", "call", "F01", "--kind", "picnic", "--on", "i morgen"], "picnic"),
    (["meeting", "call", "F01", "--kind", "analysis", "--on", "31-31-2020"], "31-31-2020"),
    (["meeting", "hold", "F01", "3"], "3"),
    (["meeting", "answer", "F01", "1", "måske"], "måske"),
    (["request", "add", "F01", "ppv", "--due", "snart"], "snart"),
    (["request", "add", "F01", "  ", "--due", "i morgen"], "tekst"),
    (["request", "receive", "F01", "1"], "1"),
    (["request", "waive", "F01", "2", "--reason", "x"], "2"),
    (
      [
        "decision", "prepare", "F01", "--matter", "m", "--amount", "-5", "--outcome", "granted", "--law", "l",
        "--text", "x",
      ], ""
    ),
    (
      [
        "decision", "prepare", "F01", "--matter", "m", "--amount", "12,345", "--outcome", "granted", "--law",
        "l", "--text", "x",
      ], "12,345"
    ),
    (
      [
        "decision", "prepare", "F01", "--matter", " ", "--outcome", "granted", "--law", "l", "--text", "x",
      ], "tekst"
    ),
    (
      ["decision", "prepare", "F01", "--matter", "m", "--outcome", "maybe", "--law", "l", "--text", "x"],
      "maybe"
    ),
    (["decision", "issue", "F01", "1"], "1"),
    (["decision", "deliver", "F01", "1"], "1"),
    (["task", "add", "F01", "x", "--due", "i morgen"], ""),
    (["task", "add", "F01", "x", "--owner", "Ingen Sådan"], "Ingen Sådan"),
    (["task", "complete", "F01", "1"], "1"),
    (["agenda", "item", "F01", "--outcome", "måske"], "måske"),
    (["change", "add", "F01", "--trigger", "Far flyttede ud"], ""),
    (["change", "confirm", "F01", "1", "--reason", "x"], "1"),
    (["step", "skip", "F01", "99", "--reason", "x"], "99"),
    (["intervention", "start", "F01", "1"], "1"),
    (["funding", "share", "F01", "1", "--payer", "x", "--law", "l", "--percent", "101"], ""),
    (["survey", "add", "F01", "--respondent", "family", "--answer", "entrance=6"], ""),
    (["survey", "add", "F01", "--respondent", "family", "--answer", "ukendt=3"], "ukendt"),
    (["workflow", "show", "ingen"], "ingen"),
    (["letter", "decision", "F01", "1", "--out", "x.html"], "1"),
    (["note", "move", "ffffffff", "--to", "F01"], "ffffffff"),
    (["redact", "F01", "1", "--text", "x", "--ground", " "], ""),
    (["restrict", "F01", "ffffffff"], "ffffffff"),
    (["protected-contact", "add", "F01", "--sort", "cpr", "--about", "Anna", "--text", "1"], "CPR"),
    (["person", "change", "Karin"], "--name"),
    (["report", "status", "--at", "2020-13-01"], "2020-13-01"),
    (["calendar", "--ics", "--from", "aldrig"], ""),
    (["find"], ""),
  ]

  @Test(arguments: wrong.indices) func isRefusedAndNothingIsSaved(_ place: Int) async throws {
    let (words, told) = Self.wrong[place]
    let town = try Municipality.current
    let before = try await town.done("karin", "case", "log", "F01", "--json").objects.count
    let answer = try await town.kos("karin", words, language: "da")
    #expect(answer.exit == 2, "\(words): \(answer)")
    #expect(told.isEmpty || answer.error.contains(told), "\(words): \(answer)")
    #expect(!answer.error.isEmpty && !answer.error.contains("Fatal error"), "\(answer)")
    let status = try await town.done("karin", "status", "--json").object
    #expect(status["pending"] == .integer(0), "\(words): \(status)")
    #expect(try await town.done("karin", "case", "log", "F01", "--json").objects.count == before)
  }

  /// A paste of a megabyte is refused whole; control characters and bidirectional marks are shown harmless;
  /// æøå in both normal forms are one word.
  @Test func oddTexts() async throws {
    let town = try Municipality.current
    let paste = try town.write(String(repeating: "æ", count: 600_000))
    let before = try await town.done("karin", "note", "list", "F01", "--json").objects.count
    let huge = try await town.kos("karin", "note", "add", "F01", "--file", paste, language: "da")
    #expect(huge.exit != 0 && !huge.error.isEmpty, "\(huge.exit)")
    #expect(try await town.done("karin", "note", "list", "F01", "--json").objects.count == before)

    let hostile = "før\u{1B}[2J\u{202E}etsæn\u{7}"
    let noted = try await town.kos("karin", "note", "add", "F01", "--text", hostile)
    #expect(noted.exit == 0 && noted.error.contains("3 control characters in what you wrote"), "\(noted)")
    let plain = try await town.kos("karin", "note", "add", "F01", "--text", "to\r\nlinjer\tog en")
    #expect(plain.exit == 0 && !plain.error.contains("control"), "\(plain)")
    #expect(plain.output.contains("Note is recorded in case F01: to ⏎ linjer"), "\(plain)")
    #expect(plain.output.contains("fields)."), "\(plain)")
    for words in [["note", "list", "F01"], ["find", "før"], ["case", "log", "F01"]] {
      let shown = try await town.kos("karin", words).output
      #expect(shown.contains("før"), "\(words)")
      for scalar in shown.unicodeScalars where scalar != "\n" {
        #expect(!scalar.properties.isBidiControl && scalar.value >= 32, "\(words): \(scalar.value)")
      }
    }
    try await town.done(
      "karin", "note", "add", "F01", "--text", "a\u{30A}len er lang".precomposedStringWithCanonicalMapping)
    for spelling in ["\u{E5}len", "a\u{30A}len", "ÅLEN"] {
      let found = try await town.kos("karin", "find", spelling)
      #expect(found.exit == 0 && found.output.contains("lang"), "\(spelling): \(found)")
    }
  }
}
