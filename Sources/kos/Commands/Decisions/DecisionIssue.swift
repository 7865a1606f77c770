import ArgumentParser
import CRDT
import CaseModel

/// Issues a decision. Two who do so at the same time are not merged: the server takes the first.
struct DecisionIssue: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "issue",
    abstract: Phrase(
      "Træf en afgørelse. Derefter ændres den ikke mere.", "Issue a decision. From then on it is not changed."
    ).said)

  @OptionGroup var decision: DecisionOptions
  @Option(
    help: Phrase(
      "Klagefristen i uger fra den dag, familien fik afgørelsen; ellers 4.",
      "The complaint period in weeks from the day on which the family had the decision, else 4."
    ).help())
  var complaintWeeks = 4
  @Option(
    help: Phrase(
      "Hvem der afgør klager; ellers den, loven nævner: kos legal-basis list.",
      "Who decides complaints; else whom the law names: kos legal-basis list."
    ).help(valueName: "body"))
  var complaintTo: String?
  @Option(
    help: Phrase(
      "Hvorfor der afgøres, selv om grundlaget mangler noget; det står i et notat.",
      "Why it is decided although the basis lacks something; it stands in a note."
    ).help(valueName: "reason"))
  var despite: String?
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let (file, record) = try decision.found(session, isIssued: false)
    let day = try session.pastDay(decision.step.on)
    let reasons = record.identifier(Field.Decision.reasons)
    guard file.all(.decisionReasons).contains(where: { $0.id == reasons }) else {
      throw Failure(.refused, .reasonsToReadFirst)
    }
    let basis = LawfulBasis(of: file, in: try session.replica.stock(), on: day)
    if !basis.isThere, despite == nil {
      throw Failure(.usage, .noLawfulBasis, session.missing(before: basis))
    }
    guard (1...52).contains(complaintWeeks), let until = try? day.adding(days: 7 * complaintWeeks) else {
      throw Failure(.usage, .badValue, String(complaintWeeks), "complaint-weeks")
    }
    let matter = record.text(Field.Decision.matter) ?? ""
    if let others = try session.whoElseDecides(on: matter, cost: record.decisionCost) {
      throw Failure(.refused, .beyondYourAuthority, others)
    }
    let body = try complaintBody(of: record, on: day, session)
    try session.open([record])
    let issue = CaseWork.issue(
      decision: record, by: session.me, on: day, complaintUntil: until, complaintBody: body)
    let notes = CaseWork.comment(on: issue, basis.isThere ? nil : despite, day) {
      session.replica.newIdentifier()
    }
    let (_, members) = session.recorded(issue, in: file)
    try await session.save(
      [issue] + notes, decision.step.write, session.output.say(.decisionIssued, String(complaintWeeks), body),
      // It runs from the delivery on, so no day is known yet.
      members + [
        ("complaint_until", .null), ("complaint_days", .integer(Int64(7 * complaintWeeks))),
        ("complaint_body", .string(body)),
      ])
  }

  /// Who decides complaints: nobody issues what the family cannot be told how to complain of.
  private func complaintBody(
    of record: CaseRecord, on day: CalendarDay, _ session: Session
  ) throws -> String {
    let law = record.text(Field.Decision.legalBasis) ?? ""
    let named = complaintTo.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    let known = try session.replica.stock().complaintBody(for: law, on: day, at: Clock.start(of: day))
    guard let body = named ?? known else { throw Failure(.usage, .noComplaintBody, law) }
    return body
  }
}
