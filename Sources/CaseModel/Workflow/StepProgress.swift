public import CRDT

/// How one step of a case stands on a day.
public struct StepProgress: Sendable, Hashable {
  /// How a step stands.
  public enum State: String, Sendable, Hashable, CaseIterable {
    /// What comes before it is not done.
    case notBegun = "not_begun"
    /// It could be taken, and nobody has begun.
    case waiting
    /// Somebody has begun, or a gate is closed behind what was done.
    case inProgress = "in_progress"
    /// It is done.
    case done
    /// Somebody decided to leave it out.
    case skipped
    /// Nothing is to be done now: it is not needed, was passed over as optional, or is not due again.
    case notDue = "not_due"

    /// Whether somebody could do something about it now.
    public var isOpen: Bool { self == .waiting || self == .inProgress }
    /// Whether it holds up nothing that comes after it.
    public var isFinished: Bool { self == .done || self == .skipped }
  }

  /// Who sees to a step.
  public struct Responsible: Sendable, Hashable {
    /// The parts that the workflow names.
    public let parts: [WorkflowPart]
    /// What the municipality writes of it.
    public let text: LocalText?
    /// The person, as far as one is named: for this step, or as the case's coordinator.
    public let person: Identifier?
  }

  /// The step.
  public let step: WorkflowStep
  /// Which time it is taken, 1 first.
  public let round: Int
  /// How it stands.
  public let state: State
  /// Since when it waits or is in progress, or when it was done or skipped.
  public let since: CalendarDay?
  /// From which day on it could be taken; `nil` while it cannot.
  public let readyOn: CalendarDay?
  /// Of what is taken again and again the last day on which it is in time.
  public let dueOn: CalendarDay?
  /// Of what is taken again and again the last day on which it was.
  public let lastOn: CalendarDay?
  /// How many days it waited, or has waited so far: from when it could be taken until it was done or skipped;
  /// of what is due again, from its due day (R69). `nil` while it cannot be taken.
  public let waitingDays: Int?
  /// What must hold besides, and what is missing.
  public let gates: [GateStanding]
  /// Who sees to it.
  public let responsible: Responsible
  /// What people said of the step itself, oldest first.
  public let records: [Identifier]

  /// The gates that are closed.
  public var closedGates: [GateStanding] { gates.filter { !$0.isOpen } }
}
