import ArgumentParser
import CaseModel

/// Asks for information.
struct RequestAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: Phrase("Indhent oplysninger.", "Ask for information.").said)

  @OptionGroup var step: StepOptions
  @Argument(
    help: Phrase(
      "Hvad: ppv, section_50 (børnefaglig undersøgelse), external_assessment eller andet.",
      "What: ppv, section_50 (statutory child assessment), external_assessment or other."
    ).help())
  var what: String
  @Option(
    help: Phrase("Hvornår det skal være der.", "When it should be there.").help(valueName: "day"),
    transform: CalendarDay.coming)
  var due: CalendarDay
  @Option(
    name: .customLong("from"),
    help: Phrase(
      "Hvem det indhentes fra: en person, en organisation eller et navn.",
      "Whom it is asked of: a person, an organisation or a name."
    ).help(valueName: "who"))
  var from: String?
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    guard !what.allSatisfy(\.isWhitespace) else { throw Failure(.usage, .noText) }
    let day = try session.pastDay(step.on, in: file)
    guard due >= day else { throw Failure(.usage, .duePassed, due.description, day.description) }
    let known = from.flatMap { try? session.recipient($0) }
    let draft = CaseWork.informationRequest(
      id: session.replica.newIdentifier(), in: file.id, about: file.children.map(\.id), what: what, of: known,
      named: known == nil ? from : nil, due: due, on: day)
    try await session.save([draft], step.write, in: file)
  }
}
