/// One event of a caseload: what happened in which family on which day.
public struct CaseloadEvent: Sendable, Hashable {
  /// A child as an inquiry names it.
  public struct Child: Sendable, Hashable {
    /// What the child is called; it tells the children of one family apart.
    public let name: String
    /// The day of birth.
    public let born: CalendarDay?
  }

  /// A goal as a plan names it.
  public struct Goal: Sendable, Hashable {
    /// What the family wants.
    public let title: String
    /// The family's priority, 1 first.
    public let familyRank: Int?
    /// Who works on it.
    public let actors: [String]
  }

  /// What happened.
  public enum Content: Sendable, Hashable {
    /// An inquiry came in (R1).
    case inquiry(source: String?, municipality: String?, children: [Child])
    /// The eligibility criteria were answered (R40–R42).
    case eligibility(rule: String?, answers: EligibilityAnswers, laws: [String], child: String?)
    /// The family was asked (R43).
    case offered
    /// The family said no.
    case declined
    /// Children were enrolled; none named means all of the family's.
    case enrolled(children: [String])
    /// The case was allocated (R2).
    case allocated(coordinator: String?, team: [String])
    /// An assessment meeting was held (R5–R8, R53–R55).
    case assessmentMeeting(
      participants: [String], notes: [ICSDomain: String], priorities: [String], teamExpectedFirst: String?)
    /// An analysis meeting was held (R13, R21).
    case analysisMeeting(participants: [String], withParents: Bool?)
    /// A plan was agreed (R26).
    case planAgreed(version: Int?, goals: [Goal])
    /// The family was contacted (R32).
    case familyContact(form: String?, by: String?, text: String?)
    /// News came from outside the core team (R30).
    case externalUpdate(sender: String?, urgency: String?, text: String?)
    /// Something major changed (R36–R38).
    case majorChange(trigger: String?, isConfirmed: Bool?, reason: String?)
    /// The core team held a status meeting (R27); it belongs to no family.
    case statusMeeting
    /// Children were discharged (R44); none named means all of the family's.
    case discharged(children: [String], reason: String?)
  }

  /// The line, counted from 1.
  public let line: Int
  /// The day on which it happened.
  public let day: CalendarDay
  /// The family; empty for a status meeting.
  public let family: String
  /// What happened.
  public let content: Content
  /// The line's content in one spelling, which names it whatever file it stands in.
  public let canonical: String
}
