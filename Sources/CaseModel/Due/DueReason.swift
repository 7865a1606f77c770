/// Why something is to be done: a code that the user's language labels.
public enum DueReason: String, Sendable, Hashable, CaseIterable {
  /// The month is not over, and the family was not contacted in it.
  case contactDue = "contact_due"
  /// A month passed without a contact.
  case contactOverdue = "contact_overdue"
  /// The third month is not over, and the plan was not followed up in it.
  case followUpDue = "follow_up_due"
  /// Three months passed without a follow-up meeting.
  case followUpOverdue = "follow_up_overdue"
  /// A task that its owner has not accepted yet.
  case taskRequested = "task_requested"
  /// A task that is accepted or begun.
  case taskOpen = "task_open"
  /// Information was asked for and did not come.
  case informationAwaited = "information_awaited"
  /// News that nobody has triaged.
  case untriaged
  /// An inquiry came in, and the case is allocated to nobody (R2).
  case unallocated
  /// Nobody coordinates the case any more, or nobody ever did (R48).
  case noCoordinator = "no_coordinator"
  /// A decision is prepared and not issued.
  case unissued
  /// A decision is issued and not delivered.
  case undelivered
  /// A decision is delivered and not explained.
  case unexplained
  /// A major change on which nobody has decided.
  case undecided
  /// The family was asked and has not answered.
  case unanswered
  /// One is called to a meeting and has not answered.
  case invited
  /// The day of a meeting has passed, and nothing says that it was held or called off.
  case unrecorded
  /// A case has waited for a step for long.
  case stepWaits = "step_waits"
  /// Two values were written without knowledge of each other.
  case disagreement
}
