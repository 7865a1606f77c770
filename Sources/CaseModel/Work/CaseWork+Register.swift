public import CRDT

/// Records of the tenant register.
extension CaseWork {
  /// Records a person who takes part in case work or is named in it.
  public static func person(
    id: Identifier, name: String, title: String? = nil, organisation: Identifier? = nil,
    legalArea: String? = nil
  ) -> RecordDraft {
    var person = RecordDraft.new(.person, id: id, in: nil, about: [id])
    person.write(Field.Person.name, name)
    person.write(Field.Person.title, title)
    person.write(Field.Person.organisation, organisation)
    person.write(Field.Person.legalArea, legalArea)
    return person
  }

  /// Records an organisation.
  public static func organisation(id: Identifier, name: String, sort: String? = nil) -> RecordDraft {
    var organisation = RecordDraft.new(.organisation, id: id, in: nil)
    organisation.write(Field.Organisation.name, name)
    organisation.write(Field.Organisation.sort, sort)
    return organisation
  }

  /// Records a team (R45).
  public static func team(id: Identifier, name: String, members: [Identifier]) -> RecordDraft {
    var team = RecordDraft.new(.team, id: id, in: nil)
    team.write(Field.Team.name, name)
    team.add(Field.Team.members, members)
    return team
  }

  /// Records that the core team held a status meeting (R27). It names no case: who was discussed stands in
  /// the cases.
  public static func statusMeeting(
    id: Identifier, team: Identifier? = nil, attendees: [String] = [], on day: CalendarDay
  ) -> RecordDraft {
    var meeting = RecordDraft.new(.statusMeeting, id: id, in: nil)
    meeting.write(Field.StatusMeeting.heldOn, day)
    meeting.write(Field.StatusMeeting.team, team)
    meeting.add(Field.StatusMeeting.attendees, attendees)
    return meeting
  }
}
