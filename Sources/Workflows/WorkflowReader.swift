import CaseModel
import Yams

/// Reads a composed definition from the top down, and keeps to what is known. What is wrong in one place does
/// not hide what is wrong in another: all of it is noted, in the order in which it is read.
struct WorkflowReader {
  static let stepsMax = 64

  /// What is wrong, in the order in which it was read.
  private(set) var faults: [WorkflowError] = []
  /// The codes of the steps that were read so far, also of those in which something is wrong.
  private var codes: [String] = []

  /// Reads a definition; `nil` when something is wrong.
  mutating func workflow(_ root: Node) -> Workflow? {
    let known: Set = ["code", "version", "name", "steps", "repetition"]
    guard let keys = self.keys(root, known: known, needed: ["code", "version", "name", "steps"]) else {
      return nil
    }
    var steps: [WorkflowStep] = []
    let nodes = required(keys["steps"]) { node throws(WorkflowError) in try node.list(upTo: Self.stepsMax) }
    for node in nodes ?? [] {
      if let step = self.step(node) { steps.append(step) }
    }
    let code = required(keys["code"]) { node throws(WorkflowError) in try node.code() }
    let version = required(keys["version"], Self.version)
    let name = required(keys["name"], Self.text)
    var repetition: Workflow.Repetition?
    if let node = keys["repetition"] { repetition = self.repetition(node) }
    guard faults.isEmpty, let code, let version, let name else { return nil }
    return Workflow(code: code, version: version, name: name, steps: steps, repetition: repetition)
  }

  private mutating func repetition(_ node: Node) -> Workflow.Repetition? {
    let known: Set = ["from", "to", "triggers", "purpose"]
    guard let keys = self.keys(node, known: known, needed: ["from", "to"]) else { return nil }
    let codes = self.codes
    let place = { (node: Node) throws(WorkflowError) -> Int in
      let code = try node.word()
      guard let place = codes.firstIndex(of: code) else { throw node.error(.unknownStep(code)) }
      return place
    }
    let first = required(keys["from"], place)
    let last = required(keys["to"], place)
    if let first, let last, first > last, let node = keys["to"] {
      note(node.error(.unknownStep(codes[last])))
    }
    let triggers = all(keys["triggers"]) { node throws(WorkflowError) in try node.code() }
    let purpose = optional(keys["purpose"], Self.text)
    guard let first, let last, first <= last else { return nil }
    return Workflow.Repetition(from: codes[first], to: codes[last], triggers: triggers, purpose: purpose)
  }

  private static let stepKeys: Set = [
    "code", "number", "phase", "title", "purpose", "content", "participants", "responsible", "optional",
    "when", "after", "begun_by", "shown_by", "gates", "cadence", "checklist",
  ]

  private mutating func step(_ node: Node) -> WorkflowStep? {
    let needed = ["code", "number", "title", "responsible", "shown_by"]
    guard let keys = self.keys(node, known: Self.stepKeys, needed: needed) else { return nil }
    let earlier = codes
    let code = required(keys["code"]) { node throws(WorkflowError) in
      let code = try node.code()
      guard !earlier.contains(code) else { throw node.error(.doubledCode(code)) }
      return code
    }
    // A later step that names this one says nothing wrong, whatever is wrong with this one.
    if case .scalar(let scalar)? = keys["code"] { codes.append(scalar.string) }
    let number = required(keys["number"]) { node throws(WorkflowError) in try node.text(upTo: 8) }
    let phase = optional(keys["phase"]) { node throws(WorkflowError) in
      try node.one(of: WorkflowStep.Phase.self, else: { .unknownPhase($0) })
    }
    let title = required(keys["title"], Self.text)
    let purpose = optional(keys["purpose"], Self.text)
    let content = optional(keys["content"], Self.text)
    let participants = optional(keys["participants"], Self.people)
    let responsible = required(keys["responsible"], Self.people)
    let isOptional = optional(keys["optional"]) { node throws(WorkflowError) in try node.boolean() }
    let condition = optional(keys["when"]) { node throws(WorkflowError) in
      try node.one(of: WorkflowCondition.self, else: { .unknownCondition($0) })
    }
    let after = optional(keys["after"]) { node throws(WorkflowError) in
      let code = try node.word()
      guard earlier.contains(code) else { throw node.error(.unknownStep(code)) }
      return code
    }
    let begunBy = all(keys["begun_by"], Self.kind)
    let shownBy = all(keys["shown_by"], Self.kind)
    let gates = all(keys["gates"]) { node throws(WorkflowError) in
      try node.one(of: WorkflowGate.self, else: { .unknownGate($0) })
    }
    let cadence = optional(keys["cadence"], Self.cadence)
    let checklist = all(keys["checklist"], Self.text)
    guard let code, let number, let title, let responsible else { return nil }
    return WorkflowStep(
      code: code, number: number, phase: phase ?? .start, title: title, purpose: purpose, content: content,
      participants: participants ?? WorkflowStep.People(), responsible: responsible,
      isOptional: isOptional ?? false, condition: condition, after: after, begunBy: begunBy,
      shownBy: shownBy, gates: gates, cadence: cadence, checklist: checklist)
  }

  // MARK: Noting

  private mutating func note(_ fault: WorkflowError) {
    if !faults.contains(fault) { faults.append(fault) }
  }

  /// What is read; `nil` when something is wrong, which is noted.
  private mutating func take<Value>(_ read: () throws(WorkflowError) -> Value) -> Value? {
    do throws(WorkflowError) { return try read() } catch {
      note(error)
      return nil
    }
  }

  /// What a key that must be there says; that it is missing was noted with the mapping.
  private mutating func required<Value>(
    _ node: Node?, _ read: (Node) throws(WorkflowError) -> Value
  ) -> Value? {
    optional(node, read)
  }

  private mutating func optional<Value>(
    _ node: Node?, _ read: (Node) throws(WorkflowError) -> Value
  ) -> Value? {
    guard let node else { return nil }
    return take { () throws(WorkflowError) in try read(node) }
  }

  /// A list, of which each element is read by itself.
  private mutating func all<Value>(
    _ node: Node?, _ read: (Node) throws(WorkflowError) -> Value
  ) -> [Value] {
    guard let nodes = optional(node, { node throws(WorkflowError) in try node.list() }) else { return [] }
    var values: [Value] = []
    for node in nodes {
      if let value = optional(node, read) { values.append(value) }
    }
    return values
  }

  private mutating func keys(_ node: Node, known: Set<String>, needed: [String]) -> Keys? {
    guard let keys = take({ () throws(WorkflowError) in try Keys(node) }) else { return nil }
    for fault in keys.faults(known: known, needed: needed) { note(fault) }
    return keys
  }

  // MARK: Single values

  private static func version(_ node: Node) throws(WorkflowError) -> Int {
    let text = try node.word()
    guard let version = Int(text), (1...1_000_000).contains(version), text.first?.isNumber == true else {
      throw node.error(.badVersion(text))
    }
    return version
  }

  private static func kind(_ node: Node) throws(WorkflowError) -> RecordKind {
    let name = try node.word()
    guard let kind = RecordKind.definitions.first(where: { $0.name == name })?.kind else {
      throw node.error(.unknownKind(name))
    }
    guard WorkflowStep.mayBeShown(by: kind) else { throw node.error(.kindShowsNothing(name)) }
    return kind
  }

  private static func cadence(_ node: Node) throws(WorkflowError) -> Cadence {
    let text = try node.word()
    guard let cadence = Cadence(text) else { throw node.error(.badCadence(text)) }
    return cadence
  }

  private static func people(_ node: Node) throws(WorkflowError) -> WorkflowStep.People {
    let keys = try Keys(node, known: ["parts", "text"])
    if keys.isEmpty { throw node.error(.missingKey("parts")) }
    return WorkflowStep.People(
      parts: try keys["parts"]?.all(of: WorkflowPart.self, else: { .unknownPart($0) }) ?? [],
      text: try keys["text"].map(text))
  }

  /// A text in Danish and perhaps in English.
  private static func text(_ node: Node) throws(WorkflowError) -> LocalText {
    let keys = try Keys(node, known: ["da", "en"], needed: ["da"])
    return LocalText(danish: try keys.needed("da").text(), english: try keys["en"]?.text())
  }
}
