/// The steps that a case takes, as a municipality defines them (R59).
public struct Workflow: Sendable, Hashable {
  /// What a major change that was confirmed has repeated (R36).
  public struct Repetition: Sendable, Hashable {
    /// The first step that is repeated, by code.
    public let from: String
    /// The last one.
    public let to: String
    /// The codes of what may set it off; an open list (R37).
    public let triggers: [String]
    /// What it is for.
    public let purpose: LocalText?

    /// Describes a repetition.
    public init(from: String, to: String, triggers: [String] = [], purpose: LocalText? = nil) {
      self.from = from
      self.to = to
      self.triggers = triggers
      self.purpose = purpose
    }
  }

  /// Which workflow it is a version of, such as `kos`.
  public let code: String
  /// The version, 1 first.
  public let version: Int
  /// What it is called.
  public let name: LocalText
  /// The steps in order.
  public let steps: [WorkflowStep]
  /// What is repeated; `nil` when nothing is.
  public let repetition: Repetition?
  /// The codes of the steps that are repeated; of a repetition whose steps are not there or in the wrong
  /// order none.
  public let repeatedSteps: Set<String>
  /// How often what is done again and again is done at least.
  public let cadences: Cadences
  /// The steps of the start in order.
  let startSteps: [WorkflowStep]
  /// The steps of operation in order.
  let operationSteps: [WorkflowStep]

  /// Describes a workflow.
  public init(
    code: String, version: Int, name: LocalText, steps: [WorkflowStep], repetition: Repetition? = nil
  ) {
    self.code = code
    self.version = version
    self.name = name
    self.steps = steps
    self.repetition = repetition
    repeatedSteps = Self.repeated(repetition, in: steps)
    cadences = Cadences(steps)
    startSteps = steps.filter { $0.phase == .start }
    operationSteps = steps.filter { $0.phase == .operation }
  }

  /// The step that a word names: its code, or its number in the drawing.
  public func step(_ word: String) -> WorkflowStep? {
    steps.first { $0.code == word } ?? steps.first { $0.number.lowercased() == word.lowercased() }
  }

  private static func repeated(_ repetition: Repetition?, in steps: [WorkflowStep]) -> Set<String> {
    guard let repetition, let first = steps.firstIndex(where: { $0.code == repetition.from }),
      let last = steps.firstIndex(where: { $0.code == repetition.to }), first <= last
    else { return [] }
    return Set(steps[first...last].map(\.code))
  }
}
