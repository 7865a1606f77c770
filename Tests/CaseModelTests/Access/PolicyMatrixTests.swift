import CRDT
import CaseModel
import Testing

/// Role in the tenant × part in the case × kind × action, as a table that the eye can check.
@Suite struct PolicyMatrixTests {
  /// Nobody consented to anything, and nothing is released.
  ///
  /// `end` is a participation as core-team member (for a reporter: as reporter) that has ended; `-` is none.
  static let table = """
    tenant   part     | reg head step alloc dis part mile text note talk upd rec grant base glass addr vou tab
    leader   -        | rcw r    rcw  rcw   rcw rcw  r    -    -    -    -   -   rcw   rcw  rcw   -    rcw rcw
    leader   leader   | rcw rw   rcw  rcw   rcw rcw  rcw  rcw  rcw  rcw  r   rcw rcw   rcw  rcw   c    rcw rcw
    leader   coord    | rcw rw   rcw  rcw   rcw rcw  rcw  rcw  rcw  rcw  r   rcw rcw   rcw  rcw   c    rcw rcw
    leader   core     | rcw rw   rcw  rcw   rcw rcw  rcw  rcw  rcw  rcw  -   -   rcw   rcw  rcw   rcw  rcw rcw
    leader   reporter | rcw r    rcw  rcw   rcw rcw  r    -    -    -    rc  r   rcw   rcw  rcw   -    rcw rcw
    leader   end      | rcw r    rcw  rcw   rcw rcw  r    -    -    -    -   -   rcw   rcw  rcw   -    rcw rcw
    leader   analysis | rcw r    rcw  rcw   rcw rcw  r    r    rc   rc   -   -   rcw   rcw  rcw   -    rcw rcw
    leader   parent   | rcw r    rcw  rcw   rcw rcw  r    -    c    -    -   -   rcw   rcw  rcw   c    rcw rcw
    coord    -        | rcw -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    rcw r
    coord    leader   | rcw -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    rcw r
    coord    coord    | rcw rw   rcw  r     r   rcw  rcw  rcw  rcw  rcw  r   rcw rcw   rcw  r     c    rcw r
    coord    core     | rcw rw   rcw  r     r   r    rcw  rcw  rcw  rcw  -   -   r     r    r     rcw  rcw r
    coord    reporter | rcw -    -    -     -   -    -    -    -    -    rc  r   -     -    -     -    rcw r
    coord    end      | rcw -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    rcw r
    core     -        | rcw -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    r   r
    core     leader   | rcw -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    r   r
    core     coord    | rcw -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    r   r
    core     core     | rcw rw   rcw  r     r   r    rcw  rcw  rcw  rcw  -   -   r     r    r     rcw  r   r
    core     reporter | rcw -    -    -     -   -    -    -    -    -    rc  r   -     -    -     -    r   r
    core     end      | rcw -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    r   r
    reporter -        | -   -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    -   -
    reporter leader   | -   -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    -   -
    reporter coord    | -   -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    -   -
    reporter core     | -   -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    -   -
    reporter reporter | -   -    -    -     -   -    -    -    -    -    rc  r   -     -    -     -    -   -
    reporter end      | -   -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    -   -
    analysis core     | -   -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    -   -
    analysis analysis | -   r    r    r     r   r    r    r    rc   rc   -   -   -     -    -     -    -   -
    analysis pro      | -   -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    -   -
    pro      -        | -   -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    -   -
    pro      core     | -   -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    -   -
    pro      pro      | -   -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    -   -
    pro      parent   | -   -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    -   -
    parent   -        | -   -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    -   -
    parent   parent   | -   -    -    -     -   -    -    -    c    -    -   -   -     -    -     c    -   -
    parent   reporter | -   -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    -   -
    officer  -        | -   r    -    r     -   r    -    -    -    -    -   -   r     r    r     -    r   r
    officer  leader   | -   r    -    r     -   r    -    -    -    -    -   -   r     r    r     -    r   r
    admin    -        | -   -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    -   -
    admin    leader   | -   -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    -   -
    none     coord    | -   -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    -   -
    none     reporter | -   -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    -   -
    none     -        | -   -    -    -     -   -    -    -    -    -    -   -   -     -    -     -    -   -
    """

  /// The same for what came later: decisions, workflows, the reasons of decisions, and persons.
  static let laterTable = """
    tenant   part     | dec flow why per
    leader   -        | rcw rc   -  rcw
    leader   leader   | rcw rc   rc rcw
    leader   coord    | rcw rc   rc rcw
    leader   core     | rcw rc   rc rcw
    leader   reporter | rcw rc   -  rcw
    leader   end      | rcw rc   -  rcw
    leader   analysis | rcw rc   r  rcw
    leader   parent   | rcw rc   -  rcw
    coord    -        | -   r    -  rcw
    coord    leader   | -   r    -  rcw
    coord    coord    | rcw r    rc rcw
    coord    core     | rcw r    rc rcw
    coord    reporter | -   r    -  rcw
    coord    end      | -   r    -  rcw
    core     -        | -   r    -  rcw
    core     leader   | -   r    -  rcw
    core     coord    | -   r    -  rcw
    core     core     | rcw r    rc rcw
    core     reporter | -   r    -  rcw
    core     end      | -   r    -  rcw
    reporter -        | -   -    -  -
    reporter leader   | -   -    -  -
    reporter coord    | -   -    -  -
    reporter core     | -   -    -  -
    reporter reporter | -   -    -  -
    reporter end      | -   -    -  -
    analysis core     | -   -    -  -
    analysis analysis | -   -    r  -
    analysis pro      | -   -    -  -
    pro      -        | -   -    -  -
    pro      core     | -   -    -  -
    pro      pro      | -   -    -  -
    pro      parent   | -   -    -  -
    parent   -        | -   -    -  -
    parent   parent   | -   -    -  -
    parent   reporter | -   -    -  -
    officer  -        | r   -    -  r
    officer  leader   | r   -    -  r
    admin    -        | -   -    -  -
    admin    leader   | -   -    -  -
    none     coord    | -   -    -  -
    none     reporter | -   -    -  -
    none     -        | -   -    -  -
    """

  static let columns: [(name: Substring, kinds: [RecordKind])] = [
    ("reg", [.organisation, .team, .statusMeeting, .trainingDay, .interruption, .target]),
    ("head", [.case]),
    ("step", [.inquiry, .eligibility, .offer, .enrolment]), ("alloc", [.allocation]),
    ("dis", [.discharge]), ("part", [.participant]),
    (
      "mile",
      [
        .child, .assessmentMeeting, .analysisMeeting, .step, .informationRequest, .followUpMeeting,
        .surveyResponse, .disclosure,
      ]
    ),
    (
      "text",
      [
        .relative, .assessment, .goal, .triage, .plan, .majorChange, .agendaItem, .intervention, .task,
        .fundingShare, .settlement,
      ]
    ), ("note", [.note, .attachment]),
    ("talk", [.contact]), ("upd", [.externalUpdate]), ("rec", [.updateReceipt]),
    ("grant", [.consent, .release, .withholding, .reclassification, .custody, .erasure]),
    ("base", [.ground]),
    ("glass", [.breakGlass, .transfer, .arrival]), ("addr", [.protectedContact]),
    ("vou", [.vouching, .registerErasure]),
    ("tab", [.legalBasis, .informationType, .authorityLimit]),
  ]

  static let laterColumns: [(name: Substring, kinds: [RecordKind])] = [
    ("dec", [.decision]), ("flow", [.workflow]), ("why", [.decisionReasons]), ("per", [.person]),
  ]

  static let roles: [Substring: Role] = [
    "leader": .leader, "coord": .familyCoordinator, "core": .coreTeam, "reporter": .externalReporter,
    "analysis": .analysisTeam, "pro": .involvedProfessional, "parent": .parent,
    "officer": .dataProtectionOfficer, "admin": .administrator,
  ]

  @Test func theTablesNameEveryKind() {
    let named = (Self.columns + Self.laterColumns).flatMap(\.kinds)
    #expect(Set(named) == Set(RecordKind.definitions.map(\.kind)))
    for (table, columns) in [(Self.table, Self.columns), (Self.laterTable, Self.laterColumns)] {
      #expect(table.split(separator: "\n")[0].split { $0 == " " }.dropFirst(3) == columns.map(\.name)[...])
    }
  }

  @Test(arguments: table.split(separator: "\n").dropFirst().map(String.init))
  func rightsAreAsTheTableSays(_ row: String) throws { try check(row, Self.columns) }

  @Test(arguments: laterTable.split(separator: "\n").dropFirst().map(String.init))
  func rightsAreAsTheLaterTableSays(_ row: String) throws { try check(row, Self.laterColumns) }

  /// Who decides complaints about decisions by a law is the one thing of a legal basis that leaders say
  /// later.
  @Test func leadersAloneSayLaterWhoDecidesComplaints() throws {
    var world = PolicyWorld.governed
    let basis = try #require(world.ledger[PolicyWorld.standing(.legalBasis)])
    let draft = CaseWork.complaints(about: basis, to: "Ankestyrelsen")
    for (name, role) in Self.roles {
      world.setRole(role, of: PolicyWorld.subject)
      #expect(world.verdict(PolicyWorld.subject, draft).isAllowed == (role == .leader), "\(name)")
    }
    for (field, value, rule) in [
      (Field.LegalBasis.complaintBody, Value.text(""), AccessRule.malformed),
      (Field.LegalBasis.complaintBody, .integer(1), .malformed),
      (Field.LegalBasis.daysMax, .integer(900), .givenOnce), (Field.LegalBasis.code, .text("x"), .givenOnce),
    ] {
      var other = RecordDraft.change(basis)
      other.operations = [CRDT.Operation(field: field.id, action: .decide(value))]
      #expect(world.verdict(PolicyWorld.opener, other).rule == rule, "\(field.name)")
    }
  }

  private func check(_ row: String, _ columns: [(name: Substring, kinds: [RecordKind])]) throws {
    let cells = row.split { $0 == " " || $0 == "|" }
    try #require(cells.count == 2 + columns.count)
    let (tenant, part) = (cells[0], cells[1])
    var world = PolicyWorld.governed
    world.setRole(Self.roles[tenant], of: PolicyWorld.subject)
    var alias = PolicyWorld.othersAlias
    if part == "reporter" || (tenant == "reporter" && part == "end") {
      alias = PolicyWorld.ownAlias
      world.add(PolicyWorld.subjectRecord, PolicyWorld.subject, .externalReporter, alias: alias)
    } else if part != "-" {
      world.add(
        PolicyWorld.subjectRecord, PolicyWorld.subject, Self.roles[part] ?? .coreTeam,
        organisation: part == "pro" ? PolicyWorld.organisation : nil)
    }
    if part == "end" { world.end(PolicyWorld.subjectRecord) }
    for (cell, column) in zip(cells.dropFirst(2), columns) {
      for kind in column.kinds {
        let rights = world.rights(of: PolicyWorld.subject, on: kind, alias: alias)
        #expect(rights == cell, "\(kind.definition?.name ?? ""): \(row)")
      }
    }
  }
}
