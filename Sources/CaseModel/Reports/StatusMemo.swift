/// The status memo of a day and a period (R64): its figures, and what concerns the project as a whole.
public struct StatusMemo: Sendable, Hashable {
  /// A time in which the work stood still, as far as it had come by the day.
  public struct Interruption: Sendable, Hashable {
    /// The first day.
    public let start: CalendarDay
    /// The last day; `nil` when it still lasts.
    public let end: CalendarDay?
    /// Why.
    public let cause: String?
  }

  /// What is aimed at, beside what is.
  public struct Target: Sendable, Hashable {
    /// By when.
    public let due: CalendarDay
    /// The figure's key.
    public let figure: String
    /// How many are aimed at.
    public let value: Int
    /// How many there are; `nil` for a figure that this version does not know.
    public let reached: Int?
  }

  /// The period that the memo is of.
  public let period: ReportPeriod
  /// The figures of the memo.
  public let figures: StatusFigures
  /// Children who had been enrolled and are not on the day.
  public internal(set) var childrenDischarged = 0
  /// Children who came to be enrolled in the period.
  public internal(set) var childrenEnrolledInPeriod = 0
  /// Children whose enrolment ended in the period.
  public internal(set) var childrenDischargedInPeriod = 0
  /// Families with no child enrolled any more since the period.
  public internal(set) var familiesDischargedInPeriod = 0
  /// Families of those asked that said yes, or were enrolled.
  public internal(set) var familiesAccepted = 0
  /// Families of those asked that have not answered.
  public internal(set) var familiesUnanswered = 0
  /// Families asked that answered with no and were not enrolled.
  public internal(set) var familiesRefused = 0
  /// Assessment meetings held in the period.
  public internal(set) var assessmentMeetingsInPeriod = 0
  /// Analysis meetings held in the period.
  public internal(set) var analysisMeetingsInPeriod = 0
  /// Times in which the work stood still that had begun by the day, the first in front.
  public internal(set) var interruptions: [Interruption] = []
  /// Days of the period on which the work stood still.
  public internal(set) var interruptedDays = 0
  /// Training days held by the day.
  public internal(set) var trainingDaysHeld = 0
  /// Training days that were planned and not held by the day.
  public internal(set) var trainingDaysLeft = 0
  /// What is aimed at, the first due in front.
  public internal(set) var targets: [Target] = []

  /// Which share of the families that answered said yes, in percent; `nil` when none did.
  public var acceptance: ReportTable.Quantity? {
    .percent(familiesAccepted, of: familiesAccepted + familiesRefused)
  }

  /// Reads the memo from a case stock and the register.
  ///
  /// It reads milestones and the register only, so a leader who takes part in no case gets the same memo as
  /// one who takes part in all of them.
  ///
  /// - Complexity: O(n log n)
  public init(_ stock: CaseStock, in period: ReportPeriod) {
    self.period = period
    figures = StatusReport.figures(stock, at: period.end, from: period.start)
    for file in stock.files.values {
      count(file.enrolmentHistory)
      countAnswer(of: file)
      assessmentMeetingsInPeriod += file.all(.assessmentMeeting).count {
        $0.day(Field.AssessmentMeeting.heldOn).map(period.contains) == true
      }
      analysisMeetingsInPeriod += file.all(.analysisMeeting).count {
        $0.day(Field.AnalysisMeeting.heldOn).map(period.contains) == true
      }
    }
    readInterruptions(stock.register[.interruption] ?? [])
    for day in stock.register[.trainingDay] ?? [] {
      let held = day.day(Field.TrainingDay.heldOn)
      if let held, held <= period.end {
        trainingDaysHeld += 1
      } else if held != nil || day.day(Field.TrainingDay.plannedOn) != nil {
        trainingDaysLeft += 1
      }
    }
    targets = (stock.register[.target] ?? []).compactMap(target)
      .sorted { ($0.due, $0.figure, $0.value) < ($1.due, $1.figure, $1.value) }
  }

  private mutating func count(_ history: EnrolmentHistory) {
    let ever = history.children(history.everEnrolled(at: period.end))
    childrenDischarged += ever.subtracting(history.enrolled(at: period.end)).count
    let changes = history.changes(from: period.start ?? .min, through: period.end)
    childrenEnrolledInPeriod += history.children(changes.enrolled).count
    childrenDischargedInPeriod += history.children(changes.discharged).count
    let isOver = history.wasDischarged(from: period.start ?? .min, through: period.end)
    familiesDischargedInPeriod += isOver ? 1 : 0
  }

  private mutating func countAnswer(of file: CaseFile) {
    func has(_ field: FieldDefinition, _ answer: String?) -> Bool {
      file.all(.offer).contains { offer in
        guard let day = offer.day(field), day <= period.end else { return false }
        return answer == nil || offer.text(Field.Offer.answer) == answer
      }
    }
    guard has(Field.Offer.offeredOn, nil) || has(Field.Offer.answeredOn, nil) else { return }
    let isEnrolled = !file.enrolmentHistory.everEnrolled(at: period.end).isEmpty
    if isEnrolled || has(Field.Offer.answeredOn, Code.accepted) {
      familiesAccepted += 1
    } else if has(Field.Offer.answeredOn, Code.declined) {
      familiesRefused += 1
    } else {
      familiesUnanswered += 1
    }
  }

  private mutating func readInterruptions(_ records: [CaseRecord]) {
    interruptions = records.compactMap { record -> Interruption? in
      guard let start = record.day(Field.Interruption.fromDay), start <= period.end else { return nil }
      let end = record.day(Field.Interruption.untilDay)
      return Interruption(
        start: start, end: end.flatMap { $0 <= period.end ? $0 : nil },
        cause: record.text(Field.Interruption.cause))
    }.sorted { ($0.start, $0.end ?? .max, $0.cause ?? "") < ($1.start, $1.end ?? .max, $1.cause ?? "") }
    // Days in several of them count once.
    var next = Int((period.start ?? .min).dayNumber)
    for interruption in interruptions {
      let last = Int((interruption.end ?? period.end).dayNumber)
      let first = max(next, Int(interruption.start.dayNumber))
      guard last >= first else { continue }
      interruptedDays += last - first + 1
      next = last + 1
    }
  }

  private func target(_ record: CaseRecord) -> Target? {
    guard let due = record.day(Field.Target.dueOn), let figure = record.text(Field.Target.figure),
      let value = record.integer(Field.Target.value).flatMap({ Int(exactly: $0) })
    else { return nil }
    return Target(
      due: due, figure: figure, value: value,
      reached: StatusFigures.CodingKeys(rawValue: figure).map { figures[$0] })
  }
}
