import CRDT
import CaseModel
import Testing

/// What of a decision is issued when changes came back after a server was set back without its ledger, by
/// authors who had not seen what stands (R23).
@Suite struct DecisionComesBackTests {
  private typealias World = PolicyWorld
  private static let decision = Identifier(900)
  private static let second = Identifier(20)

  /// A prepared decision with reasons; the subject and the second one lead and decide on grants up to 10.
  private func world(outcome: String = Code.refused) throws -> World {
    var world = World()
    world.now = 1_000_000
    for (place, leader) in [World.subject, Self.second].enumerated() {
      world.setRole(.leader, of: leader)
      let id = Identifier(910 + UInt64(place))
      world.write(CaseWork.authorityLimit(id: id, person: leader, matter: "grant", amount: 10))
      world.write(CaseWork.confirm(try #require(world.ledger[id]), by: World.member), by: World.member)
    }
    let decision = CaseWork.decision(
      id: Self.decision, in: World.caseID, matter: "grant", amount: 5, outcome: outcome)
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

  /// What came back after the issue, by somebody who had not seen it, is not what was issued: as long as it
  /// stands nobody has issued the decision, and whoever issues it anew has seen it.
  @Test func whatStandsByAnotherChangeThanTheIssueIsNotIssued() throws {
    for field in [Field.Decision.outcome, Field.Decision.amount, Field.Decision.intervention] {
      var world = try world(outcome: Code.refused)
      world.write(try issue(world, by: World.subject), by: World.subject)
      #expect(try record(world).issuer == World.subject)
      let value: Value = field.valueType == .code ? .text(Code.granted) : .integer(7)
      var back = RecordDraft.change(try record(world))
      back.operations = [CRDT.Operation(field: field.id, action: .decide(value))]
      world.bringBack(back, by: World.member)
      let mixed = try record(world)
      #expect(mixed.value(field) == value && mixed.identifier(Field.Decision.issuedBy) == World.subject)
      #expect(!mixed.isIssued && mixed.mustBeIssuedAgain && mixed.issuedOn == nil, "\(field.name)")
      #expect(ComplaintPeriod(of: mixed) == nil)
      let stock = CaseStock(records: world.ledger.all)
      #expect(stock.standing(of: mixed, at: 0) == .issueAgain)
      let delivery = CaseWork.deliver(decision: mixed, form: "letter", on: .on("2020-01-03"))
      #expect(world.verdict(World.member, delivery).rule == .malformed, "nothing was issued")
      let again = try issue(world, by: World.subject)
      #expect(world.verdict(World.subject, again).isAllowed)
      world.write(again, by: World.subject)
      let issued = try record(world)
      #expect(issued.isIssued && !issued.mustBeIssuedAgain && issued.value(field) == value)
      #expect(world.verdict(World.subject, again).rule == .givenOnce)
    }
  }

  /// Of two issues that both came back, one is shown, with all that it says.
  @Test func ofTwoIssuesThatComeBackOneHolds() throws {
    var world = try world(outcome: Code.refused)
    let issue = CaseWork.issue(
      decision: try record(world), by: World.subject, on: .on("2020-01-02"),
      complaintUntil: .on("2020-01-30"), complaintBody: "Nævnet")
    world.write(issue, by: World.subject)
    var other = CaseWork.issue(
      decision: try record(world), by: Self.second, on: .on("2020-01-03"), complaintUntil: .on("2020-02-03"))
    other.operations.removeAll { $0.field == Field.Decision.outcome.id }
    other.write(Field.Decision.outcome, Code.granted)
    world.bringBack(other, by: Self.second)
    let record = try record(world)
    #expect(record.issuer == Self.second && record.issuedOn == .on("2020-01-03"))
    #expect(record.text(Field.Decision.outcome) == Code.granted)
    // What the other issue told is not told with this one.
    #expect(record.text(Field.Decision.complaintBody) == "Nævnet" && record.complaintBody == nil)
  }

  /// What is written once it is issued disturbs nothing.
  @Test func whatFollowsTheIssueLeavesItIssued() throws {
    var world = try world()
    world.write(try issue(world, by: World.subject), by: World.subject)
    world.write(
      CaseWork.deliver(decision: try record(world), form: "letter", on: .on("2020-01-03")), by: World.member)
    world.write(CaseWork.explain(decision: try record(world), on: .on("2020-01-04")), by: World.member)
    #expect(try record(world).isIssued)
    world.write(CaseWork.withdraw(decision: try record(world)), by: World.opener)
    let withdrawn = try record(world)
    #expect(withdrawn.isIssued && withdrawn.hasElements(Field.Decision.withdrawn))
  }

  /// Whatever comes back, the slow policy says the same of what may be written then.
  @Test func theSlowPolicySaysTheSameOfWhatCameBack() throws {
    let roles: [Identifier: Role] = [
      World.opener: .leader, World.subject: .leader, Self.second: .leader, World.member: .coreTeam,
      World.reporter: .externalReporter,
    ]
    var reissued = 0
    var denied = 0
    for seed in 0..<120 {
      var random = SplitMix64(seed: UInt64(seed))
      var world = try world(outcome: random.pick([Code.refused, Code.granted]))
      for step in 0..<14 {
        let before = try record(world)
        let person = random.pick([World.opener, World.subject, World.subject, Self.second, World.member])
        let draft = try draft(world, by: person, using: &random)
        let verdict = world.verdict(person, draft)
        let expected = SlowPolicy(roles: roles, everything: world.ledger.all).verdict(
          person, draft.action,
          draft.reference(creator: world.ledger[draft.id]?.creator ?? person, receivedAt: 0), at: 0)
        #expect(verdict == expected, "seed \(seed) step \(step) \(person.low) \(draft.operations)")
        if random.chance(35) {
          world.bringBack(draft, by: person)
        } else if verdict.isAllowed {
          world.write(draft, by: person)
          let isIssued = try record(world).isIssued
          if before.mustBeIssuedAgain, isIssued { reissued += 1 }
          #expect(!before.isIssued || isIssued, "what is allowed takes no issue back")
        } else {
          denied += 1
        }
      }
    }
    #expect(reissued > 20 && denied > 100, "\(reissued) \(denied)")
  }

  private func draft(
    _ world: World, by person: Identifier, using random: inout SplitMix64
  ) throws -> RecordDraft {
    let standing = try record(world)
    var change = RecordDraft.change(standing)
    switch random.below(6) {
    case 0, 1: return try issue(world, by: person)
    case 2: change.write(Field.Decision.amount, random.below(12))
    case 3: change.write(Field.Decision.outcome, random.pick([Code.refused, Code.granted]))
    case 4: return CaseWork.deliver(decision: standing, form: "letter", on: .on("2020-01-03"))
    default: change.write(Field.Decision.intervention, Identifier(UInt64(40 + random.below(2))))
    }
    return change
  }
}
