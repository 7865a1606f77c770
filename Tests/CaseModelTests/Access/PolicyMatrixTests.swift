import CRDT
import CaseModel
import Testing

/// Role in the tenant × part in the case × kind × action, as a table that the eye can check.
@Suite struct PolicyMatrixTests {
  /// `end` is a participation as core-team member (for a reporter: as reporter) that has ended; `-` is none.
  static let table = """
    tenant      part        | register head steps allocation discharge people milestone content update receipt
    leader      -           | rcw      r    rcw   rcw        rcw       rcw    r         -       -      -
    leader      leader      | rcw      rw   rcw   rcw        rcw       rcw    rcw       rcw     r      rcw
    leader      coordinator | rcw      rw   rcw   rcw        rcw       rcw    rcw       rcw     r      rcw
    leader      core        | rcw      rw   rcw   rcw        rcw       rcw    rcw       rcw     -      -
    leader      reporter    | rcw      r    rcw   rcw        rcw       rcw    r         -       rc     r
    leader      end         | rcw      r    rcw   rcw        rcw       rcw    r         -       -      -
    coordinator -           | rcw      -    -     -          -         -      -         -       -      -
    coordinator leader      | rcw      -    -     -          -         -      -         -       -      -
    coordinator coordinator | rcw      rw   rcw   r          r         rcw    rcw       rcw     r      rcw
    coordinator core        | rcw      rw   rcw   r          r         r      rcw       rcw     -      -
    coordinator reporter    | rcw      -    -     -          -         -      -         -       rc     r
    coordinator end         | rcw      -    -     -          -         -      -         -       -      -
    core        -           | rcw      -    -     -          -         -      -         -       -      -
    core        leader      | rcw      -    -     -          -         -      -         -       -      -
    core        coordinator | rcw      -    -     -          -         -      -         -       -      -
    core        core        | rcw      rw   rcw   r          r         r      rcw       rcw     -      -
    core        reporter    | rcw      -    -     -          -         -      -         -       rc     r
    core        end         | rcw      -    -     -          -         -      -         -       -      -
    reporter    -           | -        -    -     -          -         -      -         -       -      -
    reporter    leader      | -        -    -     -          -         -      -         -       -      -
    reporter    coordinator | -        -    -     -          -         -      -         -       -      -
    reporter    core        | -        -    -     -          -         -      -         -       -      -
    reporter    reporter    | -        -    -     -          -         -      -         -       rc     r
    reporter    end         | -        -    -     -          -         -      -         -       -      -
    none        coordinator | -        -    -     -          -         -      -         -       -      -
    none        reporter    | -        -    -     -          -         -      -         -       -      -
    none        -           | -        -    -     -          -         -      -         -       -      -
    """

  static let columns: [(name: Substring, kinds: [RecordKind])] = [
    ("register", [.person, .organisation, .team, .statusMeeting]), ("head", [.case]),
    ("steps", [.inquiry, .eligibility, .offer, .enrolment]), ("allocation", [.allocation]),
    ("discharge", [.discharge]), ("people", [.participant]),
    ("milestone", [.child, .assessmentMeeting, .analysisMeeting]),
    ("content", [.relative, .assessment, .goal, .contact, .triage, .plan, .majorChange, .note, .attachment]),
    ("update", [.externalUpdate]), ("receipt", [.updateReceipt]),
  ]

  static let roles: [Substring: Role] = [
    "leader": .leader, "coordinator": .familyCoordinator, "core": .coreTeam, "reporter": .externalReporter,
  ]

  @Test func theTableNamesEveryKind() {
    #expect(Set(Self.columns.flatMap(\.kinds)) == Set(RecordKind.definitions.map(\.kind)))
    #expect(
      Self.table.split(separator: "\n")[0].split { $0 == " " }.dropFirst(3) == Self.columns.map(\.name)[...])
  }

  @Test(arguments: table.split(separator: "\n").dropFirst().map(String.init))
  func rightsAreAsTheTableSays(_ row: String) throws {
    let cells = row.split { $0 == " " || $0 == "|" }
    try #require(cells.count == 2 + Self.columns.count)
    let (tenant, part) = (cells[0], cells[1])
    var world = PolicyWorld()
    world.setRole(Self.roles[tenant], of: PolicyWorld.subject)
    var alias = PolicyWorld.othersAlias
    if part == "reporter" || (tenant == "reporter" && part == "end") {
      alias = PolicyWorld.ownAlias
      world.add(PolicyWorld.subjectRecord, PolicyWorld.subject, .externalReporter, alias: alias)
    } else if part != "-" {
      world.add(PolicyWorld.subjectRecord, PolicyWorld.subject, Self.roles[part] ?? .coreTeam)
    }
    if part == "end" { world.end(PolicyWorld.subjectRecord) }
    for (cell, column) in zip(cells.dropFirst(2), Self.columns) {
      for kind in column.kinds {
        let rights = world.rights(of: PolicyWorld.subject, on: kind, alias: alias)
        #expect(rights == cell, "\(kind.definition?.name ?? ""): \(row)")
      }
    }
  }
}
