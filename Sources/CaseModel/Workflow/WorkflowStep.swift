/// One step of a workflow: its texts, who takes part, and what shows that it is done (R59).
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

  /// What records and people call it, such as `assessment`; the same in every version.
  public let code: String
  /// What it is called in the drawing of the workflow, such as `7a`.
  public let number: String
  /// In which part of the course it is.
  public let phase: Phase
  /// What it is called.
  public let title: LocalText
  /// What it is for.
  public let purpose: LocalText?
  /// What is done.
  public let content: LocalText?
  /// Who takes part.
  public let participants: People
  /// Who sees to it.
  public let responsible: People
  /// Whether a case may go on without it (R17).
  public let isOptional: Bool
  /// When it is taken at all; `nil` for always.
  public let condition: WorkflowCondition?
  /// The step that must be done before it, by code; `nil` for all before it that are not optional.
  public let after: String?
  /// The kinds of record that show that it began.
  public let begunBy: [RecordKind]
  /// The kinds of record that show that it is done.
  public let shownBy: [RecordKind]
  /// What must hold besides.
  public let gates: [WorkflowGate]
  /// How often it is taken at least; `nil` where nothing says so.
  public let cadence: Cadence?
  /// What whoever is responsible goes through (R71).
  public let checklist: [LocalText]

  /// Describes a step.
  public init(
    code: String, number: String, phase: Phase = .start, title: LocalText, purpose: LocalText? = nil,
    content: LocalText? = nil, participants: People = People(), responsible: People = People(),
    isOptional: Bool = false, condition: WorkflowCondition? = nil, after: String? = nil,
    begunBy: [RecordKind] = [], shownBy: [RecordKind], gates: [WorkflowGate] = [], cadence: Cadence? = nil,
    checklist: [LocalText] = []
  ) {
    self.code = code
    self.number = number
    self.phase = phase
    self.title = title
    self.purpose = purpose
    self.content = content
    self.participants = participants
    self.responsible = responsible
    self.isOptional = isOptional
    self.condition = condition
    self.after = after
    self.begunBy = begunBy
    self.shownBy = shownBy
    self.gates = gates
    self.cadence = cadence
    self.checklist = checklist
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
