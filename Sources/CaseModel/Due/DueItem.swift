public import CRDT

/// One thing that a person is to do.
public struct DueItem: Sendable, Hashable {
  /// What sort of thing.
  public let kind: DueKind
  /// Why.
  public let reason: DueReason
  /// The case; `nil` for what lies in the register.
  public let caseID: Identifier?
  /// The record that it is about; `nil` for what no record holds yet.
  public let record: Identifier?
  /// By when; `nil` for what waits without a day.
  public let dueOn: CalendarDay?
  /// How many days ago that was; 0 while there is time.
  public let overdueDays: Int
  /// The code of the step that a case waits for; `nil` for all else.
  public let step: String?
  /// Since when it waits; `nil` for what has a day, and where nothing tells.
  public let since: CalendarDay?
  /// How far behind the most urgent it stands, by what its sender called it; 0 for all else.
  let delay: Int
  /// When its sender wrote it, in milliseconds since 1970; 0 for all else.
  let written: Int64

  /// The command by which it is done or looked into, after `kos`, as `DueKind.command` has it. Whoever was
  /// only asked for a task answers first.
  public var command: String {
    reason == .taskRequested ? "task accept {case} {record}" : kind.command
  }

  init(
    _ kind: DueKind, _ reason: DueReason, in caseID: Identifier?, _ record: Identifier?,
    by dueOn: CalendarDay?, on day: CalendarDay
  ) {
    self.kind = kind
    self.reason = reason
    self.caseID = caseID
    self.record = record
    self.dueOn = dueOn
    overdueDays = dueOn.map { max(0, day.days(since: $0)) } ?? 0
    (step, since, delay, written) = (nil, nil, 0, 0)
  }

  /// News that nobody has triaged. A word for its urgency that is not known here presses as little as
  /// routine.
  init(untriaged update: CaseRecord, in caseID: Identifier) {
    (kind, reason) = (.update, .untriaged)
    self.caseID = caseID
    record = update.id
    (dueOn, overdueDays, step, since) = (nil, 0, nil, nil)
    let urgency = update.text(Field.ExternalUpdate.urgency)
    let place = Field.ExternalUpdate.urgencies.firstIndex { $0 == urgency } ?? 0
    delay = Field.ExternalUpdate.urgencies.count - 1 - place
    written = update.created
  }

  /// A step for which a case waits.
  init(waitingFor step: String, since: CalendarDay, in caseID: Identifier, on day: CalendarDay) {
    (kind, reason) = (.step, .stepWaits)
    (self.caseID, record, dueOn, overdueDays) = (caseID, nil, nil, 0)
    self.step = step
    self.since = since
    (delay, written) = (0, 0)
  }

  /// Whether it comes before another one in lists: by day, those without one last, then the most pressing
  /// sort, then of news the most urgent, then what waits longest, then by case and record, so that every
  /// replica shows the same order.
  func comes(before other: DueItem) -> Bool {
    if dueOn != other.dueOn { return (dueOn ?? .max) < (other.dueOn ?? .max) || other.dueOn == nil }
    if kind != other.kind { return kind < other.kind }
    if delay != other.delay { return delay < other.delay }
    if written != other.written { return written < other.written }
    if since != other.since { return (since ?? .max) < (other.since ?? .max) }
    let none = Identifier(high: 0, low: 0)
    if caseID != other.caseID { return (caseID ?? none) < (other.caseID ?? none) }
    if record != other.record { return (record ?? none) < (other.record ?? none) }
    return reason.rawValue < other.reason.rawValue
  }
}
