import CRDT
import CaseModel
import Testing

/// Who issues a decision, up to which amount, once (R23, R70).
@Suite struct DecisionPolicyTests {
  private typealias World = PolicyWorld
  private static let decision = Identifier(900)
  private static let second = Identifier(20)

  /// The subject leads and decides on grants up to 10, by the word of another leader.
  private func world(
    amount: Int = 5, matter: String = "grant", outcome: String? = nil
  ) throws -> World {
    var world = World()
    world.setRole(.leader, of: World.subject)
    world.setRole(.leader, of: Self.second)
    let limit = CaseWork.authorityLimit(
      id: Identifier(901), person: World.subject, matter: "grant", amount: 10)
    world.write(limit, by: Self.second)
    world.write(
      CaseWork.confirm(try #require(world.ledger[limit.id]), by: World.opener), by: World.opener)
    let decision = CaseWork.decision(
      id: Self.decision, in: World.caseID, matter: matter, amount: amount, outcome: outcome)
    for draft in CaseWork.reasons(id: Identifier(902), for: decision, "so", on: .on("2020-01-01")) {
      world.write(draft, by: World.member)
    }
    return world
  }

  private func record(_ world: World) throws -> CaseRecord { try #require(world.ledger[Self.decision]) }

  private func issue(_ world: World, by person: Identifier) throws -> RecordDraft {
    CaseWork.issue(
      decision: try record(world), by: person, on: .on("2020-01-02"), complaintUntil: .on("2020-01-30"))
  }

  @Test func whoHasTheAuthorityIssuesOnce() throws {
    var world = try world()
    #expect(world.verdict(World.subject, try issue(world, by: World.subject)).isAllowed)
    #expect(world.verdict(World.subject, try issue(world, by: World.opener)).rule == .malformed)
    #expect(world.verdict(World.member, try issue(world, by: World.member)).rule == .beyondAuthority)
    #expect(world.verdict(World.opener, try issue(world, by: World.opener)).rule == .beyondAuthority)
    world.write(try issue(world, by: World.subject), by: World.subject)
    #expect(world.verdict(World.subject, try issue(world, by: World.subject)).rule == .givenOnce)
    for field in [Field.Decision.amount, Field.Decision.outcome, Field.Decision.legalBasis] {
      var change = RecordDraft.change(try record(world))
      change.write(field, 1)
      #expect(world.verdict(World.subject, change).rule == .givenOnce, "\(field.name)")
    }
    let delivered = CaseWork.deliver(decision: try record(world), form: "letter", on: .on("2020-01-03"))
    #expect(world.verdict(World.member, delivered).isAllowed)
    let withdrawn = CaseWork.withdraw(decision: try record(world))
    #expect(world.verdict(World.member, withdrawn).rule == .roleInsufficient)
    #expect(world.verdict(World.opener, withdrawn).isAllowed)
  }

  /// What is issued is what stood before: nobody raises the amount in the act that issues it.
  @Test func nobodyChangesWhatHeIssuesInOneAct() throws {
    let world = try world()
    for (field, value) in [
      (Field.Decision.amount, Value.integer(1_000_000)), (Field.Decision.matter, .text("other")),
      (Field.Decision.reasons, .identifier(Identifier(7))),
    ] {
      for isFirst in [true, false] {
        var draft = try issue(world, by: World.subject)
        let change = CRDT.Operation(field: field.id, action: .decide(value))
        draft.operations.insert(change, at: isFirst ? 0 : draft.operations.count)
        #expect(world.verdict(World.subject, draft).rule == .malformed, "\(field.name)")
      }
    }
  }

  /// Who issues says what she issues: all that stands, or it is refused.
  @Test func whoIssuesHasSeenWhatStands() throws {
    var world = try world()
    let issue = try issue(world, by: World.subject)
    var change = RecordDraft.change(try record(world))
    change.write(Field.Decision.amount, 6)
    world.write(change, by: World.member)
    #expect(world.verdict(World.subject, issue).rule == .malformed, "another amount stands")
    var less = try self.issue(world, by: World.subject)
    less.operations.removeAll { $0.field == Field.Decision.reasons.id }
    #expect(world.verdict(World.subject, less).rule == .malformed)
    // Twice the one is not the other.
    let amount = try #require(less.operations.first { $0.field == Field.Decision.amount.id })
    less.operations.append(amount)
    #expect(world.verdict(World.subject, less).rule == .malformed)
    #expect(world.verdict(World.subject, try self.issue(world, by: World.subject)).isAllowed)
    // It is dated by who issues it, and by nobody else.
    for field in [Field.Decision.issuedOn, Field.Decision.complaintUntil] {
      var dated = RecordDraft.change(try record(world))
      dated.write(field, .on("2020-01-02"))
      #expect(world.verdict(World.member, dated).rule == .malformed, "\(field.name)")
    }
    // The words by which it was issued are there before.
    world.write(try self.issue(world, by: World.subject), by: World.subject)
    let late = RecordDraft.new(.decisionReasons, id: Identifier(902), in: World.caseID)
    #expect(world.verdict(World.member, late).rule == .givenOnce)
  }

  /// To refuse costs nothing, whatever was applied for, and is still for whom decides on the matter.
  @Test func aRefusalCostsNothingAndTakesAuthority() throws {
    let refusal = try world(amount: 1_000_000, outcome: Code.refused)
    #expect(refusal.verdict(World.subject, try issue(refusal, by: World.subject)).isAllowed)
    #expect(refusal.verdict(World.opener, try issue(refusal, by: World.opener)).rule == .beyondAuthority)
    let part = try world(amount: 1_000_000, outcome: Code.grantedInPart)
    #expect(part.verdict(World.subject, try issue(part, by: World.subject)).rule == .beyondAuthority)
    let other = try world(amount: 0, matter: "other", outcome: Code.refused)
    #expect(other.verdict(World.subject, try issue(other, by: World.subject)).rule == .beyondAuthority)
    // And what is refused is not made a grant in the act that issues it.
    var turned = try issue(refusal, by: World.subject)
    turned.operations.removeAll { $0.field == Field.Decision.outcome.id }
    turned.write(Field.Decision.outcome, Code.granted)
    #expect(refusal.verdict(World.subject, turned).rule == .malformed)
  }

  /// Who decides on complaints is told by whoever issues it, and by nobody before or after.
  @Test func theComplaintBodyIsWrittenWithTheIssue() throws {
    var world = try world()
    var before = RecordDraft.change(try record(world))
    before.write(Field.Decision.complaintBody, "X")
    #expect(world.verdict(World.member, before).rule == .malformed)
    let issue = CaseWork.issue(
      decision: try record(world), by: World.subject, on: .on("2020-01-02"),
      complaintUntil: .on("2020-01-30"), complaintBody: "Ankestyrelsen")
    #expect(world.verdict(World.subject, issue).isAllowed)
    world.write(issue, by: World.subject)
    var after = RecordDraft.change(try record(world))
    after.write(Field.Decision.complaintBody, "X")
    #expect(!world.verdict(World.subject, after).isAllowed)
    #expect(try record(world).text(Field.Decision.complaintBody) == "Ankestyrelsen")
  }

  /// Why something may be decided is opened with the decision to whom the plan is open, and not before.
  @Test func whatIsStillWeighedIsOpenedToNobodyOutside() throws {
    var world = try world()
    let (parent, analyst, reasons) = (Identifier(61), Identifier(62), Identifier(902))
    world.setRole(.parent, of: parent)
    world.setRole(.analysisTeam, of: analyst)
    world.setRole(.involvedProfessional, of: World.other)
    world.add(Identifier(910), parent, .parent)
    world.add(Identifier(911), analyst, .analysisTeam)
    world.add(Identifier(912), World.other, .involvedProfessional, organisation: World.organisation)
    world.write(
      CaseWork.vouching(
        id: Identifier(913), organisation: World.organisation, person: World.other, voucher: Self.second,
        from: 0, until: 1_000))
    world.write(
      CaseWork.custody(
        id: Identifier(914), in: World.caseID, of: World.child, holder: parent, source: "civil_register"))
    let plan = CaseWork.Disclosure(
      to: World.other, about: [World.child], types: [.plan], purpose: "coordination", from: 0, until: 1_000)
    world.write(
      CaseWork.consent(
        id: Identifier(915), in: World.caseID, plan, form: "written", evidence: World.record,
        signatures: [parent]))
    world.write(
      CaseWork.release(
        id: Identifier(916), in: World.caseID, to: parent, types: [.plan], about: [World.child]))
    let record = GroundTests.note(.plan, kind: .decisionReasons, creator: World.member, id: reasons)
    let note = GroundTests.note(.plan, creator: World.member)
    func rules(_ record: RecordReference) -> [AccessRule] {
      [parent, World.other, analyst, World.member].map { world.reads($0, record, at: 20).rule }
    }
    #expect(rules(note) == [.release, .consent, .analysisTeam, .participant])
    #expect(rules(record) == [.noGround, .noGround, .analysisTeam, .participant])
    world.write(try issue(world, by: World.subject), by: World.subject)
    #expect(rules(record) == [.release, .consent, .analysisTeam, .participant])
  }

  @Test func whatIsBeyondTheLimitOrHasNoReasonsIsNotIssued() throws {
    let large = try world(amount: 11)
    #expect(large.verdict(World.subject, try issue(large, by: World.subject)).rule == .beyondAuthority)
    var bare = try world()
    let other = CaseWork.decision(id: Identifier(903), in: World.caseID, matter: "grant", amount: 1)
    bare.write(other, by: World.member)
    let issue = CaseWork.issue(
      decision: try #require(bare.ledger[other.id]), by: World.subject, on: .on("2020-01-02"),
      complaintUntil: .on("2020-01-30"))
    #expect(bare.verdict(World.subject, issue).rule == .malformed)
    // Nor is one created issued.
    var created = CaseWork.decision(id: Identifier(904), in: World.caseID, matter: "grant", amount: 1)
    created.write(Field.Decision.issuedBy, World.subject)
    #expect(bare.verdict(World.subject, created).rule == .malformed)
    for field in [Field.Decision.issuedOn, Field.Decision.deliveredOn, Field.Decision.explainedOn] {
      var born = CaseWork.decision(id: Identifier(905), in: World.caseID, matter: "grant", amount: 1)
      born.write(field, .on("2020-01-02"))
      #expect(bare.verdict(World.member, born).rule == .malformed, "\(field.name)")
    }
  }
}
