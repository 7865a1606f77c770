import ArgumentParser
import CaseModel

/// Records that a decision was delivered to the parents (R25).
struct DecisionDeliver: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "deliver",
    abstract: Phrase(
      "Notér, at en afgørelse blev afleveret til forældrene.",
      "Record that a decision was delivered to the parents."
    ).said)

  @OptionGroup var decision: DecisionOptions
  @Option(help: Phrase("digital-post, letter eller by-hand.", "digital-post, letter or by-hand.").help())
  var form: Form = .digitalPost
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  /// How a decision is delivered.
  enum Form: String, ExpressibleByArgument, CaseIterable {
    case digitalPost = "digital-post"
    case letter
    case byHand = "by-hand"
  }

  func work(_ session: Session) async throws {
    let (file, record) = try decision.found(session, isIssued: true)
    let day = session.day(decision.step.on)
    let issued = record.issuedOn
    if let issued, day < issued { throw Failure(.usage, .deliveredBefore, issued.description) }
    // What was delivered before it was issued anew is delivered again.
    if let delivered = record.day(Field.Decision.deliveredOn), issued.map({ delivered >= $0 }) ?? true {
      throw Failure(.usage, .deliveredAlready, delivered.description)
    }
    let draft = CaseWork.deliver(
      decision: record, form: form.rawValue.replacing("-", with: "_"), on: day)
    let delivered = CaseRecord(draft, over: record, by: session.me, at: session.replica.now())
    let until = ComplaintPeriod(of: delivered)?.until
    let (line, members) = session.recorded(draft, in: file)
    let told = until.map { session.output.say(.decisionDelivered, day.description, $0.description) }
    try await session.save(
      [draft], decision.step.write, told ?? line, members + [("complaint_until", JSON(until))])
  }
}
