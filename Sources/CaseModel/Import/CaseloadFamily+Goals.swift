import CRDT

/// Assessment meetings and plans, and the goals that come of them.
///
/// Several events speak of one goal: its title in the family is the goal's name. Each event is a change of
/// its own, so that the history shows how the ranks moved. An event that was imported before changes nothing
/// again.
extension CaseloadFamily {
  mutating func addAssessment(
    _ named: CaseloadImport.Named, _ participants: [String], _ notes: [ICSDomain: String],
    _ priorities: [String], _ expected: String?
  ) {
    let day = named.event.day
    let id = identify(named.key)
    guard !existing.contains(id) else { return }
    let persons = participants.compactMap { person($0, on: day) }
    add(
      CaseWork.assessmentMeeting(
        id: id, in: caseID, about: about, participants: persons, attendees: participants, on: day))
    if !notes.isEmpty {
      add(
        CaseWork.assessment(
          id: identify(named.key + "/notes"), in: caseID, about: about,
          notes: notes.mapValues { ICSNotes(notes: $0) }, assessors: persons, on: day))
    }
    for (index, title) in priorities.enumerated() {
      addGoal(title, familyRank: index + 1, teamRank: title == expected ? 1 : nil, day)
    }
    if let expected, !priorities.contains(expected) { addGoal(expected, teamRank: 1, day) }
  }

  mutating func addPlan(
    _ id: Identifier, _ version: Int?, _ goals: [CaseloadEvent.Goal], _ day: CalendarDay
  ) {
    guard !existing.contains(id) else { return }
    add(CaseWork.plan(id: id, in: caseID, about: about, version: version, on: day))
    for goal in goals {
      addGoal(goal.title, familyRank: goal.familyRank, plan: id, actors: goal.actors, day)
    }
  }

  private mutating func addGoal(
    _ title: String, familyRank: Int? = nil, teamRank: Int? = nil, plan: Identifier? = nil,
    actors: [String] = [], _ day: CalendarDay
  ) {
    let id = goalID(title)
    var goal = RecordDraft.new(.goal, id: id, in: caseID, about: about)
    if !isCreated(id) {
      goal = CaseWork.goal(id: id, in: caseID, about: about, title: title, on: day)
    }
    goal.write(Field.Goal.familyRank, familyRank)
    goal.write(Field.Goal.teamRank, teamRank)
    goal.write(Field.Goal.plan, plan)
    goal.add(Field.Goal.actors, actors)
    addOrChange(goal)
  }
}
