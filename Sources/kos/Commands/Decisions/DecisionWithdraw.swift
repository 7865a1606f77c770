import ArgumentParser
import CaseModel

/// Takes back a decision that was issued.
struct DecisionWithdraw: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: Phrase(
      "Træk en truffet afgørelse tilbage; den bliver stående at læse.",
      "Take back a decision that was issued; it stays to be read."
    ).said)

  @OptionGroup var decision: DecisionOptions
  @Option(help: Phrase("Hvorfor; det står i et notat.", "Why; it stands in a note.").help())
  var reason: String?
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let (file, record) = try decision.found(session, isIssued: true)
    let draft = CaseWork.withdraw(decision: record)
    let why = session.reason(reason, in: file)
    let day = try session.pastDay(decision.step.on)
    let notes = CaseWork.comment(on: draft, why, day) {
      session.replica.newIdentifier()
    }
    try await session.save([draft] + notes, decision.step.write, in: file)
  }
}
