import ArgumentParser
import CaseModel

/// Says that a step has begun.
struct StepStart: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: Phrase("Begynd på et trin.", "Begin a step.").said)

  @OptionGroup var step: OneStepOptions
  @Option(
    help: Phrase("Hvem der står for det, ved navn eller id.", "Who sees to it, by name or id.").help(
      valueName: "person"))
  var responsible: String?
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let person = try responsible.map(session.person)
    try await session.say(.start(responsible: person), step, reason: nil)
  }
}
