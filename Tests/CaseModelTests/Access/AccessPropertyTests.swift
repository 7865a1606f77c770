import CRDT
import CaseModel
import Testing

@Suite struct AccessPropertyTests {
  /// Whoever may read a record has a scope that contains it: routing by scopes forgets nobody.
  @Test(arguments: 0..<100)
  func scopesContainAllThatMayBeRead(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    var tenant = RandomTenant(using: &random)
    for _ in 0..<40 {
      let author = random.pick(tenant.persons)
      let draft = tenant.draft(by: author, using: &random)
      if let record = tenant.write(draft, by: author) { tenant.state.update(with: record) }
    }
    for person in tenant.persons {
      let own = Set(tenant.state.scopes(of: person, at: 0))
      #expect(own.count == tenant.state.scopes(of: person, at: 0).count)
      for reference in tenant.readable(by: person) {
        #expect(!own.isDisjoint(with: scopes(containing: reference)), "seed \(seed) \(reference)")
      }
      // And no scope is there for nothing.
      for scope in own {
        #expect(
          tenant.references.contains { reference in
            scopes(containing: reference).contains(scope)
              && may(person, .read, reference, at: 0, in: tenant.state).isAllowed
          })
      }
    }
  }

  /// No act that the policy allows makes its own author a reader of more of any case, but for opening one.
  @Test(arguments: 0..<150)
  func nobodyGainsByOwnActs(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    var tenant = RandomTenant(using: &random)
    var allowed = 0
    for _ in 0..<120 {
      let author = random.pick(tenant.persons)
      let draft = tenant.draft(by: author, using: &random)
      let verdict = tenant.verdict(author, draft)
      guard verdict.isAllowed else { continue }
      allowed += 1
      let before = tenant.readable(by: author).filter { $0.kind.home != .alias }
      if let record = tenant.write(draft, by: author) { tenant.state.update(with: record) }
      let after = tenant.readable(by: author).filter { $0.kind.home != .alias }
      if verdict.rule != .firstParticipant {
        #expect(after.isSubset(of: before), "seed \(seed) \(verdict.rule.rawValue)")
      }
    }
    #expect(allowed > 0)
  }

  /// A staged state answers like one that was changed in place, and commits to the same; the one that it was
  /// staged from stays as it was until then.
  @Test(arguments: 0..<100)
  func stagingIsLikeChangingInPlace(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    var tenant = RandomTenant(using: &random)
    var direct = tenant.state
    for _ in 0..<8 {
      var staged = tenant.state.staged()
      let before = tenant.persons.map { tenant.readable(by: $0) }
      for _ in 0..<random.below(12) {
        let author = random.pick(tenant.persons)
        let draft = tenant.draft(by: author, using: &random)
        guard let record = tenant.write(draft, by: author) else { continue }
        staged.update(with: record)
        direct.update(with: record)
      }
      if random.chance(20) {
        let (person, role) = (random.pick(tenant.persons), random.pick(tenant.roles))
        let given = random.chance(30) ? nil : role
        staged.setRole(given, of: person)
        direct.setRole(given, of: person)
      }
      #expect(before == tenant.persons.map { tenant.readable(by: $0) })
      for person in tenant.persons {
        #expect(staged.scopes(of: person, at: 0) == direct.scopes(of: person, at: 0))
      }
      if random.chance(50) {
        var nested = staged.staged()
        nested.setRole(.leader, of: Identifier(50))
        #expect(nested.scopes(of: tenant.persons[0], at: 0) == direct.scopes(of: tenant.persons[0], at: 0))
        #expect(staged.role(of: Identifier(50)) == nil)
      }
      tenant.state.commit(staged)
      for person in tenant.persons {
        #expect(tenant.state.scopes(of: person, at: 0) == direct.scopes(of: person, at: 0))
      }
    }
  }

  /// A server that starts again and reads the records in any order governs as before. (Aliases are each given
  /// once, as the policy sees to.)
  @Test(arguments: 0..<50)
  func theOrderOfRecordsDoesNotMatter(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    var tenant = RandomTenant(using: &random)
    for _ in 0..<80 {
      let author = random.pick(tenant.persons)
      let draft = tenant.draft(by: author, using: &random)
      guard tenant.verdict(author, draft).isAllowed else { continue }
      if let record = tenant.write(draft, by: author) { tenant.state.update(with: record) }
    }
    var again = GoverningState()
    for person in tenant.persons { again.setRole(tenant.state.role(of: person), of: person) }
    for record in tenant.ledger.all.shuffled(using: &random) { again.update(with: record) }
    for record in tenant.ledger.all { again.update(with: record) }
    for person in tenant.persons {
      #expect(again.scopes(of: person, at: 0) == tenant.state.scopes(of: person, at: 0))
    }
    for caseID in tenant.cases {
      #expect(again.governance(of: caseID) == tenant.state.governance(of: caseID))
    }
  }
}
