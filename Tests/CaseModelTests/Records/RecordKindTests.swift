import CRDT
import CaseModel
import Testing

@Suite struct RecordKindTests {
  /// Numbers are given once; whoever changes one here breaks records that exist.
  @Test func numbersStayAsGiven() {
    let numbers = RecordKind.definitions.map { "\($0.kind.rawValue) \($0.name)" }
    #expect(
      numbers == [
        "1 person", "2 organisation", "3 team", "4 status_meeting", "10 case", "11 inquiry", "12 eligibility",
        "13 offer", "14 enrolment", "15 allocation", "16 participant", "17 child", "18 relative",
        "19 assessment", "20 assessment_meeting", "21 analysis_meeting", "22 goal", "23 contact",
        "24 external_update", "25 triage", "26 update_receipt", "27 plan", "28 major_change", "29 discharge",
        "30 note", "31 attachment", "40 consent", "41 ground", "42 release", "43 withholding",
        "44 reclassification", "45 custody", "46 break_glass", "47 protected_contact", "48 vouching",
        "49 legal_basis", "50 information_type", "51 authority_limit",
        "52 erasure", "53 transfer", "54 arrival", "55 workflow", "56 step",
        "57 information_request", "58 follow_up_meeting", "59 agenda_item", "60 intervention", "61 decision",
        "62 decision_reasons", "63 task", "64 funding_share", "65 survey_response", "66 disclosure",
        "67 settlement", "68 training_day", "69 interruption", "70 target",
        "71 register_erasure",
      ])
  }

  @Test(arguments: RecordKind.definitions)
  func definitionIsSound(_ definition: RecordKind.Definition) {
    #expect(definition.kind.definition == definition)
    #expect(RecordKind(name: definition.name) == definition.kind)
    #expect(definition.fields.map(\.id.rawValue) == (1...UInt32(definition.fields.count)).map { $0 })
    #expect(Set(definition.fields.map(\.name)).count == definition.fields.count)
    for field in definition.fields {
      #expect(definition.field(field.id) == field)
      #expect(definition.field(named: field.name) == field)
      #expect(field.kind != .arbitrated || definition.isGoverned)
      #expect([.register, .set, .text, .rank, .arbitrated].contains(field.kind))
    }
  }

  /// Leaders see names, steps and days of every case, and no free text.
  @Test func milestonesHoldNoFreeText() {
    for definition in RecordKind.definitions where definition.isMilestone {
      #expect(!definition.fields.contains { $0.valueType == .text }, "\(definition.name)")
      #expect(definition.home == .caseFile)
    }
    let content: Set<RecordKind> = [
      .relative, .assessment, .goal, .contact, .triage, .plan, .majorChange, .note,
      .attachment, .protectedContact, .agendaItem, .intervention, .decisionReasons, .task, .fundingShare,
      .settlement,
    ]
    let milestones = RecordKind.definitions.filter { $0.home == .caseFile && !$0.isMilestone }
    #expect(Set(milestones.map(\.kind)) == content)
  }

  @Test func unknownKindsAreNothing() {
    let unknown = RecordKind(rawValue: 9_999)
    #expect(unknown.definition == nil)
    #expect(unknown.home == nil)
    #expect(!unknown.isMilestone && !unknown.isGoverned)
    #expect(RecordKind(name: "unheard_of") == nil)
  }

  @Test func informationTypesAndRolesHaveNames() {
    for (type, name) in InformationType.names { #expect(InformationType(name: name) == type) }
    for (role, name) in Role.names { #expect(Role(name: name) == role && role.name == name) }
    #expect(InformationType(rawValue: 999).name == nil)
    #expect(Role(name: "king") == nil)
  }
}
