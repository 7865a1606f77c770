import CaseModel
import Testing
import Workflows

/// R59: a municipality writes its own steps, and is told by line what is wrong with them.
@Suite struct WorkflowFileTests {
  /// The smallest definition with a bit of everything; its lines are counted by the cases below.
  static let lines = [
    "code: own",
    "version: 3",
    "name: { da: Vores, en: Ours }",
    "repetition: { from: meet, to: plan, triggers: [divorce] }",
    "steps:",
    "  - code: meet",
    "    number: \"1\"",
    "    title: { da: Møde }",
    "    responsible: { parts: [family_coordinator] }",
    "    shown_by: [assessment_meeting]",
    "    gates: [both_legal_areas]",
    "  - code: plan",
    "    number: \"2\"",
    "    title: { da: \"[tekst]\" }",
    "    optional: true",
    "    after: meet",
    "    cadence: 2 weeks",
    "    responsible: { text: { da: \"[tekst]\" } }",
    "    shown_by: [plan]",
  ]

  private func fault(_ text: String) -> WorkflowError? {
    do throws(WorkflowError) {
      _ = try WorkflowFile.parse(text)
      return nil
    } catch { return error }
  }

  @Test func aDefinitionReadsAsItIsWritten() throws {
    let workflow = try WorkflowFile.parse(Self.lines.joined(separator: "\n"))
    #expect(workflow.code == "own" && workflow.version == 3 && workflow.name.inEnglish == "Ours")
    #expect(workflow.steps.map(\.code) == ["meet", "plan"])
    #expect(workflow.steps[0].title == LocalText(danish: "Møde"))
    #expect(workflow.steps[0].title.inEnglish == "Møde")
    #expect(workflow.steps[0].gates == [.bothLegalAreas] && !workflow.steps[0].isOptional)
    #expect(workflow.steps[1].cadence == Cadence(14, .days) && workflow.steps[1].isOptional)
    #expect(workflow.steps[1].after == "meet" && workflow.steps[1].responsible.parts.isEmpty)
    #expect(workflow.repeatedSteps == ["meet", "plan"])
    #expect(workflow.step("2")?.code == "plan" && workflow.step("meet")?.number == "1")
    #expect(workflow.step("3") == nil)
  }

  /// What is wrong in several places is told all at once, in the order of the lines.
  @Test func everyFaultIsTold() {
    var lines = Self.lines
    lines[1] = "version: none"
    lines[5] = "  - code: Meet"
    lines[6] = "    nummer: \"1\""
    lines[9] = "    shown_by: [assesment_meeting, plan, nothing]"
    lines[15] = "    after: gone"
    lines[16] = "    cadence: often"
    let faults = WorkflowFile.faults(in: Array(lines.joined(separator: "\n").utf8))
    #expect(
      faults.map { "\($0.line) \($0.code) \($0.value ?? "")" } == [
        "2 bad_version none", "4 unknown_step meet", "6 missing_key number", "6 bad_code Meet",
        "7 unknown_key nummer", "10 unknown_kind assesment_meeting", "10 unknown_kind nothing",
        "16 unknown_step gone", "17 bad_cadence often",
      ], "\(faults)")
    #expect(WorkflowFile.faults(in: Array(Self.lines.joined(separator: "\n").utf8)).isEmpty)
    #expect(WorkflowFile.faults(in: [0xff]).map(\.code) == ["not_utf8"])
  }

  /// One line exchanged at a time: what is wrong, and on which line and column it is said to be.
  @Test(arguments: [
    (1, "code: Own", "bad_code", 1, 7), (1, "kode: own", "unknown_key", 1, 1),
    (2, "version: 0", "bad_version", 2, 10), (2, "version: +1", "bad_version", 2, 10),
    (2, "version: 99999999999999999999", "bad_version", 2, 10),
    (2, "code: again", "doubled_key", 1, 1), (2, "", "missing_key", 1, 1),
    (3, "name: Vores", "not_mapping", 3, 7), (3, "name: { en: Ours }", "missing_key", 3, 7),
    (3, "name: { da: \" \" }", "bad_text", 3, 13), (3, "name: { da: [a] }", "not_scalar", 3, 13),
    (4, "repetition: { from: plan, to: meet }", "unknown_step", 4, 31),
    (4, "repetition: { from: gone, to: meet }", "unknown_step", 4, 21),
    (5, "steps: none", "not_yaml", 6, 9), (6, "  - code: meet: x", "not_yaml", 6, 15),
    (7, "    number: \"123456789\"", "bad_text", 7, 13), (7, "", "missing_key", 6, 5),
    (9, "    responsible: { parts: [boss] }", "unknown_part", 9, 28),
    (9, "    responsible: { }", "missing_key", 9, 18),
    (10, "    shown_by: [dream]", "unknown_kind", 10, 16),
    (10, "    shown_by: [consent]", "kind_shows_nothing", 10, 16),
    (10, "    shown_by: [child]", "kind_shows_nothing", 10, 16),
    (10, "    shown_by: []", "bad_count", 10, 15), (10, "    shown_by: plan", "not_list", 10, 15),
    (11, "    gates: [weather]", "unknown_gate", 11, 13), (11, "    colour: red", "unknown_key", 11, 5),
    (11, "    when: raining", "unknown_condition", 11, 11),
    (11, "    phase: end", "unknown_phase", 11, 12), (12, "  - code: meet", "doubled_code", 12, 11),
    (15, "    optional: yes", "not_boolean", 15, 15), (16, "    after: plan", "unknown_step", 16, 12),
    (17, "    cadence: often", "bad_cadence", 17, 14), (17, "    cadence: 0 days", "bad_cadence", 17, 14),
    (17, "    cadence: 367 days", "bad_cadence", 17, 14), (17, "   cadence: 1 day", "not_yaml", 17, 4),
    (18, "    responsible: &who { parts: [parent] }", "anchor", 18, 18),
    (19, "    shown_by: *who", "not_yaml", 19, 15), (19, "    shown_by: [plan", "not_yaml", 20, 1),
    (19, "\tshown_by: [plan]", "not_yaml", 19, 1),
  ])
  func whatIsWrongIsToldByLine(
    place: Int, line: String, code: String, errorLine: Int, column: Int
  ) throws {
    var lines = Self.lines
    lines[place - 1] = line
    let error = try #require(fault(lines.joined(separator: "\n")), "\(line)")
    #expect(error.code == code, "\(line): \(error)")
    #expect(error.line == errorLine && error.column == column, "\(line): \(error)")
  }

  @Test func whatIsNoTextIsRefusedWhereItIs() {
    let bytes = Array("code: own\nna".utf8) + [0xff, 0xfe] + Array("me: x\n".utf8)
    #expect(throws: WorkflowError(.notText, line: 2, column: 3)) { try WorkflowFile.parse(bytes) }
    #expect(fault("")?.code == "missing_key")
    #expect(fault("a")?.code == "not_mapping")
    #expect(fault("code: a\u{0}b")?.code == "not_yaml")
    #expect(fault("code: a\n---\ncode: b\n")?.code == "not_yaml")
    let big = [UInt8](repeating: UInt8(ascii: "#"), count: WorkflowFile.byteCountMax + 1)
    #expect(throws: WorkflowError(.tooLarge)) { try WorkflowFile.parse(big) }
    #expect(throws: WorkflowError(.missingKey("code"), line: 1, column: 1)) {
      try WorkflowFile.parse(Array(big.dropLast()))
    }
  }

  /// Texts that cost more than they are long, if one lets them.
  @Test func nothingGrowsBeyondTheText() {
    var laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for (name, of) in zip("bcdefghij", "abcdefghi") {
      laughs += "\(name): &\(name) [\((0..<9).map { _ in "*\(of)" }.joined(separator: ", "))]\n"
    }
    #expect(fault(laughs)?.code == "anchor")
    #expect(fault("? &a [x]\n: &b {? *a : *a}\n")?.code == "anchor")
    #expect(fault(String(repeating: "[", count: 200_000)) != nil)
    #expect(fault(String(repeating: "- ", count: 100_000)) != nil)
    #expect(fault(String(repeating: "{a: ", count: 60_000)) != nil)
    #expect(fault("steps:\n" + String(repeating: "  - code: a\n", count: 65) + "code: x\n") != nil)
  }

  /// Whatever a hand or a disk makes of a definition is read or refused, and the place lies in the text.
  @Test(arguments: 0..<300)
  func noTextTraps(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    var bytes = Array(
      (seed.isMultiple(of: 2) ? Self.lines.joined(separator: "\n") : ShippedWorkflow.kos.definition).utf8)
    let odd = Array("&*!|>%@`{}[]:,-?#'\"\\\n\t \u{0}é".utf8)
    for _ in 0..<(1 + random.below(6)) {
      let place = random.below(bytes.count)
      switch random.below(4) {
      case 0: bytes[place] = odd[random.below(odd.count)]
      case 1: bytes.insert(odd[random.below(odd.count)], at: place)
      case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(30)))
      default: bytes[place] = UInt8(random.below(256))
      }
      if bytes.isEmpty { return }
    }
    do throws(WorkflowError) {
      _ = try WorkflowFile.parse(bytes)
    } catch {
      let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 2
      #expect((0...lines).contains(error.line) && error.column >= 0, "seed \(seed): \(error)")
    }
  }
}

/// A small seeded generator (Steele, Lea and Flood, 2014), so that a failing test names its seed.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}
