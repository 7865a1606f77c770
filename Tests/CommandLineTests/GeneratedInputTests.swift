import Foundation
import Testing

/// What can be typed wrong in each input of each command, made of what the parser itself says that they take.
///
/// The server is away, so that what is saved stays to be counted; each command has a copy of Karin's replica.
@Suite(.familyAlone) struct GeneratedInputTests {
  /// Codes that say what went wrong, as the help documents them; 5 keeps what was saved.
  private static let documented: Set<Int32> = [2, 3, 5]
  /// They wait, or need no replica: their own suites try them.
  static let commands = HelpTests.commands.subtracting(["enroll", "watch"]).sorted()

  private static let wrong: [CommandInput.Kind: [String]] = [
    .day: ["2020-02-30", "31-31-2020", "i overmorgenen"], .number: ["første", "99999999999999999999"],
    .caseFile: ["F99"], .reference: ["findes-ikke"],
  ]
  /// Where an option asks for another before it looks at the case.
  private static let askedFirst: Set = [
    "explain", "goal rank", "agenda item", "transfer add", "task add", "note move",
    "erasure end", "erasure confirm",
  ]

  private func shape(_ name: String, in place: Municipality) async throws -> CommandShape {
    try #require(try await Self.shapes(in: place)[name], "\(name) is not in the parser's own list")
  }

  /// Asked for once.
  private static func shapes(in place: Municipality) async throws -> [String: CommandShape] {
    try await ShapeCache.shared.value { try await CommandShape.all(in: place) }
  }

  private func pending(_ who: String, _ place: Municipality) async throws -> Int64? {
    try await place.done(who, "status", "--json").object["pending"]?.integer
  }

  /// Wrong days, numbers and references: refused in the user's language, and nothing is saved.
  @Test(arguments: commands) func wrongWordsAreRefused(command: String) async throws {
    let place = try Municipality.current
    let shape = try await shape(command, in: place)
    let inputs = shape.inputs.filter { Self.wrong[$0.kind] != nil }
    guard !inputs.isEmpty else { return }
    let who = try place.copy(of: "karin")
    let before = try await pending(who, place)
    for (number, input) in inputs.enumerated() {
      // One of them each: together all have been tried.
      let values = Self.wrong[input.kind] ?? []
      let value = values[number % values.count]
      let words = shape.words(trying: value, for: input)
      let english = try await place.kos(who, words)
      let danish = try await place.kos(who, words, language: "da")
      for answer in [english, danish] {
        // What lies at the server alone cannot be looked up without it.
        let isRefused = answer.exit == 2 || answer.exit == 3
        #expect(isRefused || answer.exit == 5 && input.kind == .reference, "\(words): \(answer)")
        #expect(answer.error.hasPrefix("kos: "), "\(words): \(answer)")
        let isNamed = input.kind == .day || input.kind == .number || input.kind == .caseFile
        if isNamed, !(input.kind == .caseFile && Self.askedFirst.contains(command)) {
          #expect(answer.error.contains(value), "\(words): \(answer)")
        }
      }
      #expect(
        english.error.split(separator: "\n").first != danish.error.split(separator: "\n").first,
        "\(words) is told in one language: \(english)")
    }
    #expect(try await pending(who, place) == before, "\(command) saved something")
  }

  /// Control characters, a turned direction of writing, and a paste that no record holds: harmless on the
  /// terminal whether it is taken or not, and told in a few lines.
  @Test(arguments: commands) func pastesAreHarmless(command: String) async throws {
    let place = try Municipality.current
    let shape = try await shape(command, in: place)
    guard !shape.inputs.isEmpty else { return }
    let who = try place.copy(of: "karin")
    for (number, input) in shape.inputs.enumerated() {
      let isPaste = number.isMultiple(of: 3)
      let value =
        isPaste ? String(repeating: "æ", count: 60_000) : "før\u{1B}[2J\u{202E}etsæn\u{7}"
      let before = try await pending(who, place)
      let words = shape.words(trying: value, for: input)
      let answer = try await place.kos(who, words, language: isPaste ? "da" : "en")
      let told = "\(command) \(input.name): \(answer.exit) \(answer.error.prefix(300))"
      #expect(answer.exit == 0 || Self.documented.contains(answer.exit), "\(told)")
      for scalar in (answer.output + answer.error).unicodeScalars where scalar.isUnsafe {
        Issue.record("\(told): U+\(String(scalar.value, radix: 16))")
        break
      }
      if answer.exit == 0 { continue }
      #expect(answer.error.hasPrefix("kos: ") && answer.error.utf8.count < 8_000, "\(told)")
      if answer.exit == 2 { #expect(try await pending(who, place) == before, "\(told)") }
    }
    let log = try await place.kos(who, "case", "log", "F01").output
    let unsafe = log.unicodeScalars.first { $0.isUnsafe }
    #expect(unsafe == nil, "\(command)")
  }

  /// Letters of any script, and æøå in both normal forms, are kept whole where a text is taken, and shown.
  @Test(arguments: commands) func lettersAreKept(command: String) async throws {
    let place = try Municipality.current
    let shape = try await shape(command, in: place)
    let texts = shape.inputs.filter { $0.kind == .text && $0.valueName != "file" }
    guard !texts.isEmpty, command != "find" else { return }
    let who = try place.copy(of: "karin")
    let script = Municipality.root + "/Tests/CommandLineTests/Support/search-replica.py"
    for (number, input) in texts.enumerated() {
      let canary = "kanarie\(number)x"
      let value = "\(canary) \(number.isMultiple(of: 2) ? "a\u{30A}" : "\u{E5}")b עברית"
      let words = shape.words(trying: value, for: input)
      let answer = try await place.kos(who, words + ["--json"])
      #expect(answer.exit == 0 || Self.documented.contains(answer.exit), "\(words): \(answer)")
      let saved = try answer.exit == 0 && answer.objects.contains { $0["saved"] == .boolean(true) }
      guard saved else { continue }
      let hits = try await place.kos(who, "find", canary, "--json").objects
      for hit in hits { #expect(hit["text"]?.string?.contains(value) == true, "\(words): \(hit)") }
      guard hits.isEmpty else { continue }
      // A code is not looked through: it stands in the folder as it was typed, in one normal form or the
      // other, which as keys would be one word.
      var isThere = false
      for form in [value.precomposedStringWithCanonicalMapping, value.decomposedStringWithCanonicalMapping] {
        let found = try await place.run("/usr/bin/python3", [script, place.home(who), form])
        guard case .object(let places)? = try found.object["found"] else { continue }
        isThere = isThere || places.values.contains { $0.array?.isEmpty == false }
      }
      #expect(isThere, "\(words)")
    }
  }

  /// Bytes that are no text, such as half of a surrogate pair, are not repaired into another text.
  @Test(arguments: [
    ["note", "add", "F01", "--text", "?"], ["case", "show", "?"], ["contact", "log", "F01", "--on", "?"],
    ["attachment", "add", "F01", "?"], ["?"], ["today", "--home", "?"],
  ]) func brokenBytesAreRefused(words: [String]) async throws {
    let place = try Municipality.current
    let who = try place.copy(of: "karin")
    let typed = words.map { $0 == "?" ? #""$(printf 'a\355\240\200')""# : $0 }.joined(separator: " ")
    let number = words.firstIndex(of: "?").map { $0 + 1 } ?? 0
    for (language, told) in [
      "en": "Word number \(number) is not text in UTF-8", "da": "Ord nummer \(number) er ikke tekst i UTF-8",
    ] {
      let line = "exec '\(Municipality.programs)/kos' \(typed)"
      let answer = try await place.run(
        "/bin/sh", ["-c", line], home: place.home(who), language: language)
      #expect(answer.exit == 2 && answer.error.contains(told), "\(answer)")
    }
    let file = place.file("bytes")
    try Data([0x61, 0xED, 0xA0, 0x80]).write(to: URL(fileURLWithPath: file))
    let answer = try await place.kos(who, "note", "add", "F01", "--file", file, language: "da")
    #expect(answer.exit == 2 && answer.error.contains("er ikke tekst i UTF-8"), "\(answer)")
    #expect(try await pending(who, place) == 0)
  }

  /// What the program takes in whole is no more than a record holds: a megabyte by file or standard input.
  @Test func aMegabyteIsRefusedWhole() async throws {
    let place = try Municipality.current
    let who = try place.copy(of: "karin")
    let text = String(repeating: "æ", count: 600_000)
    let file = try place.write(text)
    for words in [
      ["note", "add", "F01"], ["contact", "log", "F01", "--kind", "visit"], ["goal", "add", "F01"],
      [
        "decision", "prepare", "F01", "--matter", "m", "--outcome", "granted", "--law", "l",
      ],
    ] {
      let byFile = try await place.kos(who, words + ["--file", file], language: "da")
      #expect(byFile.exit == 2 && byFile.error.contains("for stort til én post"), "\(words): \(byFile)")
      let byInput = try await place.kos(who, words, input: text)
      #expect(byInput.exit == 2 && byInput.error.contains("too large for one record"), "\(words): \(byInput)")
    }
    #expect(try await pending(who, place) == 0)
  }
}

/// The parser's list, asked for once by tests that run beside each other.
private actor ShapeCache {
  static let shared = ShapeCache()
  private var task: Task<[String: CommandShape], any Error>?

  func value(
    _ make: @escaping @Sendable () async throws -> [String: CommandShape]
  ) async throws -> [String: CommandShape] {
    let task = task ?? Task { try await make() }
    self.task = task
    return try await task.value
  }
}

extension Unicode.Scalar {
  /// Whether it steers a terminal or turns the direction of writing.
  fileprivate var isUnsafe: Bool {
    if self == "\n" || self == "\t" { return false }
    return properties.generalCategory == .control || properties.isBidiControl
  }
}
