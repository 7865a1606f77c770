public import CRDT

/// How far a case has come through its workflow on a day: a view over its records, the same for everybody who
/// holds them (R59, R69).
///
/// What is dated later than the day is not there yet, so that the view of an earlier day is what it was.
public struct CaseProgress: Sendable, Hashable {
  /// What a case's steps depend on beside its own records.
  public struct Surroundings: Sendable, Hashable {
    /// The legal area that a person stands for, as far as the register says (R6).
    public let legalAreas: [Identifier: String]
    /// The days of the core team's status meetings (R27).
    public let statusMeetings: [CalendarDay]
    /// The times in which the work stood still (R64).
    public let interruptions: Interruptions

    /// Holds what is known.
    public init(
      legalAreas: [Identifier: String] = [:], statusMeetings: [CalendarDay] = [],
      interruptions: Interruptions = .none
    ) {
      self.legalAreas = legalAreas
      self.statusMeetings = statusMeetings
      self.interruptions = interruptions
    }

    /// Reads it out of a register.
    public init(register: [RecordKind: [CaseRecord]]) {
      var areas: [Identifier: String] = [:]
      for person in register[.person] ?? [] { areas[person.id] = person.text(Field.Person.legalArea) }
      legalAreas = areas
      statusMeetings = (register[.statusMeeting] ?? []).compactMap { $0.day(Field.StatusMeeting.heldOn) }
        .sorted()
      interruptions = Interruptions(register: register)
    }
  }

  /// The steps of one time through what is repeated; of the first, all steps of the start.
  public struct Round: Sendable, Hashable {
    /// Which, 1 first.
    public let number: Int
    /// The day on which it began; of the first, the day on which the case was opened.
    public let startedOn: CalendarDay?
    /// The major change that set it off; `nil` for the first.
    public let cause: Identifier?
    /// Its steps in order.
    public let steps: [StepProgress]
  }

  /// The day.
  public let day: CalendarDay
  /// The rounds, oldest first; never empty.
  public let rounds: [Round]
  /// The steps of the case in operation.
  public let operation: [StepProgress]
  /// Whether the case is over: the family said no, or all its children were discharged.
  public let isClosed: Bool

  /// Looks at a case.
  ///
  /// - Complexity: O(s·r) for s steps and r records of the case, times its rounds.
  public init(
    _ file: CaseFile, workflow: Workflow, on day: CalendarDay, surroundings: Surroundings = Surroundings()
  ) {
    var reader = ProgressReader(file: file, workflow: workflow, day: day, surroundings: surroundings)
    self.day = day
    isClosed = reader.isClosed
    rounds = reader.readRounds()
    operation = reader.readOperation()
  }

  /// What is to be done next, without what nobody asks for: steps of operation are only looked at where no
  /// step of the start is open, and of them those that are meant.
  static func next(
    _ file: CaseFile, workflow: Workflow, on day: CalendarDay, surroundings: Surroundings,
    operation isMeant: (WorkflowStep) -> Bool
  ) -> StepProgress? {
    var reader = ProgressReader(file: file, workflow: workflow, day: day, surroundings: surroundings)
    // Most cases are in their first round, and all cases are looked at for what is due.
    let open =
      reader.starts.count > 1
      ? firstOpen(latest(of: reader.readRounds())) : reader.firstOpenOfOnlyRound()
    if open != nil || reader.isClosed { return open }
    return firstDue(reader.readOperation(where: isMeant))
  }

  /// Which round the case is in.
  public var round: Int { rounds.last?.number ?? 1 }

  /// Every step once, in the workflow's order: of what was repeated the latest round.
  public var steps: [StepProgress] { Self.latest(of: rounds) + operation }

  private static func latest(of rounds: [Round]) -> [StepProgress] {
    guard let first = rounds.first, let last = rounds.last else { return [] }
    guard rounds.count > 1 else { return first.steps }
    let latest = Dictionary(last.steps.map { ($0.step.code, $0) }, uniquingKeysWith: { first, _ in first })
    return first.steps.map { latest[$0.step.code] ?? $0 }
  }

  /// How a step stands, by code.
  public func step(_ code: String) -> StepProgress? { steps.first { $0.step.code == code } }

  /// What is to be done next: the first step of the start that is open; after the start, what is due first.
  /// `nil` when nothing is.
  public var next: StepProgress? {
    Self.firstOpen(Self.latest(of: rounds)) ?? (isClosed ? nil : Self.firstDue(operation))
  }

  private static func firstOpen(_ steps: [StepProgress]) -> StepProgress? { steps.first { $0.state.isOpen } }

  private static func firstDue(_ operation: [StepProgress]) -> StepProgress? {
    let due = operation.compactMap { step in
      (step.state.isOpen ? step.since : step.dueOn).map { (day: $0, step: step) }
    }
    return due.min { $0.day < $1.day }?.step
  }

  /// What waits, and has since when (R69).
  public var waiting: [StepProgress] { steps.filter { $0.state == .waiting } }

  /// How many days a step waited in its latest round, or has waited so far; `nil` for one that cannot be
  /// taken yet or is not there (R69).
  public func waitingDays(_ code: String) -> Int? { step(code)?.waitingDays }
}

extension CaseStock {
  /// What the steps of all cases depend on beside the cases' own records.
  public var surroundings: CaseProgress.Surroundings { CaseProgress.Surroundings(register: register) }
}
