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
      "Hvorfor der afgøres, selv om grundlaget mangler noget; det står i et notat.",
      "Why it is decided although the basis lacks something; it stands in a note."
    ).help(valueName: "reason"))
  var despite: String?
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let (file, record) = try decision.found(session, isIssued: false)
    let day = session.day(decision.step.on)
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
    let amount = record.integer(Field.Decision.amount).flatMap { Int(exactly: $0) } ?? 0
    let route = try session.tellRoute(on: record.text(Field.Decision.matter) ?? "", amount: amount)
    guard route != .visitation else { throw Failure(.refused, .beyondYourAuthority) }
    try session.open([record])
    let issue = CaseWork.issue(decision: record, by: session.me, on: day, complaintUntil: until)
    let notes = CaseWork.comment(on: issue, basis.isThere ? nil : despite, day) {
      session.replica.newIdentifier()
    }
    let (_, members) = session.recorded(issue, in: file)
    try await session.save(
      [issue] + notes, decision.step.write, session.output.say(.decisionIssued, String(complaintWeeks)),
      // It runs from the delivery on, so no day is known yet.
      members + [("complaint_until", .null), ("complaint_days", .integer(Int64(7 * complaintWeeks)))])
  }
}
