import CRDT
import CaseModel
import Testing

/// How grants stand is how the policy takes them.
@Suite struct GrantStandingTests {
  typealias World = PolicyWorld
  static let mother = Identifier(61)
  static let father = Identifier(62)

  private func standing(_ world: World, _ id: Identifier, at instant: Int64 = 10) -> GrantStanding? {
    world.ledger[id].flatMap { CaseStock(records: world.ledger.all).standing(of: $0, at: instant) }
  }

  private func reads(_ world: World, at instant: Int64 = 10) -> Bool {
    may(World.other, .read, GroundTests.note(), at: instant, in: world.state).isAllowed
  }

  /// Two custody holders, of whom one signed.
  private func half() -> World {
    var world = GroundTests.world()
    world.write(
      CaseWork.custody(
        id: Identifier(9_410), in: World.caseID, of: World.child, holder: Self.father, source: "court"))
    world.write(GroundTests.consent())
    return world
  }

  private func signers(_ world: World, at instant: Int64 = 10) -> ConsentSigners? {
    world.ledger[Identifier(9_403)].flatMap {
      CaseStock(records: world.ledger.all).signers(of: $0, at: instant)
    }
  }

  /// In force means that it covers, and nothing else does.
  @Test func aConsentInForceIsOneThatCovers() throws {
    var world = half()
    let id = Identifier(9_403)
    #expect(standing(world, id) == .awaitsSignatures && !reads(world))
    #expect(signers(world)?.missing == [Self.father] && signers(world)?.signed == [Self.mother])
    let consent = try #require(world.ledger[id])
    world.write(CaseWork.sign(consent: consent, by: Self.father))
    #expect(standing(world, id) == .inForce && reads(world))
    #expect(standing(world, id, at: 4) == .notBegun && !reads(world, at: 4))
    // The mother's custody is over, the father's is not.
    let later = 60 * GroundTests.day
    #expect(standing(world, id, at: later) == .inForce && reads(world, at: later))
    let end = 1_000 * GroundTests.day
    #expect(standing(world, id, at: end) == .expired && !reads(world, at: end))
    world.write(CaseWork.withdraw(consent: try #require(world.ledger[id]), by: Self.mother))
    #expect(standing(world, id) == .withdrawn && !reads(world))
  }

  @Test func aConsentThatNobodyCouldGive() {
    var world = World()
    world.write(GroundTests.consent())
    #expect(standing(world, Identifier(9_403)) == .noGrantor)
    #expect(signers(world)?.subjectsWithoutGrantor == [World.child])
    let stock = CaseStock(records: world.ledger.all)
    let consent = world.ledger[Identifier(9_403)]
    #expect(consent.flatMap { stock.standing(of: $0, at: 10, knowingCustody: false) } == .undetermined)
  }

  /// A ground stands as long as it says, and no longer than its basis allows: one day here.
  @Test func aGroundStandsOnItsBasis() throws {
    var world = World()
    let id = World.standing(.ground)
    if let draft = world.governingDraft(.ground, id: id) { world.write(draft) }
    #expect(standing(world, id) == .basisNotInForce)
    if let draft = world.governingDraft(.legalBasis, id: World.standing(.legalBasis)) { world.write(draft) }
    #expect(standing(world, id) == .inForce && standing(world, id, at: 1_000) == .expired)
    let ground = try #require(world.ledger[id])
    world.write(try #require(CaseWork.end(governing: ground)))
    #expect(standing(world, id) == .ended)
  }

  @Test func everyGovernedKindStandsOrHasNoStanding() throws {
    var world = World.governed
    let stood: [RecordKind: GrantStanding] = [
      .release: .inForce, .withholding: .inForce, .reclassification: .inForce, .custody: .inForce,
      .breakGlass: .inForce, .vouching: .inForce, .legalBasis: .inForce, .informationType: .inForce,
      .authorityLimit: .awaitsConfirmation, .erasure: .awaitsConfirmation, .transfer: .awaitsConfirmation,
      .arrival: .inForce, .decision: .prepared, .registerErasure: .awaitsConfirmation,
    ]
    for (kind, wanted) in stood { #expect(standing(world, World.standing(kind)) == wanted, "\(kind)") }
    let limit = try #require(world.ledger[World.standing(.authorityLimit)])
    world.write(CaseWork.confirm(limit, by: World.member), by: World.member)
    #expect(standing(world, limit.id) == .inForce)
    let withholding = try #require(world.ledger[World.standing(.withholding)])
    world.write(CaseWork.lift(withholding: withholding))
    #expect(standing(world, withholding.id) == .ended)
    #expect(standing(world, World.standing(.breakGlass), at: CaseWork.breakGlassLength) == .expired)
    #expect(standing(world, World.caseID) == nil)
    let vouchings = CaseStock(records: world.ledger.all).vouchings(
      for: World.other, by: World.organisation, at: 10)
    #expect(vouchings.map(\.id) == [World.standing(.vouching)])
  }
}
