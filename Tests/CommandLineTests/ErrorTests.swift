import Testing

/// What a user is told when something cannot be done: what happened, what was kept, what to do.
@Suite(.serialized, .atWork) struct ErrorTests {
  struct Mistake: CustomTestStringConvertible, Sendable {
    let who: String
    let words: [String]
    var exit: Int32 = 2
    let english: String
    let danish: String
    var testDescription: String { "\(who): kos " + words.joined(separator: " ") }
  }

  /// A consent for Poul that lacks something.
  static func give(_ type: String = "health", until end: [String]) -> [String] {
    ["consent", "give", "F01", "--to", "Poul", "--type", type, "--for", "coordination"] + end
  }

  static let mistakes: [Mistake] = [
    Mistake(
      who: "nobody", words: ["status"], english: "Use: kos enroll LINK", danish: "Brug: kos enroll LINK"),
    Mistake(who: "nobody", words: ["sync"], english: "no replica here", danish: "ingen kopi"),
    Mistake(
      who: "karin", words: ["case", "show", "F99"], english: "no case F99 here. See: kos case list",
      danish: "ingen sag F99 her. Se: kos case list"),
    Mistake(
      who: "karin", words: ["participant", "add", "F01", "--person", "Åge", "--role", "core-team"],
      english: "no person Åge. See: kos person list", danish: "ingen person Åge. Se: kos person list"),
    Mistake(
      who: "karin", words: ["participant", "add", "F01", "--person", "Poul", "--role", "boss"],
      english: "boss is no role. Roles: leader,", danish: "boss er ingen rolle. Roller:"),
    Mistake(
      who: "karin", words: ["participant", "end", "F01", "--person", String(repeating: "0", count: 32)],
      english: "does not take part", danish: "deltager ikke"),
    Mistake(
      who: "karin", words: ["case", "enrol", "F01", "--child", "Ole"], english: "has no child Ole",
      danish: "intet barn Ole"),
    Mistake(
      who: "karin", words: ["case", "accept", "F01"], english: "Use: kos case offer", danish: "kos case offer"
    ),
    Mistake(
      who: "lene", words: ["case", "new", "--label", "F", "--child", "Bo:engang"],
      english: "engang is not a day such as", danish: "engang er ikke en dag som"),
    Mistake(
      who: "karin", words: ["note", "add", "F01"], english: "Nothing was saved. Use --text",
      danish: "Intet er gemt. Brug --text"),
    Mistake(
      who: "karin", words: ["note", "add", "F01", "--file", "nofile"], english: "Cannot read nofile",
      danish: "nofile kan ikke læses"),
    Mistake(
      who: "karin", words: ["explain", "ffffffff"], english: "no ffffffff here",
      danish: "intet ffffffff her"),
    Mistake(
      who: "karin", words: ["resolve", "1"], english: "either --value N or --text",
      danish: "enten --value N"),
    Mistake(
      who: "karin", words: ["resolve", "1", "--value", "1"], english: "no 1 here", danish: "intet 1 her"),
    Mistake(
      who: "karin", words: ["goal", "rank", "F01", "1"], english: "--rank or --expected",
      danish: "--rank eller --expected"),
    Mistake(
      who: "karin", words: ["update", "send", "--text", "nyt"], english: "You report on no case",
      danish: "Du indberetter ikke til nogen sag"),
    Mistake(
      who: "karin", words: ["update", "triage", "ffffffff", "--outcome", "none"], english: "no ffffffff here",
      danish: "intet ffffffff her"),
    Mistake(
      who: "karin", words: ["invite", "hospital", "--name", "H"], english: "use --case",
      danish: "brug --case"),
    Mistake(
      who: "poul", words: ["invite", "core-team", "--name", "Ny"], exit: 3,
      english: "No invitation: you may not do that (NOT_PERMITTED)",
      danish: "Ingen invitation: det må du ikke"),
    Mistake(
      who: "lene", words: ["invite", "coordinator", "--name", "Karin"], exit: 3, english: "kos device add",
      danish: "kos device add"),
    Mistake(
      who: "lene", words: ["device", "confirm", "12"], english: "The code has six digits: 12 is none",
      danish: "Koden har seks cifre: 12 er det ikke"),
    Mistake(
      who: "poul", words: ["participant", "add", "F01", "--person", "Poul", "--role", "leader"], exit: 3,
      english: "What you wrote is kept here. See: kos status", danish: "er bevaret her. Se: kos status"),
    Mistake(
      who: "karin", words: give(until: []), english: "Use --until DAY or --months N",
      danish: "Brug --until DAG eller --months N"),
    Mistake(
      who: "karin", words: give(until: ["--until", "2020-01-01"]), english: "ends before it begins",
      danish: "slutter, før den begynder"),
    Mistake(
      who: "karin", words: give(until: ["--months", "1", "--until", "2040-01-01"]), english: "not both",
      danish: "ikke begge"),
    Mistake(
      who: "karin", words: give(until: ["--months", "6"]), english: "Use --evidence RECORD",
      danish: "Brug --evidence POST"),
    Mistake(
      who: "karin", words: give("gossip", until: ["--months", "6"]), english: "gossip is no information type",
      danish: "gossip er ingen oplysningstype"),
    Mistake(
      who: "karin", words: give(until: ["--months", "6", "--about", "Ole"]),
      english: "Ole is neither a child nor a relative", danish: "Ole er hverken et barn, en pårørende"),
    Mistake(
      who: "karin", words: ["consent", "show", "F01", "9"], english: "no 9 here", danish: "intet 9 her"),
    Mistake(
      who: "karin", words: ["release", "give", "F01", "--to", "Poul"], english: "--record or --type",
      danish: "--record eller --type"),
    Mistake(
      who: "karin", words: ["withholding", "add", "F01", "--from", "Poul"], english: "Say what is withheld",
      danish: "Sig, hvad der tilbageholdes"),
    Mistake(
      who: "karin",
      words: ["vouching", "add", "--person", "Poul", "--organisation", "X", "--by", "me", "--months", "1"],
      english: "no organisation X. See: kos organisation list", danish: "ingen organisation X"),
    Mistake(
      who: "karin", words: ["invite", "involved-professional", "--case", "F01", "--name", "H"],
      english: "Use --organisation for H", danish: "Brug --organisation for H"),
    Mistake(
      who: "lene", words: ["invite", "dpo", "--case", "F01", "--name", "D"],
      english: "takes part in no case", danish: "deltager ikke i sager"),
    Mistake(
      who: "lene", words: ["break-glass", "F01"], english: "A reason is missing",
      danish: "mangler en begrundelse"),
    Mistake(
      who: "karin", words: ["break-glass", "F01", "--reason", "uro"], exit: 3, english: "FORBIDDEN",
      danish: "FORBIDDEN"),
    Mistake(
      who: "karin", words: ["explain", "--for", "Poul"], english: "Say what: a record, or --case",
      danish: "Sig hvad: en post, eller --case"),
    Mistake(
      who: "karin", words: ["explain", "--case", "F01"], english: "need --for PERSON",
      danish: "kræver --for PERSON"),
    Mistake(
      who: "lene", words: ["import", "nofile"], english: "Cannot read nofile", danish: "kan ikke læses"),
    Mistake(
      who: "lene", words: ["case", "nwe"], english: "not understood; nothing was done",
      danish: "blev ikke forstået, og intet er gjort"),
    Mistake(
      who: "lene", words: ["case", "new"], english: "'--label <label>'", danish: "'--label <label>'"),
    Mistake(
      who: "lene", words: ["report", "status", "--at", "2020-02-30"], english: "2020-02-30",
      danish: "2020-02-30"),
  ]

  @Test(arguments: mistakes) func mistake(mistake: Mistake) async throws {
    let place = try Municipality.current
    for (language, text) in ["en": mistake.english, "da": mistake.danish] {
      let answer = try await place.kos(mistake.who, mistake.words, language: language)
      #expect(answer.exit == mistake.exit, "\(mistake) \(language): \(answer)")
      #expect(answer.error.hasPrefix("kos: "), "\(mistake) \(language): \(answer)")
      #expect(answer.error.contains(text), "\(mistake) \(language): \(answer)")
    }
    let answer = try await place.kos(mistake.who, mistake.words + ["--json"])
    #expect(answer.exit == mistake.exit, "\(mistake): \(answer)")
    #expect(try answer.failure.keys == ["error", "exit_code", "message"], "\(mistake): \(answer)")
    #expect(try answer.failure["exit_code"]?.integer == Int64(mistake.exit))
    #expect(try answer.failure["error"] == .string(mistake.exit == 3 ? "refused" : "usage"))
  }

  /// Refused work stays with its author, who is told why, and others never see it.
  @Test func whatIsRefusedIsKept() async throws {
    let place = try Municipality.current
    let answer = try await place.kos(
      "poul", "participant", "add", "F01", "--person", "Lene", "--role", "external-reporter", "--json")
    #expect(answer.exit == 3)
    let told = try #require(try answer.objects.first)
    #expect(told["delivery"] == .string("refused") && told["code"] == .string("FORBIDDEN"), "\(answer)")
    let record = try #require(told["record"])
    let status = try await place.done("poul", "status", "--json")
    let refused = try status.object["refused"]?.array ?? []
    #expect(refused.contains { $0["record"] == record && $0["code"] == .string("FORBIDDEN") }, "\(status)")
    try await place.done("karin", "sync")
    let there = try await place.done("karin", "participant", "list", "F01", "--json")
    #expect(try !there.objects.contains { $0["record"] == record })
    let explained = try await place.kos("poul", "explain", language: "da")
    #expect(explained.output.contains("det må du ikke (FORBIDDEN)"), "\(explained)")
  }

  /// Without the server work is kept and said to be; with it, it arrives.
  @Test func theServerIsDown() async throws {
    let place = try Municipality.current
    await place.stopServer()
    for (language, told) in [
      "en": "cannot be reached (nobody answers at the address). What you saved is kept here",
      "da": "kan ikke nås (ingen svarer på adressen). Det, du har gemt, ligger her",
    ] {
      let sync = try await place.kos("karin", "sync", language: language)
      #expect(sync.exit == 5 && sync.error.contains(told), "\(sync)")
      let note = try await place.kos("karin", "note", "add", "F01", "--text", "uden net", language: language)
      #expect(note.exit == 0 && note.error.contains(told), "\(note)")
      #expect(note.output.contains(language == "da" ? "Gemt. I kø" : "Saved. Queued"), "\(note)")
    }
    let note = try await place.done("karin", "note", "add", "F01", "--text", "sidste uden net", "--json")
    #expect(try note.object["delivery"] == .string("queued"))
    #expect(try note.object["unsent"] == .integer(3))
    #expect(try note.object["reason"] == .string("offline"))
    #expect(try JSONValue(line: note.error.dropLast()).keys == ["notice"])
    let invited = try await place.kos("lene", "invite", "core-team", "--name", "Nye", "--json")
    #expect(invited.exit == 5, "\(invited)")
    #expect(try invited.failure["error"] == .string("offline"))
    let waiting = try await place.done("karin", "status", "--json")
    #expect(try waiting.object["pending"] == .integer(3))
    #expect(try waiting.object["standing"] == .string("unsent"))
    #expect(try waiting.object["last_failure"] == .string("connectionRefused"))
    let told = try await place.done("karin", "note", "add", "F01", "--text", "den fjerde", "--offline")
    #expect(told.output.contains("4 acts are not sent yet; the oldest is from"), "\(told)")
    let explained = try await place.done("karin", "explain", "--json").objects
    #expect(explained.count(where: { $0.keys.contains("unsent_since") }) == 4)
    #expect(explained.last?["last_failure"] == .string("connectionRefused"))

    try await place.serveAgain()
    let sync = try await place.done("karin", "sync", "--json")
    #expect(try sync.object["outcome"] == .string("up_to_date"))
    #expect(try sync.object["pending"] == .integer(0))
    try await place.done("poul", "sync")
    let notes = try await place.done("poul", "note", "list", "F01", "--json")
    #expect(try notes.objects.map { $0["text"] }.contains(.string("sidste uden net")))
  }

  @Test func aDamagedReplicaIsLeftAlone() async throws {
    let place = try Municipality.current
    let code = try await place.invite("lene", "core-team", "Skade")
    #expect(try await place.enrol("damaged", code: code).exit == 0)
    let database = place.home("damaged") + "/replica.db"
    let script = Municipality.root + "/Tests/CommandLineTests/Support/damage.py"
    let damaged = try await place.run("/usr/bin/python3", [script, database])
    try #require(damaged.exit == 0, "\(damaged)")
    for (language, told) in ["en": "is damaged and was not touched", "da": "er beskadiget og blev ikke rørt"]
    {
      let status = try await place.kos("damaged", "status", language: language)
      #expect(status.exit == 6 && status.error.contains(told), "\(status)")
    }
  }
}
