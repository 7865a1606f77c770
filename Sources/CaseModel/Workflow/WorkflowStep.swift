/// One step of a workflow: its texts, who takes part, and what shows that it is done (R59).
///
/// To copy one costs a count, whatever it says: how all cases stand is found by going through their steps.
public struct WorkflowStep: Sendable, Hashable {
  /// In which part of the course it is.
  public enum Phase: String, Sendable, Hashable, CaseIterable {
    /// The start of a case: taken once, and again when a major change is confirmed.
    case start
    /// The case in operation: taken again and again.
    case operation
  }

  /// Those who take part or are responsible: parts that the program knows, and the municipality's own words.
  public struct People: Sendable, Hashable {
    /// The parts.
    public let parts: [WorkflowPart]
    /// What the municipality writes; `nil` where the parts say it all.
    public let text: LocalText?

    /// Names people.
    public init(parts: [WorkflowPart] = [], text: LocalText? = nil) {
      self.parts = parts
      self.text = text
    }
  }

  private struct Definition: Sendable, Hashable {
    let code: String
    let number: String
    let phase: Phase
    let title: LocalText
    let purpose: LocalText?
    let content: LocalText?
    let participants: People
    let responsible: People
    let isOptional: Bool
    let condition: WorkflowCondition?
    let after: String?
    let begunBy: [RecordKind]
    let shownBy: [RecordKind]
    let gates: [WorkflowGate]
    let cadence: Cadence?
    let checklist: [LocalText]
  }

  private let definition: Shared<Definition>

  /// What records and people call it, such as `assessment`; the same in every version.
  public var code: String { definition.value.code }
  /// What it is called in the drawing of the workflow, such as `7a`.
  public var number: String { definition.value.number }
  /// In which part of the course it is.
  public var phase: Phase { definition.value.phase }
  /// What it is called.
  public var title: LocalText { definition.value.title }
  /// What it is for.
  public var purpose: LocalText? { definition.value.purpose }
  /// What is done.
  public var content: LocalText? { definition.value.content }
  /// Who takes part.
  public var participants: People { definition.value.participants }
  /// Who sees to it.
  public var responsible: People { definition.value.responsible }
  /// Whether a case may go on without it (R17).
  public var isOptional: Bool { definition.value.isOptional }
  /// When it is taken at all; `nil` for always.
  public var condition: WorkflowCondition? { definition.value.condition }
  /// The step that must be done before it, by code; `nil` for all before it that are not optional.
  public var after: String? { definition.value.after }
  /// The kinds of record that show that it began.
  public var begunBy: [RecordKind] { definition.value.begunBy }
  /// The kinds of record that show that it is done.
  public var shownBy: [RecordKind] { definition.value.shownBy }
  /// What must hold besides.
  public var gates: [WorkflowGate] { definition.value.gates }
  /// How often it is taken at least; `nil` where nothing says so.
  public var cadence: Cadence? { definition.value.cadence }
  /// What whoever is responsible goes through (R71).
  public var checklist: [LocalText] { definition.value.checklist }

  /// Describes a step.
  public init(
    code: String, number: String, phase: Phase = .start, title: LocalText, purpose: LocalText? = nil,
    content: LocalText? = nil, participants: People = People(), responsible: People = People(),
    isOptional: Bool = false, condition: WorkflowCondition? = nil, after: String? = nil,
    begunBy: [RecordKind] = [], shownBy: [RecordKind], gates: [WorkflowGate] = [], cadence: Cadence? = nil,
    checklist: [LocalText] = []
  ) {
    definition = Shared(
      Definition(
        code: code, number: number, phase: phase, title: title, purpose: purpose, content: content,
        participants: participants, responsible: responsible, isOptional: isOptional, condition: condition,
        after: after, begunBy: begunBy, shownBy: shownBy, gates: gates, cadence: cadence, checklist: checklist
      ))
  }

  /// Whether a kind of record may show that a step began or is done: one that tells a day and lies in a
  /// case's file, or the core team's status meeting.
  public static func mayBeShown(by kind: RecordKind) -> Bool {
    guard let definition = kind.definition else { return false }
    if kind == .statusMeeting { return true }
    // The head of a case and what tells of the step itself would show it by being there.
    guard definition.home == .caseFile, kind != .case, kind != .step else { return false }
    return definition.fields.contains {
      $0.valueType == .day && $0 != Field.Child.born && $0 != Field.Relative.born
    }
  }
}
