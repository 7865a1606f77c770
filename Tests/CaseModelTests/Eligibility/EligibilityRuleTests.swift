import CRDT
import CaseModel
import Testing

@Suite struct EligibilityRuleTests {
  private func propose(
    _ rule: EligibilityRule = .project, age: Int, _ severalLaws: Bool?, _ dailyLife: Bool?
  ) throws -> EligibilityProposal {
    let born = CalendarDay.on("2010-06-15")
    return rule.proposal(
      born: born, on: try born.adding(months: age * 12),
      answers: EligibilityAnswers(severalLaws: severalLaws, dailyLifeAffected: dailyLife))
  }

  /// R40: ages 0 and 1.
  @Test func theYoungestAreEnrolledAutomatically() throws {
    for age in 0...1 { #expect(try propose(age: age, nil, nil) == .automatic) }
  }

  /// R41, R42: either criterion suffices, an open question that matters is not guessed.
  @Test func eitherCriterionSuffices() throws {
    for age in 2...6 {
      #expect(try propose(age: age, true, false) == .criteriaMet)
      #expect(try propose(age: age, nil, true) == .criteriaMet)
      #expect(try propose(age: age, false, false) == .criteriaNotMet)
      #expect(try propose(age: age, false, nil) == .unanswered)
      #expect(try propose(age: age, nil, nil) == .unanswered)
    }
    #expect(try propose(age: 7, true, true) == .outsideAges)
    #expect(try propose(age: -1, true, true) == .outsideAges)
  }

  /// The rule is data: a municipality that reads the criteria as holding together says so.
  @Test func anotherRuleIsAnotherTable() throws {
    let strict = EligibilityRule(bands: [.init(ages: 0...6, condition: .bothCriteria)])
    #expect(try propose(strict, age: 0, true, true) == .criteriaMet)
    #expect(try propose(strict, age: 3, true, false) == .criteriaNotMet)
    #expect(try propose(strict, age: 3, nil, false) == .criteriaNotMet)
    #expect(try propose(strict, age: 3, true, nil) == .unanswered)
  }

  /// R42: who decides otherwise than the rule proposes says why, also where it proposes nothing yet.
  @Test func whoContradictsTheRuleIsAskedWhy() {
    for proposal in [EligibilityProposal.automatic, .criteriaMet] {
      #expect(!proposal.isContradicted(byConfirming: true) && proposal.isContradicted(byConfirming: false))
    }
    for proposal in [EligibilityProposal.criteriaNotMet, .unanswered, .outsideAges] {
      #expect(proposal.isContradicted(byConfirming: true) && !proposal.isContradicted(byConfirming: false))
    }
  }

  /// The answers that count are those of the last day, or of the last one by a day of the past.
  @Test func theLastAnswersCount() {
    let (family, child) = (Identifier(100), Identifier(5))
    var ledger = Ledger()
    let answers: [(UInt64, Bool, String)] = [(10, true, "2022-03-01"), (11, false, "2022-02-01")]
    for (id, several, day) in answers {
      ledger.write(
        CaseWork.answerEligibility(
          id: Identifier(id), in: family, child: child, proposal: .unanswered,
          answers: EligibilityAnswers(severalLaws: several), on: .on(day)))
    }
    let file = ledger.file(family)
    #expect(file.lastAnsweredEligibility(of: child)?.boolean(Field.Eligibility.severalLaws) == true)
    #expect(file.lastAnsweredEligibility(of: child, by: .on("2022-02-28"))?.id == Identifier(11))
    #expect(file.lastAnsweredEligibility(of: child, by: .on("2022-01-31")) == nil)
    #expect(file.lastAnsweredEligibility(of: Identifier(6)) == nil)
  }

  /// R6: both legal areas are there, or it is said which one is not.
  @Test func bothLegalAreasAssess() {
    var ledger = Ledger()
    ledger.write(CaseWork.person(id: .init(1), name: "Eva", legalArea: LegalArea.socialServices))
    ledger.write(CaseWork.person(id: .init(2), name: "Per", legalArea: LegalArea.school))
    let persons = ledger.all
    #expect(LegalArea.missing(among: persons).isEmpty)
    #expect(LegalArea.missing(among: Array(persons.prefix(1))) == ["school"])
    #expect(LegalArea.missing(among: []) == ["social_services", "school"])
  }
}
