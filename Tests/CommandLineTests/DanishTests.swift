import Testing

/// Whoever reads Danish meets no English sentence, and no code that has a name.
@Suite(.serialized, .withFamily) struct DanishTests {
  /// What the parser says in English alone is told in the reader's language.
  @Test func theParserIsTranslated() async throws {
    let place = try Municipality.current
    let wrong: [([String], String, String)] = [
      (["case", "new"], "Der mangler '--label <label>'", "Missing expected argument '--label <label>'"),
      (
        ["case", "list", "--labl"], "Ukendt tilvalg '--labl'", "Unknown option '--labl'"
      ),
      (
        ["case", "list", "--jsn"], "Ukendt tilvalg '--jsn'. Mente du '--json'?",
        "Unknown option '--jsn'. Did you mean '--json'?"
      ),
      (["case", "list", "x"], "Uventet ord 'x'", "Unexpected argument 'x'"),
      (["case", "list", "x", "y"], "2 uventede ord: 'x', 'y'", "2 unexpected arguments: 'x', 'y'"),
      (["case", "new", "--label"], "Der mangler en værdi til '--label", "Missing value for '--label"),
      (
        ["report", "status", "--at", "2020-02-30"], "Værdien '2020-02-30' er ugyldig for '--at <day>'",
        "The value '2020-02-30' is invalid for '--at <day>'"
      ),
    ]
    for (words, danish, english) in wrong {
      let told = try await place.kos("karin", words, language: "da")
      #expect(told.exit == 2 && told.error.contains("Fejl: ") && told.error.contains(danish), "\(told)")
      for word in ["Error:", "Usage:", "Help:", "for more information", english] {
        #expect(!told.error.contains(word), "\(word): \(told)")
      }
      let there = try await place.kos("karin", words)
      #expect(there.exit == 2 && there.error.contains("Error: \(english)"), "\(there)")
      let program = try await place.kos("karin", words + ["--json"], language: "da")
      #expect(program.exit == 2 && !program.error.contains(english), "\(program)")
    }
  }

  /// What every command takes is never what is wrong with one that is none, or that takes nothing.
  @Test func theLanguageIsNeverWrong() async throws {
    let place = try Municipality.current
    let help = try await place.kos("karin", ["help", "case", "new", "--lang", "da"])
    #expect(help.exit == 0 && help.output.contains("Opret en sag"), "\(help)")
    for words in [["frobnicate"], ["case", "frobnicate"]] {
      let wrong = try await place.kos("karin", words + ["--lang", "da"])
      #expect(wrong.exit == 2 && wrong.error.contains("frobnicate er ingen kommando"), "\(wrong)")
      #expect(!wrong.error.contains("--lang'"), "\(wrong)")
    }
  }

  /// Names of contacts and changes are typed as they are shown, and kept as their codes.
  @Test func namesAreTakenForTheirCodes() async throws {
    let place = try Municipality.current
    try await place.done("karin", "contact", "log", "F01", "--kind", "Telefon", "--text", "ringet op")
    let contacts = try await place.done("karin", "contact", "list", "F01", "--json").objects
    #expect(contacts.contains { $0["form"] == .string("telephone") }, "\(contacts)")
    try await place.done("karin", "change", "add", "F01", "--trigger", "skilsmisse")
    let changes = try await place.done("karin", "change", "list", "F01", "--json").objects
    #expect(changes.contains { $0["trigger"] == .string("divorce") }, "\(changes)")
  }

  /// A log tells names; what the server accepted is no offer that was answered.
  @Test func codesAreToldByTheirNames() async throws {
    let place = try Municipality.current
    try await place.done("karin", "step", "start", "F01", "analysis_with_parents")
    try await place.done("karin", "goal", "add", "F01", "--text", "en bolig", "--rank", "1")
    try await place.done("karin", "plan", "agree", "F01", "--by", "Mor")
    try await place.done("karin", "letter", "plan", "F01", "--out", place.file("plan.html"))
    let log = try await place.kos("karin", "case", "log", "F01", language: "da")
    #expect(log.exit == 0 && log.output.contains("familien"), "\(log)")
    for code in ["analysis_with_parents", "  family\n"] { #expect(!log.output.contains(code), "\(log)") }
    let note = try await place.done("karin", "note", "add", "F01", "--text", "x", "--json").text("record")
    let explained = try await place.kos("karin", "explain", note, language: "da")
    #expect(explained.output.contains(": godkendt"), "\(explained)")
    #expect(!explained.output.contains("takket ja"), "\(explained)")
  }
}
