import ArgumentParser
import CRDT
import CaseModel

/// Answers the eligibility criteria, shows what the rule proposes, and records what a person decided.
struct CaseEligibility: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "eligibility",
    abstract: Phrase(
      "Besvar kriterierne for et barn; reglen foreslår, du afgør.",
      "Answer the eligibility criteria for a child; the rule proposes, you decide."
    ).said)

  @OptionGroup var step: StepOptions
  @Option(
    help: Phrase("Barnet ved navn eller id, ellers det ældste.", "The child by name or id, else the eldest.")
      .help())
  var child: String?
  @Flag(
    inversion: .prefixedNo,
    help: Phrase(
      "Der ventes flere indsatser efter forskellige love.",
      "Several interventions under different laws are expected."
    ).help())
  var severalLaws: Bool?
  @Flag(
    inversion: .prefixedNo,
    help: Phrase(
      "Trivsel og hverdag er væsentligt påvirket.", "Wellbeing and everyday life are affected substantially."
    ).help())
  var dailyLife: Bool?
  @Option(
    help: Phrase("En lov, som der ventes indsatser efter.", "A law that interventions are expected under.")
      .help())
  var law: [String] = []
  @Flag(
    help: Phrase("Bekræft, at barnet er i målgruppen.", "Confirm that the child is eligible.").help())
  var confirm = false
  @Flag(
    help: Phrase("Afvis, at barnet er i målgruppen.", "Decline that the child is eligible.").help())
  var decline = false
  @Option(
    help: Phrase(
      "Hvorfor; skal med, når du afgør andet end det, reglen foreslår. Gemmes i et notat.",
      "Why; needed where you decide other than the rule proposes. It is kept in a note."
    ).help())
  var reason: String?
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    guard !(confirm && decline) else { throw Failure(.usage, .notIndicated) }
    // Where nothing is decided a reason would be kept nowhere.
    guard reason == nil || confirm || decline else { throw Failure(.usage, .reasonOfWhat) }
    let file = try session.file(step.caseReference)
    guard let child = try child.map({ try session.child($0, in: file) }) ?? file.children.first else {
      throw Failure(.usage, .noChild, "")
    }
    try session.open([child])
    guard let born = child.day(Field.Child.born) else { throw Failure(.usage, .noBirthday) }
    let day = try session.pastDay(step.on, in: file)
    let standing = file.all(.eligibility).last { record in
      record.identifier(Field.Eligibility.child) == child.id && record.text(Field.Eligibility.outcome) == nil
        && record.day(Field.Eligibility.assessedOn).map { $0 <= day } ?? true
    }
    // What was answered stands until it is answered anew, whether or not it was decided on.
    let earlier = standing ?? file.lastAnsweredEligibility(of: child.id, by: day)
    let answers = EligibilityAnswers(
      severalLaws: severalLaws ?? earlier?.boolean(Field.Eligibility.severalLaws),
      dailyLifeAffected: dailyLife ?? earlier?.boolean(Field.Eligibility.dailyLifeAffected))
    let proposal = EligibilityRule.project.proposal(born: born, on: day, answers: answers)
    try checkReason(proposal, in: file, session)
    let laws = law.isEmpty ? earlier?.texts(Field.Eligibility.laws) ?? [] : law
    var drafts = [draft(standing, child, proposal, answers, laws, day, file, session)]
    if confirm || decline {
      drafts[0].write(Field.Eligibility.outcome, outcome)
      drafts[0].write(Field.Eligibility.decidedOn, day)
      if let reason = session.reason(reason, in: file) {
        let id = session.replica.newIdentifier()
        drafts.append(
          CaseWork.note(
            id: id, in: file.id, about: [child.id], text: reason, concerns: drafts[0].id, on: day))
      }
    }
    let name = child.text(Field.Child.name)?.shown ?? ""
    try await session.save(
      drafts, step.write,
      session.output.say(said, name, session.output.label(proposal.rawValue)),
      session.recorded(drafts[0], in: file).members
        + [
          ("child", JSON(child.id)), ("proposal", .string(proposal.rawValue)), ("outcome", JSON(outcome)),
        ])
  }

  /// What is decided; `nil` where the criteria are only answered.
  private var outcome: String? { confirm ? Code.confirmed : decline ? Code.declined : nil }

  /// What is told of the proposal, and of what was decided on it.
  private var said: Phrase { confirm ? .proposalConfirmed : decline ? .proposalDeclined : .proposal }

  /// Refuses a decision that is other than the rule proposes, and that nobody gives a reason for that is
  /// kept.
  private func checkReason(_ proposal: EligibilityProposal, in file: CaseFile, _ session: Session) throws {
    guard confirm || decline, proposal.isContradicted(byConfirming: confirm) else { return }
    if reason?.allSatisfy(\.isWhitespace) ?? true {
      throw Failure(.usage, .decideAgainstRule, session.output.label(proposal.rawValue))
    }
    try session.checkKeepsReason(in: file)
  }

  /// A new record of the answers, or a change of the one that waits for a decision.
  private func draft(
    _ standing: CaseRecord?, _ child: CaseRecord, _ proposal: EligibilityProposal,
    _ answers: EligibilityAnswers, _ laws: [String], _ day: CalendarDay, _ file: CaseFile,
    _ session: Session
  ) -> RecordDraft {
    guard let standing else {
      return CaseWork.answerEligibility(
        id: session.replica.newIdentifier(), in: file.id, child: child.id, proposal: proposal,
        answers: answers, laws: laws, on: day)
    }
    var change = RecordDraft.change(standing)
    change.write(Field.Eligibility.rule, proposal.ruleCode)
    change.write(Field.Eligibility.severalLaws, severalLaws)
    change.write(Field.Eligibility.dailyLifeAffected, dailyLife)
    change.add(Field.Eligibility.laws, law)
    return change
  }
}
