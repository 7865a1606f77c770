import Foundation
import Testing

/// `kos help TOPIC`: pages about what several commands have in common.
@Suite struct HelpTopicTests {
  private static let topics = [
    "start": "start", "dage": "days", "henvisninger": "references", "forløb": "course",
    "uden-net": "offline", "adgang": "access", "afklaring": "settlement", "bekræftelser": "confirmations",
    "enheder": "devices", "programmer": "scripts",
  ]

  /// Each is found by its name in either language, however it is written, and fits a terminal.
  @Test(arguments: topics) func everyTopicIsShown(danish: String, english: String) async throws {
    let place = try Municipality.empty()
    let page = try await place.kos("nobody", "help", danish, language: "da")
    #expect(page.exit == 0 && page.error.isEmpty, "\(page)")
    for name in [english.uppercased(), danish.decomposedStringWithCanonicalMapping] {
      #expect(try await place.kos("nobody", "help", name, language: "da").output == page.output)
    }
    let other = try await place.kos("nobody", "help", english)
    #expect(other.exit == 0 && other.output != page.output)
    for line in (page.output + other.output).split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    let object = try await place.kos("nobody", "help", danish, "--json", "--lang", "en").object
    #expect(object["topic"] == .string(english))

    // What it says to type is a command, and both languages name the same ones.
    let commands = [page, other].map { Self.commands(in: $0.output) }
    #expect(!commands[0].isEmpty || english == "days")
    #expect(commands[0].sorted() == commands[1].sorted())
    for line in (page.output + other.output).split(separator: "\n") where line.hasPrefix("    kos ") {
      let isOther = line.hasPrefix("    kos  ") || line.hasPrefix("    kos --")
      #expect(isOther || !Self.commands(in: String(line)).isEmpty, "\(line)")
    }
    await place.close()
  }

  @Test func theOverviewNamesTheTopics() async throws {
    let place = try Municipality.empty()
    for words in [["help"], ["--help"]] {
      let (danish, english) = try await (
        place.kos("nobody", words, language: "da").output, place.kos("nobody", words).output
      )
      let told = (danish.split(whereSeparator: \.isWhitespace), english.split(whereSeparator: \.isWhitespace))
      for topic in Self.topics {
        #expect(told.0.contains { $0.hasPrefix(topic.key) } && told.1.contains { $0.hasPrefix(topic.value) })
      }
      // Commands stand in groups that somebody looks in.
      #expect(danish.contains("\nHVER DAG:\n  today") && english.contains("\nTHIS DEVICE:\n  enroll"))
    }
    await place.close()
  }

  /// A topic is no command, and a command is explained as ever.
  @Test func whatIsNeitherIsSaid() async throws {
    let place = try Municipality.empty()
    let commands = Set(HelpTests.commands.compactMap { $0.split(separator: " ").first.map(String.init) })
    for topic in Self.topics { #expect(!commands.contains(topic.key) && !commands.contains(topic.value)) }
    let command = try await place.kos("nobody", "help", "case", "new")
    #expect(command.exit == 0 && command.output.hasPrefix("OVERVIEW: Open a case."))
    let wrong = try await place.kos("nobody", "help", "kaffe", language: "da")
    #expect(wrong.exit == 2 && wrong.error.contains("kaffe er hverken en kommando eller et emne"), "\(wrong)")
    await place.close()
  }

  /// What is nearly a command or a topic is named, whatever options follow, and help tells of itself.
  @Test func whatWasMeantIsNamed() async throws {
    let place = try Municipality.empty()
    for (words, told) in [
      (["help", "daeg"], "Mente du: kos help dage?"), (["help", "cas"], "Mente du: kos help case?"),
      (["help", "case", "lst"], "Mente du: kos case list?"), (["cas", "list"], "Mente du: kos case?"),
      (["case", "shwo", "F01"], "Mente du: kos case show?"),
      (["kaffe"], "kaffe er ingen kommando. Se: kos --help"),
    ] {
      let answer = try await place.kos("nobody", words, language: "da")
      #expect(answer.exit == 2 && answer.error.contains(told), "\(answer)")
      #expect(!answer.error.contains("--lang") && !answer.error.contains("Error:"), "\(answer)")
    }
    let object = try await place.kos("nobody", "noet", "list", "--json")
    #expect(try object.exit == 2 && object.failure["message"]?.string?.contains("kos note?") == true)
    let help = try await place.kos("nobody", "help", "help", language: "da")
    #expect(help.exit == 0 && help.output.contains("kos help EMNE") && help.output.contains("dage"))
    await place.close()
  }

  /// The commands that follow a `kos`: `case show`, or `conflicts`.
  private static func commands(in page: String) -> [String] {
    page.components(separatedBy: "kos ").dropFirst().compactMap { rest in
      let line = rest.prefix { $0 != "\n" }
      let words = line.split(separator: " ").prefix(2).map { $0.prefix { $0.isLetter || $0 == "-" } }
      return [words.joined(separator: " "), words.first.map(String.init) ?? ""]
        .first(where: HelpTests.commands.contains)
    }
  }
}
