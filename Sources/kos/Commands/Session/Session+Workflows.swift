import CRDT
import CaseModel
import SyncClient
import Workflows

/// The workflow that a case follows, and where it stands in it.
extension Session {
  /// What a version of a workflow says that a leader adopted; `nil` when this program cannot read it, which
  /// it tells.
  func read(_ record: CaseRecord) -> Workflow? {
    guard let text = record.text(Field.Workflow.definition) else { return nil }
    do throws(WorkflowError) { return try WorkflowFile.parse(text) } catch {
      let code = record.text(Field.Workflow.code)?.shown ?? short(record.id)
      output.notice(output.say(.workflowUnreadable, code, output.text(of: error)))
      return nil
    }
  }

  /// The workflow that a case follows: the version that it names, else the one that comes with the program.
  func workflow(of file: CaseFile, _ stock: CaseStock) -> Workflow {
    stock.workflow(of: file).flatMap(read) ?? ShippedWorkflow.kos.workflow
  }

  /// The workflows that the cases follow.
  func workflows(_ stock: CaseStock) -> CaseWorkflows {
    CaseWorkflows(stock, otherwise: ShippedWorkflow.kos.workflow, read: read)
  }

  /// How often what recurs is to happen beside the cases: as the workflow says that new cases follow, else as
  /// the model does.
  func cadences(_ stock: CaseStock) -> Cadences {
    stock.newestWorkflow(on: day(nil)).flatMap(read)?.cadences ?? Cadences()
  }

  /// Where a case stands today.
  func progress(of file: CaseFile, _ stock: CaseStock) -> CaseProgress {
    CaseProgress(
      file, workflow: workflow(of: file, stock), on: day(nil), surroundings: stock.surroundings)
  }

  /// A workflow that a word names: one that was adopted, by id or by `code@version`; one that comes with the
  /// program, by its code.
  func workflow(named word: String) throws -> (record: CaseRecord?, definition: String) {
    let stock = try replica.stock()
    let parts = word.split(separator: "@", maxSplits: 1)
    let found = stock.workflows.last { record in
      if word.count >= 4, record.id.description.hasPrefix(word.lowercased()) { return true }
      guard let first = parts.first, record.text(Field.Workflow.code) == String(first) else { return false }
      return parts.count == 1 || record.integer(Field.Workflow.version) == Int64(parts[1])
    }
    if let found, let definition = found.text(Field.Workflow.definition) { return (found, definition) }
    guard let shipped = ShippedWorkflow(rawValue: word) else { throw Failure(.usage, .noSuchWorkflow, word) }
    return (nil, shipped.definition)
  }

  /// A version that was adopted, as a word names it: its number, of the workflow that the case follows, its
  /// id, or `code@version`.
  func adopted(_ word: String, for file: CaseFile) throws -> CaseRecord {
    let stock = try replica.stock()
    if let version = Int64(word) {
      let code = workflow(of: file, stock).code
      let found = stock.workflows.last {
        $0.text(Field.Workflow.code) == code && $0.integer(Field.Workflow.version) == version
      }
      if let found { return found }
      throw Failure(.usage, .noSuchWorkflow, "\(code)@\(version)")
    }
    guard let record = try workflow(named: word).record else {
      throw Failure(.usage, .workflowNotAdopted, word)
    }
    return record
  }

  /// The step of a case's workflow that a word names.
  func step(_ word: String, of file: CaseFile, _ stock: CaseStock) throws -> (CaseProgress, StepProgress) {
    let progress = progress(of: file, stock)
    guard let step = workflow(of: file, stock).step(word), let standing = progress.step(step.code) else {
      throw Failure(.usage, .noSuchStep, word, progress.steps.map(\.step.code).joined(separator: ", "))
    }
    return (progress, standing)
  }

  // MARK: Telling

  /// Writes down that what is shown of steps is about to be: what people said of them, and what is missing.
  func open(stepsOf file: CaseFile, _ steps: [StepProgress]) throws {
    var told = Set(steps.flatMap(\.records))
    for case .request(let id) in steps.flatMap(\.closedGates).flatMap(\.missing) { told.insert(id) }
    try open((file.all(.step) + file.all(.informationRequest)).filter { told.contains($0.id) })
  }

  /// What programs are told of a step.
  func members(_ step: StepProgress, in file: CaseFile, isNext: Bool, _ stock: CaseStock) -> [(String, JSON)]
  {
    guard isTold(step) else { return untold(step) }
    return [
      ("step", .string(step.step.code)), ("number", JSON(step.step.number)),
      ("title", JSON(output.text(step.step.title))), ("round", .integer(Int64(step.round))),
      ("state", .string(step.state.rawValue)), ("since", JSON(step.since)), ("due_on", JSON(step.dueOn)),
      ("last_on", JSON(step.lastOn)), ("waiting_days", JSON(step.waitingDays.map(Int64.init))),
      ("responsible", JSON(responsible(step, stock))),
      ("responsible_person", JSON(step.responsible.person)), ("optional", .boolean(step.step.isOptional)),
      ("next", .boolean(isNext)),
      ("closed_gates", .array(step.closedGates.map { .string($0.gate.rawValue) })),
      ("missing", .array(told(step.closedGates).map { JSON(missing($0, in: file)) })),
    ]
  }

  /// What programs are told of a step of which the reader cannot tell how it stands: which it is.
  private func untold(_ step: StepProgress) -> [(String, JSON)] {
    let hidden = ["since", "due_on", "last_on", "waiting_days", "responsible", "responsible_person"]
    return [
      ("step", .string(step.step.code)), ("number", JSON(step.step.number)),
      ("title", JSON(output.text(step.step.title))), ("round", .integer(Int64(step.round))), ("state", .null),
    ] + hidden.map { ($0, .null) } + [
      ("optional", .boolean(step.step.isOptional)), ("next", .boolean(false)),
      ("closed_gates", .array([])), ("missing", .array([])),
    ]
  }

  /// The steps of a case as rows: which one, how it stands, since when, what is missing, who sees to it.
  func row(_ step: StepProgress, in file: CaseFile, isNext: Bool, _ stock: CaseStock) -> [String] {
    let isOpen = step.state.isOpen && isTold(step)
    let gates = isOpen ? closed(step, in: file).map { "; \($0)" } ?? "" : ""
    return [
      isNext ? "→" : "", step.step.number.shown, output.text(step.step.title).shown(upTo: 48),
      standing(step), isOpen ? responsible(step, stock) + gates : "",
    ]
  }

  /// How a step stands, in words.
  func standing(_ step: StepProgress) -> String {
    guard isTold(step) else { return output.say(.notShownToYou) }
    let state = output.label(step.state.rawValue)
    if step.state == .waiting || step.state == .inProgress, let since = step.since {
      return output.say(.stateSince, state, since.description, String(day(nil).days(since: since)))
    }
    if step.state == .notDue, let due = step.dueOn { return output.say(.dueOn, due.description) }
    return step.since.map { "\(state) \($0)" } ?? state
  }

  /// Who sees to a step: a person, or the parts that the workflow names.
  func responsible(_ step: StepProgress, _ stock: CaseStock) -> String {
    if let person = step.responsible.person { return name(person, stock) }
    if let text = step.responsible.text { return output.text(text).shown }
    return step.responsible.parts.map { output.label($0.rawValue) }.joined(separator: ", ")
  }

  /// What a step's closed gates lack, in words; `nil` when none is closed that holds anything up.
  func closed(_ step: StepProgress, in file: CaseFile) -> String? {
    let gates = step.closedGates.filter { !$0.gate.isFilter }
    guard !gates.isEmpty, isTold(step) else { return nil }
    let words = told(gates).map { missing($0, in: file) }
    return words.isEmpty ? nil : output.say(.isMissing, words.joined(separator: ", "))
  }

  /// What gates lack, as far as the user can tell: who stands for which legal area is in the register.
  private func told(_ gates: [GateStanding]) -> [GateStanding.Missing] {
    gates.flatMap(\.missing).filter { missing in
      if case .legalArea = missing { return replica.profile.role.isStaff }
      return true
    }
  }

  private func missing(_ missing: GateStanding.Missing, in file: CaseFile) -> String {
    switch missing {
    case .legalArea(let area): return output.label(area)
    case .record(let kind): return self.kind(kind)
    case .request(let id):
      let request = file.all(.informationRequest).first { $0.id == id }
      let what = request?.text(Field.InformationRequest.what).map(output.label)
      return what ?? kind(.informationRequest)
    }
  }
}

extension Output {
  /// A text of a workflow in the reader's language.
  func text(_ text: LocalText) -> String { language == .danish ? text.danish : text.inEnglish }

  /// What is wrong with a definition, and on which line.
  func text(of error: WorkflowError) -> String {
    let what = label("workflow_" + error.code)
    let value = if case .notYAML(let problem) = error.problem { yaml(problem) } else { error.value }
    let text = value.map { "\(what): \($0.shown(upTo: 60))" } ?? what
    return error.line > 0 ? say(.atLine, String(error.line), String(error.column), text) : text
  }

  /// What the YAML parser says, which speaks English: in the reader's language where that is known, else
  /// nothing but the place.
  private func yaml(_ problem: String) -> String? {
    if language == .english { return problem }
    return CodeNames.yamlProblems.first { problem.contains($0.key) }?.value
  }
}
