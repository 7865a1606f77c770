/// What a record is: the first thing that its header says, and never changed.
///
/// Numbers are given once and never reused. A record of a kind that this version does not know is kept and
/// passed on, and nobody may read or write it here.
public struct RecordKind: RawRepresentable, Hashable, Sendable, Comparable {
  /// The kind's number on the wire.
  public let rawValue: UInt32

  /// Names kind `rawValue`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  // The tenant register.

  /// A person who takes part in case work, or is named in it.
  public static let person = RecordKind(rawValue: 1)
  /// An organisation that persons work for.
  public static let organisation = RecordKind(rawValue: 2)
  /// A team, such as the core team (R45).
  public static let team = RecordKind(rawValue: 3)
  /// A core-team status meeting, every 14 days (R27).
  public static let statusMeeting = RecordKind(rawValue: 4)

  // The case file.

  /// The head of a case, whose record id is the case id: one family with its children.
  public static let `case` = RecordKind(rawValue: 10)
  /// An inquiry to the municipality with its source (R1).
  public static let inquiry = RecordKind(rawValue: 11)
  /// The answers to the eligibility criteria, and what was decided on them (R40–R42).
  public static let eligibility = RecordKind(rawValue: 12)
  /// The offer to take part, and the family's answer (R43).
  public static let offer = RecordKind(rawValue: 13)
  /// Children's enrolment.
  public static let enrolment = RecordKind(rawValue: 14)
  /// The allocation to a family coordinator and a team (R2). One a case; governed.
  public static let allocation = RecordKind(rawValue: 15)
  /// A person who takes part in the case in a role. Governed.
  public static let participant = RecordKind(rawValue: 16)
  /// A child of the family.
  public static let child = RecordKind(rawValue: 17)
  /// A parent, sibling or other relative.
  public static let relative = RecordKind(rawValue: 18)
  /// Assessment notes in the three domains of ICS (R53).
  public static let assessment = RecordKind(rawValue: 19)
  /// An assessment meeting that was held (R5–R8).
  public static let assessmentMeeting = RecordKind(rawValue: 20)
  /// An analysis meeting that was held, with or without the parents (R13, R21).
  public static let analysisMeeting = RecordKind(rawValue: 21)
  /// A goal with the family's rank and the team's expectation apart (R54, R55).
  public static let goal = RecordKind(rawValue: 22)
  /// A contact with the family (R32).
  public static let contact = RecordKind(rawValue: 23)
  /// News from a professional outside the core team (R30). Lies under the reporter's alias.
  public static let externalUpdate = RecordKind(rawValue: 24)
  /// What the coordinator made of an update (R31).
  public static let triage = RecordKind(rawValue: 25)
  /// Tells the reporter that an update was received and triaged (R31). Lies under the reporter's alias.
  public static let updateReceipt = RecordKind(rawValue: 26)
  /// A version of the family's plan that was agreed (R26).
  public static let plan = RecordKind(rawValue: 27)
  /// A major change in the family's life that may repeat steps 2–7 (R36–R38).
  public static let majorChange = RecordKind(rawValue: 28)
  /// Children's discharge: their case could be closed (R44).
  public static let discharge = RecordKind(rawValue: 29)
  /// A note in free text.
  public static let note = RecordKind(rawValue: 30)
  /// A file: its bytes travel apart from the record.
  public static let attachment = RecordKind(rawValue: 31)

  // What gives and takes access. All governed.

  /// A consent to disclose: by whom, to whom, what, for what purpose, how long (GDPR art. 7; R12).
  public static let consent = RecordKind(rawValue: 40)
  /// Another legal basis than consent, invoked for a recipient.
  public static let ground = RecordKind(rawValue: 41)
  /// The release of records to one named parent (R19).
  public static let release = RecordKind(rawValue: 42)
  /// What is withheld from one person, whatever else gives access to it.
  public static let withholding = RecordKind(rawValue: 43)
  /// Whose data a record holds, of what type, and who alone may read it, decided anew.
  public static let reclassification = RecordKind(rawValue: 44)
  /// Who holds custody of whom, and so gives consent for her.
  public static let custody = RecordKind(rawValue: 45)
  /// Reading one case without taking part in it, for four hours and with a reason.
  public static let breakGlass = RecordKind(rawValue: 46)
  /// Address, school, whereabouts, meeting place or CPR number: closed to all but its audience.
  public static let protectedContact = RecordKind(rawValue: 47)
  /// An organisation's word that a person works for it. In the register.
  public static let vouching = RecordKind(rawValue: 48)
  /// What a legal basis allows, to whom, for how long. In the register.
  public static let legalBasis = RecordKind(rawValue: 49)
  /// Which roles reach an information type by the authority's own basis. In the register.
  public static let informationType = RecordKind(rawValue: 50)
  /// Up to which amount a role or person decides (R70). In the register.
  public static let authorityLimit = RecordKind(rawValue: 51)
  /// What of a case nobody is to have any more, by the word of two persons.
  public static let erasure = RecordKind(rawValue: 52)
  /// That a case goes to another tenant.
  public static let transfer = RecordKind(rawValue: 53)
  /// What of a case that came from another tenant holds here too.
  public static let arrival = RecordKind(rawValue: 54)

  // The whole course of a case.

  /// A version of a workflow (R59). In the register.
  public static let workflow = RecordKind(rawValue: 55)
  /// A step that a case takes (R59, R69).
  public static let step = RecordKind(rawValue: 56)
  /// A request for information (R18).
  public static let informationRequest = RecordKind(rawValue: 57)
  /// A follow-up meeting with the family (R34).
  public static let followUpMeeting = RecordKind(rawValue: 58)
  /// What a status meeting said about a case (R28, R29).
  public static let agendaItem = RecordKind(rawValue: 59)
  /// An intervention, proposed or running (R22, R75).
  public static let intervention = RecordKind(rawValue: 60)
  /// A formal decision (R23). Governed, so that the server orders it and holds its author to her authority.
  public static let decision = RecordKind(rawValue: 61)
  /// A decision's reasons, given once.
  public static let decisionReasons = RecordKind(rawValue: 62)
  /// A task (R56).
  public static let task = RecordKind(rawValue: 63)
  /// One payer's share of an intervention (R74).
  public static let fundingShare = RecordKind(rawValue: 64)
  /// One answer to a survey (R65–R67).
  public static let surveyResponse = RecordKind(rawValue: 65)
  /// What left the system on paper or in a file.
  public static let disclosure = RecordKind(rawValue: 66)
  /// How a semantic conflict was settled.
  public static let settlement = RecordKind(rawValue: 67)
  /// A training day of the core team (R64). In the register.
  public static let trainingDay = RecordKind(rawValue: 68)
  /// A time in which the work stood still (R64). In the register.
  public static let interruption = RecordKind(rawValue: 69)
  /// What is aimed at (R64). In the register.
  public static let target = RecordKind(rawValue: 70)
  /// What of the register nobody is to have any more, by the word of two persons. Governed. In the register.
  public static let registerErasure = RecordKind(rawValue: 71)

  /// Orders kinds by number, the tenant register first.
  public static func < (left: RecordKind, right: RecordKind) -> Bool { left.rawValue < right.rawValue }
}
