import CaseModel
import Yams

/// Reads a composed definition from the top down, and keeps to what is known.
enum WorkflowReader {
  static let stepsMax = 64

  static func workflow(_ root: Node) throws(WorkflowError) -> Workflow {
    let keys = try Keys(
      root, known: ["code", "version", "name", "steps", "repetition"], needed: ["code", "version", "name"])
    let stepNodes = try keys.needed("steps").list(upTo: stepsMax)
    var steps: [WorkflowStep] = []
    for node in stepNodes { steps.append(try step(node, after: steps)) }
    return Workflow(
      code: try keys.needed("code").code(), version: try version(keys.needed("version")),
      name: try text(keys.needed("name")), steps: steps,
      repetition: try repetition(keys["repetition"], of: steps))
  }

  private static func version(_ node: Node) throws(WorkflowError) -> Int {
    let text = try node.word()
    guard let version = Int(text), (1...1_000_000).contains(version), text.first?.isNumber == true else {
      throw node.error(.badVersion(text))
    }
    return version
  }

  private static func repetition(
    _ node: Node?, of steps: [WorkflowStep]
  ) throws(WorkflowError) -> Workflow.Repetition? {
    guard let node else { return nil }
    let keys = try Keys(node, known: ["from", "to", "triggers", "purpose"], needed: ["from", "to"])
    func place(_ key: String) throws(WorkflowError) -> Int {
      let node = try keys.needed(key)
      let code = try node.word()
      guard let place = steps.firstIndex(where: { $0.code == code }) else {
        throw node.error(.unknownStep(code))
      }
      return place
    }
    let (first, last) = (try place("from"), try place("to"))
    guard first <= last else { throw try keys.needed("to").error(.unknownStep(steps[last].code)) }
    var triggers: [String] = []
    for node in try keys["triggers"]?.list() ?? [] { triggers.append(try node.code()) }
    return Workflow.Repetition(
      from: steps[first].code, to: steps[last].code, triggers: triggers,
      purpose: try keys["purpose"].map(text))
  }

  private static func step(_ node: Node, after steps: [WorkflowStep]) throws(WorkflowError) -> WorkflowStep {
    let keys = try Keys(
      node,
      known: [
        "code", "number", "phase", "title", "purpose", "content", "participants", "responsible", "optional",
        "when", "after", "begun_by", "shown_by", "gates", "cadence", "checklist",
      ], needed: ["code", "number", "title", "responsible", "shown_by"])
    let codeNode = try keys.needed("code")
    let code = try codeNode.code()
    guard !steps.contains(where: { $0.code == code }) else { throw codeNode.error(.doubledCode(code)) }
    return WorkflowStep(
      code: code, number: try keys.needed("number").text(upTo: 8),
      phase: try phase(keys["phase"]),
      title: try text(keys.needed("title")), purpose: try keys["purpose"].map(text),
      content: try keys["content"].map(text),
      participants: try keys["participants"].map(people) ?? WorkflowStep.People(),
      responsible: try people(keys.needed("responsible")),
      isOptional: try keys["optional"]?.boolean() ?? false,
      condition: try keys["when"]?.one(of: WorkflowCondition.self, else: { .unknownCondition($0) }),
      after: try earlier(keys["after"], steps), begunBy: try kinds(keys["begun_by"]),
      shownBy: try kinds(keys["shown_by"]),
      gates: try keys["gates"]?.all(of: WorkflowGate.self, else: { .unknownGate($0) }) ?? [],
      cadence: try keys["cadence"].map(cadence), checklist: try texts(keys["checklist"]))
  }

  private static func phase(_ node: Node?) throws(WorkflowError) -> WorkflowStep.Phase {
    try node?.one(of: WorkflowStep.Phase.self, else: { .unknownPhase($0) }) ?? .start
  }

  private static func earlier(_ node: Node?, _ steps: [WorkflowStep]) throws(WorkflowError) -> String? {
    guard let node else { return nil }
    let code = try node.word()
    guard steps.contains(where: { $0.code == code }) else { throw node.error(.unknownStep(code)) }
    return code
  }

  private static func kinds(_ node: Node?) throws(WorkflowError) -> [RecordKind] {
    guard let node else { return [] }
    var kinds: [RecordKind] = []
    for node in try node.list() {
      let name = try node.word()
      guard let kind = RecordKind.definitions.first(where: { $0.name == name })?.kind else {
        throw node.error(.unknownKind(name))
      }
      guard WorkflowStep.mayBeShown(by: kind) else { throw node.error(.kindShowsNothing(name)) }
      kinds.append(kind)
    }
    return kinds
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

  private static func texts(_ node: Node?) throws(WorkflowError) -> [LocalText] {
    guard let node else { return [] }
    var texts: [LocalText] = []
    for node in try node.list() { texts.append(try text(node)) }
    return texts
  }

  /// A text in Danish and perhaps in English.
  private static func text(_ node: Node) throws(WorkflowError) -> LocalText {
    let keys = try Keys(node, known: ["da", "en"], needed: ["da"])
    return LocalText(danish: try keys.needed("da").text(), english: try keys["en"]?.text())
  }
}
