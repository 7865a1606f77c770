import ArgumentParser
import CaseModel

/// Records a major change, for a person to decide on.
struct ChangeAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: Phrase("Notér en større ændring.", "Record a major change.").said)

  @OptionGroup var step: StepOptions
  @Option(
    help: Phrase(
      "Hvad der skete: school_start, divorce, worsening, moving_home, family_increase eller en anden kode.",
      "What happened: school_start, divorce, worsening, moving_home, family_increase or another code."
    ).help())
  var trigger: String
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let trigger = CodeNames.code(trigger, among: CodeNames.triggerCodes)
    let isCode =
      !trigger.isEmpty && trigger.utf8.count <= 64
      && trigger.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }
    guard isCode else { throw Failure(.usage, .badValue, trigger, "trigger") }
    let draft = CaseWork.majorChange(
      id: session.replica.newIdentifier(), in: file.id, about: file.children.map(\.id), trigger: trigger,
      on: session.day(step.on))
    try await session.save([draft], step.write, in: file)
  }
}
