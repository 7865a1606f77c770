import CRDT
import CaseModel
import Workflows

/// A case as its people write it, day by day, and its steps as lines.
struct CaseStory {
  static let coordinator = Identifier(2)
  static let psychologist = Identifier(3)
  static let surroundings = CaseProgress.Surroundings(legalAreas: [
    coordinator: LegalArea.socialServices, psychologist: LegalArea.school,
  ])

  let caseID = Identifier(100)
  var ledger = Ledger()
  private var nextID: UInt64 = 1_000

  init(opened day: String) {
    let id = fresh()
    ledger.write(
      CaseWork.open(
        case: caseID, label: "F01", on: .on(day), creator: Identifier(1), as: .leader, identify: { _ in id }))
  }

  mutating func fresh() -> Identifier {
    nextID += 1
    return Identifier(nextID)
  }

  /// Writes a record with fields.
  @discardableResult
  mutating func record(_ kind: RecordKind, _ write: (inout RecordDraft) -> Void) -> Identifier {
    var draft = RecordDraft.new(kind, id: fresh(), in: caseID)
    write(&draft)
    ledger.write(draft)
    return draft.id
  }

  /// Writes more into a record.
  mutating func change(_ id: Identifier, _ write: (inout RecordDraft) -> Void) {
    guard let record = ledger[id] else { return }
    var draft = RecordDraft.change(record)
    write(&draft)
    ledger.write(draft)
  }

  @discardableResult
  mutating func inquiry(_ day: String) -> Identifier {
    record(.inquiry) { $0.write(Field.Inquiry.receivedOn, CalendarDay.on(day)) }
  }

  mutating func allocate(_ day: String, to person: Identifier = coordinator) {
    var ids = (0..<3).map { _ in fresh() }
    ledger.write(
      CaseWork.allocate(
        ledger.file(caseID), coordinator: person, members: [], on: .on(day),
        identify: { _ in ids.removeLast() }))
  }

  mutating func enrol(_ day: String) {
    let child = fresh()
    ledger.write(CaseWork.child(id: child, in: caseID, name: "Bo", born: nil))
    ledger.write(CaseWork.enrol(id: fresh(), in: caseID, children: [child], on: .on(day)))
  }

  @discardableResult
  mutating func assess(_ day: String, with persons: [Identifier] = [coordinator, psychologist]) -> Identifier
  {
    let id = fresh()
    ledger.write(CaseWork.assessmentMeeting(id: id, in: caseID, participants: persons, on: .on(day)))
    return id
  }

  @discardableResult
  mutating func analyse(_ day: String, withParents: Bool?, outcome: String? = nil) -> Identifier {
    let id = fresh()
    ledger.write(
      CaseWork.analysisMeeting(
        id: id, in: caseID, withParents: withParents, attendees: withParents == true ? ["mor"] : [],
        on: .on(day)))
    if let outcome { change(id) { $0.write(Field.AnalysisMeeting.outcome, outcome) } }
    return id
  }

  @discardableResult
  mutating func request(_ day: String, from meeting: Identifier? = nil) -> Identifier {
    record(.informationRequest) {
      $0.write(Field.InformationRequest.requestedOn, CalendarDay.on(day))
      $0.write(Field.InformationRequest.meeting, meeting)
    }
  }

  mutating func receive(_ request: Identifier, _ day: String) {
    change(request) { $0.write(Field.InformationRequest.receivedOn, CalendarDay.on(day)) }
  }

  mutating func deliver(_ day: String) {
    record(.decision) {
      $0.write(Field.Decision.issuedOn, CalendarDay.on(day))
      $0.write(Field.Decision.issuedBy, Identifier(1))
      $0.write(Field.Decision.deliveredOn, CalendarDay.on(day))
    }
  }

  mutating func agree(_ day: String) {
    ledger.write(CaseWork.plan(id: fresh(), in: caseID, version: 1, on: .on(day)))
  }

  mutating func majorChange(_ day: String, confirmed: Bool = true) {
    let id = fresh()
    ledger.write(CaseWork.majorChange(id: id, in: caseID, trigger: "divorce", on: .on(day)))
    guard let record = ledger[id] else { return }
    ledger.write(CaseWork.decide(majorChange: record, repeatsSteps: confirmed, reason: "x", on: .on(day)))
  }

  @discardableResult
  mutating func say(
    _ step: String, _ field: FieldDefinition, _ day: String, round: Int? = nil, by person: Identifier? = nil
  ) -> Identifier {
    record(.step) {
      $0.write(Field.Step.step, step)
      $0.write(Field.Step.round, round)
      $0.write(field, CalendarDay.on(day))
      $0.write(Field.Step.responsible, person)
    }
  }

  func progress(_ day: String, _ workflow: Workflow = ShippedWorkflow.kos.workflow) -> CaseProgress {
    CaseProgress(ledger.file(caseID), workflow: workflow, on: .on(day), surroundings: Self.surroundings)
  }

  /// The steps as lines, those that have not begun and are not due left out: number, state, since when, and
  /// how many days it waited.
  func lines(_ day: String, _ workflow: Workflow = ShippedWorkflow.kos.workflow) -> [String] {
    progress(day, workflow).steps.filter { $0.state != .notBegun && $0.state != .notDue }.map(Self.line)
  }

  static func line(_ step: StepProgress) -> String {
    let days = step.waitingDays.map { " (\($0))" } ?? ""
    let gates = step.closedGates.filter { !$0.gate.isFilter }.map { " -\($0.gate.rawValue)" }.joined()
    return "\(step.step.number) \(step.state.rawValue) \(step.since?.description ?? "–")\(days)\(gates)"
  }
}
