import ArgumentParser
import CaseModel

/// Ends a release.
struct ReleaseEnd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "end",
    abstract: Phrase(
      "Afslut en frigivelse. Det virker altid.", "End a release. It always takes effect."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Argument(
    help: Phrase("Nummer i release list eller id.", "Its number in release list, or its id.").help())
  var release: String
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    try await session.end(session.record(release, in: session.grants(.release, in: file)), write, in: file)
  }
}
