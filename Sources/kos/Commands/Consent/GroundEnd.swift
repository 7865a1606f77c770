import ArgumentParser
import CaseModel

/// Ends a ground.
struct GroundEnd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "end",
    abstract: Phrase(
      "Afslut en påberåbt hjemmel. Det virker altid.",
      "End a ground that was invoked. It always takes effect."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Argument(
    help: Phrase("Nummer i ground list eller id.", "Its number in ground list, or its id.").help())
  var ground: String
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    try await session.end(session.record(ground, in: session.grants(.ground, in: file)), write, in: file)
  }
}
