import ArgumentParser
import CaseModel

/// Ends a vouching.
struct VouchingEnd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "end",
    abstract: Phrase(
      "Afslut en indeståelse. Det virker altid.", "End a vouching. It always takes effect."
    ).said)

  @Argument(
    help: Phrase("Nummer i vouching list eller id.", "Its number in vouching list, or its id.").help())
  var vouching: String
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try await session.end(session.record(vouching, in: session.table(.vouching)), write, in: nil)
  }
}
