public import CRDT

/// Assessment, analysis and what comes of them.
extension CaseWork {
  /// Records assessment notes in the domains and dimensions of ICS (R53).
  public static func assessment(
    id: Identifier, in caseID: Identifier, about: [Identifier] = [], notes: [ICSDomain: ICSNotes] = [:],
    dimensions: [ICSDimension: ICSNotes] = [:], assessors: [Identifier] = [], child: Identifier? = nil,
    on day: CalendarDay
  ) -> RecordDraft {
    var draft = RecordDraft.new(.assessment, id: id, in: caseID, about: about)
    draft.write(Field.Assessment.heldOn, day)
    draft.add(Field.Assessment.assessors, assessors)
    draft.write(Field.Assessment.child, child)
    write(notes, dimensions, to: &draft)
    return draft
  }

  /// Writes more into assessment notes, one domain or dimension or several; what is not given stays.
  /// Assessors are added to those who are there (R6).
  public static func annotate(
    _ assessment: CaseRecord, notes: [ICSDomain: ICSNotes] = [:],
    dimensions: [ICSDimension: ICSNotes] = [:], assessors: [Identifier] = []
  ) -> RecordDraft {
    var change = RecordDraft.change(assessment)
    let known = assessment.identifiers(Field.Assessment.assessors)
    change.add(Field.Assessment.assessors, assessors.filter { !known.contains($0) })
    write(notes, dimensions, to: &change)
    return change
  }

  /// Records that an assessment meeting was held (R5–R8).
  public static func assessmentMeeting(
    id: Identifier, in caseID: Identifier, about: [Identifier] = [], participants: [Identifier] = [],
    attendees: [String] = [], on day: CalendarDay
  ) -> RecordDraft {
    var meeting = RecordDraft.new(.assessmentMeeting, id: id, in: caseID, about: about)
    meeting.write(Field.AssessmentMeeting.heldOn, day)
    meeting.add(Field.AssessmentMeeting.participants, participants)
    meeting.add(Field.AssessmentMeeting.attendees, attendees)
    return meeting
  }

  /// Records that an analysis meeting was held, with the parents or without them (R13, R21).
  public static func analysisMeeting(
    id: Identifier, in caseID: Identifier, about: [Identifier] = [], withParents: Bool?,
    participants: [Identifier] = [], attendees: [String] = [], on day: CalendarDay
  ) -> RecordDraft {
    var meeting = RecordDraft.new(.analysisMeeting, id: id, in: caseID, about: about)
    meeting.write(Field.AnalysisMeeting.heldOn, day)
    meeting.write(Field.AnalysisMeeting.withParents, withParents)
    meeting.add(Field.AnalysisMeeting.participants, participants)
    meeting.add(Field.AnalysisMeeting.attendees, attendees)
    return meeting
  }

  /// Sets a goal, with the family's rank and the one that the team had expected apart (R54, R55).
  public static func goal(
    id: Identifier, in caseID: Identifier, about: [Identifier] = [], title: String, familyRank: Int? = nil,
    teamRank: Int? = nil, plan: Identifier? = nil, actors: [String] = [], on day: CalendarDay
  ) -> RecordDraft {
    var goal = RecordDraft.new(.goal, id: id, in: caseID, about: about)
    goal.write(Field.Goal.title, title)
    goal.write(Field.Goal.familyRank, familyRank)
    goal.write(Field.Goal.teamRank, teamRank)
    goal.write(Field.Goal.plan, plan)
    goal.add(Field.Goal.actors, actors)
    goal.write(Field.Goal.status, Code.open)
    goal.write(Field.Goal.setOn, day)
    return goal
  }

  /// Ranks a goal anew; a rank that is not given stays.
  public static func rank(_ goal: CaseRecord, family: Int? = nil, team: Int? = nil) -> RecordDraft {
    var change = RecordDraft.change(goal)
    change.write(Field.Goal.familyRank, family)
    change.write(Field.Goal.teamRank, team)
    return change
  }

  /// Records that a version of the family's plan was agreed (R26); its goals name it.
  public static func plan(
    id: Identifier, in caseID: Identifier, about: [Identifier] = [], version: Int? = nil,
    text: String? = nil, on day: CalendarDay
  ) -> RecordDraft {
    var plan = RecordDraft.new(.plan, id: id, in: caseID, about: about)
    plan.write(Field.Plan.agreedOn, day)
    plan.write(Field.Plan.version, version)
    plan.write(Field.Plan.text, text)
    return plan
  }

  private static func write(
    _ notes: [ICSDomain: ICSNotes], _ dimensions: [ICSDimension: ICSNotes], to draft: inout RecordDraft
  ) {
    for domain in ICSDomain.allCases {
      guard let note = notes[domain] else { continue }
      draft.write(domain.fields.notes, note.notes)
      draft.write(domain.fields.resources, note.resources)
      draft.write(domain.fields.problems, note.problems)
    }
    for dimension in ICSDimension.allCases {
      guard let note = dimensions[dimension] else { continue }
      draft.write(dimension.fields.resources, note.resources)
      draft.write(dimension.fields.problems, note.problems)
    }
  }
}
