/// What happened, by the name of the event.
extension CaseloadLineReader {
  /// Reads an event's content; `nil` for an event of a kind that this version does not know. Only what names
  /// something is required: events come in any order, and no step is.
  mutating func content(of event: String) throws(CaseloadError) -> CaseloadEvent.Content? {
    switch event {
    case "inquiry":
      return .inquiry(
        source: try string("source"), municipality: try string("municipality"), children: try children())
    case "eligibility":
      return .eligibility(
        rule: try string("rule"),
        answers: EligibilityAnswers(
          severalLaws: try boolean("several_laws"), dailyLifeAffected: try boolean("daily_life_affected")),
        laws: try strings("laws"), child: try string("child"))
    case "offered": return .offered
    case "declined": return .declined
    case "enrolled": return .enrolled(children: try strings("children"))
    case "allocated":
      return .allocated(coordinator: try string("coordinator"), team: try strings("team"))
    case "assessment_meeting":
      return .assessmentMeeting(
        participants: try strings("participants"), notes: try notes(),
        priorities: try strings("family_priorities"), teamExpectedFirst: try string("team_expected_first"))
    case "analysis_meeting":
      return .analysisMeeting(
        participants: try strings("participants"), withParents: try boolean("with_parents"))
    case "plan_agreed": return .planAgreed(version: try integer("version"), goals: try goals())
    case "family_contact":
      return .familyContact(form: try string("kind"), by: try string("by"), text: try string("text"))
    case "external_update":
      return .externalUpdate(
        sender: try string("sender"), urgency: try string("urgency"), text: try string("text"))
    case "major_change":
      return .majorChange(
        trigger: try string("trigger"), isConfirmed: try boolean("confirmed"), reason: try string("reason"))
    case "status_meeting": return .statusMeeting
    case "discharged":
      return .discharged(children: try strings("children"), reason: try string("reason"))
    default: return nil
    }
  }

  private mutating func children() throws(CaseloadError) -> [CaseloadEvent.Child] {
    var children: [CaseloadEvent.Child] = []
    for element in try elements("children") {
      if case .string(let name) = element {
        children.append(.init(name: name, born: nil))
        continue
      }
      var reader = try nested("children", element)
      let name = try reader.required("child", try reader.string("child"))
      children.append(.init(name: name, born: try reader.day("born")))
      finish(reader)
    }
    return children
  }

  private mutating func notes() throws(CaseloadError) -> [ICSDomain: String] {
    let value = take("ics")
    guard value != .null else { return [:] }
    var reader = try nested("ics", value)
    var notes: [ICSDomain: String] = [:]
    for domain in ICSDomain.allCases { notes[domain] = try reader.string(domain.rawValue) }
    finish(reader)
    return notes
  }

  private mutating func goals() throws(CaseloadError) -> [CaseloadEvent.Goal] {
    var goals: [CaseloadEvent.Goal] = []
    for element in try elements("goals") {
      var reader = try nested("goals", element)
      let title = try reader.required("goal", try reader.string("goal"))
      goals.append(
        .init(
          title: title, familyRank: try reader.integer("family_rank"), actors: try reader.strings("actors")))
      finish(reader)
    }
    return goals
  }
}
