/// How far a task came (HL7 FHIR `Task.status`, of which these are the ones that casework needs).
public enum TaskStatus: String, Sendable, Hashable, CaseIterable {
  /// Its owner has not answered yet.
  case requested
  /// Its owner will do it.
  case accepted
  /// Its owner has begun.
  case inProgress = "in_progress"
  /// It is done.
  case completed
  /// Its owner will not do it.
  case rejected
  /// It is not to be done any more.
  case cancelled

  /// Reads a task's status: requested when it says none; `nil` for one of a later version, of which nothing
  /// is known.
  public init?(of task: CaseRecord) {
    guard let code = task.text(Field.Task.status) else {
      self = .requested
      return
    }
    self.init(rawValue: code)
  }

  /// Whether it is still to be done.
  public var isOpen: Bool {
    switch self {
    case .requested, .accepted, .inProgress: true
    case .completed, .rejected, .cancelled: false
    }
  }

  /// Whether a task that stands so may go on to another status: what is over stays over.
  public func mayBecome(_ next: TaskStatus) -> Bool {
    switch next {
    case .requested: false
    case .accepted: self == .requested
    case .inProgress: self == .requested || self == .accepted
    case .completed, .cancelled: isOpen
    case .rejected: self == .requested || self == .accepted
    }
  }
}
