extension DueKind {
  /// The command by which somebody looks at it who may not do it herself, after `kos`: it writes nothing.
  public var lookCommand: String {
    switch self {
    case .contact: "contact list {case}"
    case .followUp: "follow-up list {case}"
    case .task: "task list {case}"
    case .informationRequest: "request list {case}"
    case .update: "update list"
    case .allocation: "case show {case}"
    case .decision: "decision show {case} {record}"
    case .delivery: "decision show {case} {record}"
    case .explanation: "decision show {case} {record}"
    case .majorChange: "change list {case}"
    case .offer: "case show {case}"
    case .invitation: "meeting list {case}"
    case .meeting: "meeting list {case}"
    case .step: "step show {case} {step}"
    case .conflict: "conflicts"
    }
  }
}
