import CRDT
import CaseModel
import Testing

/// `may` against the slow policy, over random tenants and whatever happens in them.
@Suite struct PolicyModelTests {
  /// Every rule that decides on records. Invitations give no other.
  static let rules: Set<AccessRule> = [
    .registerStaff, .leaderRegister, .leaderStep, .caseOpening, .firstParticipant, .participant,
    .coordinatorParticipants, .aliasOwner, .aliasCoordinator, .coordinatorGoverning, .analysisTeam, .consent,
    .legalBasis, .release, .ownRecord, .grantor, .audience, .breakGlass, .oversight, .invoker, .leaderTables,
    .noAccount, .unknownKind, .misplaced, .roleInsufficient, .noParticipation, .notAliasOwner, .appendOnly,
    .leaderOnly, .selfGrant, .roleNotHeld, .aliasTaken, .caseExists, .unknownCase, .alreadyAllocated,
    .withheld, .protectedContact, .outsideAudience, .typeNotReached, .noGround, .notVouchedFor, .readOnly,
    .givenOnce, .basisDoesNotAllow, .malformed, .erased, .movedAway, .suspended,
    .beyondAuthority, .namesErased, .stillNamed,
  ]

  @Test func theSlowPolicySaysTheSame() {
    var counts: [AccessRule: Int] = [:]
    var allowed = 0
    var denied = 0
    for seed in 0..<540 {
      var random = SplitMix64(seed: UInt64(seed))
      var tenant = RandomCasework(using: &random)
      for step in 0..<36 {
        tenant.now = Int64(step) * RandomCasework.hour
        let draft = tenant.draft(using: &random)
        let author = Self.author(of: draft, tenant, using: &random)
        let creator = tenant.ledger[draft.id]?.creator ?? author
        var asked = [
          (author, draft.action, draft.reference(creator: creator, receivedAt: draft.isNew ? nil : 0))
        ]
        for _ in 0..<8 {
          let reference = tenant.reference(using: &random)
          asked.append((tenant.asker(using: &random), .read, reference))
          let isContent = !reference.kind.isGoverned && reference.kind != .case
          guard random.chance(25), isContent else { continue }
          let person = reference.creator ?? author
          asked.append((random.chance(50) ? person : author, .write([]), reference))
        }
        let slow = tenant.slow
        for (person, action, reference) in asked {
          let instant = random.chance(50) ? tenant.now : tenant.instant(using: &random)
          let verdict = may(person, action, reference, at: instant, in: tenant.state)
          let expected = slow.verdict(person, action, reference, at: instant)
          #expect(verdict == expected, "seed \(seed) step \(step) \(person.low) \(action) \(reference)")
          if verdict != expected { return }
          counts[verdict.rule, default: 0] += 1
          if verdict.isAllowed { allowed += 1 } else { denied += 1 }
        }
        let verdict = may(author, draft.action, asked[0].2, at: tenant.now, in: tenant.state)
        if verdict.isAllowed || random.chance(60) && draft.isNew { tenant.write(draft, by: author) }
      }
    }
    #expect(min(allowed, denied) > 10_000, "\(allowed) allowed, \(denied) denied")
    let missing = Self.rules.subtracting(counts.keys)
    #expect(missing.isEmpty, "\(missing.map(\.rawValue).sorted())")
    #expect(Set(counts.keys).isSubset(of: Self.rules))
  }

  /// No act that the policy allows lets its author read more, but for opening a case, breaking the glass, and
  /// what she writes herself.
  @Test func nobodyGainsByOwnActs() {
    var acts = 0
    for seed in 3_000..<3_120 {
      var random = SplitMix64(seed: UInt64(seed))
      var tenant = RandomCasework(using: &random)
      for _ in 0..<40 {
        let draft = tenant.draft(using: &random)
        let author = Self.author(of: draft, tenant, using: &random)
        let creator = tenant.ledger[draft.id]?.creator ?? author
        let verdict = may(
          author, draft.action, draft.reference(creator: creator, receivedAt: draft.isNew ? nil : 0), at: 0,
          in: tenant.state)
        if !verdict.isAllowed {
          if draft.isNew, random.chance(60) { tenant.write(draft, by: author) }
          continue
        }
        let asked =
          tenant.contents.map { tenant.content($0, in: tenant.cases[0], using: &random) }
          + tenant.ledger.all.map { $0.reference }
        let before = asked.map { may(author, .read, $0, at: 0, in: tenant.state).isAllowed }
        tenant.write(draft, by: author)
        if [.firstParticipant, .breakGlass, .caseOpening].contains(verdict.rule) { continue }
        acts += 1
        for (reference, could) in zip(asked, before) where !could {
          let can = may(author, .read, reference, at: 0, in: tenant.state)
          #expect(!can.isAllowed, "seed \(seed) \(verdict.rule) \(can.rule) \(draft.kind) \(reference)")
        }
      }
    }
    #expect(acts > 500, "\(acts)")
  }

  /// Whoever it may be, and often the one whom it is for.
  private static func author(
    of draft: RecordDraft, _ tenant: RandomCasework, using random: inout SplitMix64
  ) -> Identifier {
    let chance = draft.kind == .decision ? 80 : 20
    let said = draft.kind == .decision ? draft.operations.last : draft.operations.first
    if random.chance(chance), case .decide(.identifier(let named))? = said?.action,
      tenant.persons.contains(named)
    {
      return named
    }
    return random.chance(50) ? tenant.persons[random.below(4)] : random.pick(tenant.persons)
  }
}
