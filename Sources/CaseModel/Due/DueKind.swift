/// What sort of thing somebody is to do, the most pressing first among what is due on one day.
public enum DueKind: String, Sendable, Hashable, CaseIterable, Comparable {
  /// To contact the family (R32).
  case contact
  /// To hold a follow-up meeting (R34).
  case followUp = "follow_up"
  /// To do a task (R56).
  case task
  /// To press for information that was asked for (R18).
  case informationRequest = "information_request"
  /// To triage news from outside (R31).
  case update
  /// To allocate a case (R2).
  case allocation
  /// To decide what is prepared (R23).
  case decision
  /// To deliver a decision to the parents (R25).
  case delivery
  /// To explain a decision to the family (R62).
  case explanation
  /// To decide whether a major change repeats steps (R38).
  case majorChange = "major_change"
  /// To have the family's answer to an offer (R43).
  case offer
  /// To answer to a meeting that one is called to (R49).
  case invitation
  /// To record that a meeting was held, or call it off.
  case meeting
  /// To take the step at which a case waits (R59).
  case step
  /// To settle values that were written without knowledge of each other.
  case conflict

  /// The most pressing first.
  public static func < (left: DueKind, right: DueKind) -> Bool { left.place < right.place }

  private var place: Int { Self.places[self] ?? Self.allCases.count }

  private static let places: [DueKind: Int] =
    Dictionary(allCases.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })

  /// The command by which it is done or looked into, after `kos`: `{case}` stands for the case's
  /// reference, `{record}` for the record's id and `{step}` for the step's code. What is in capitals is
  /// the user's to say, and is shown in the user's language.
  public var command: String {
    switch self {
    case .contact: "contact log {case} --kind telephone --text TEXT"
    case .followUp: "follow-up hold {case}"
    case .task: "task complete {case} {record}"
    case .update: "update triage {record} --outcome action"
    case .allocation: "case allocate {case} --coordinator PERSON"
    case .offer: "case accept {case}"
    case .conflict: "conflicts"
    case .informationRequest: "request receive {case} {record}"
    case .decision: "decision issue {case} {record}"
    case .delivery: "decision deliver {case} {record} --form letter"
    case .explanation: "decision explain {case} {record}"
    case .majorChange: "change confirm {case} {record} --reason WHY"
    case .invitation: "meeting answer {case} {record} yes"
    case .step: "step show {case} {step}"
    case .meeting: "meeting hold {case} {record}"
    }
  }
}
