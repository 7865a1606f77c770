import ArgumentParser
import CaseModel

/// Ends an entry on an information type.
struct InformationTypeEnd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "end",
    abstract: Phrase(
      "Afslut en regel om en oplysningstype. Det virker altid.",
      "End an entry on an information type. It always takes effect."
    ).said)

  @Argument(
    help: Phrase(
      "Nummer i information-type list eller id.", "Its number in information-type list, or its id."
    ).help())
  var entry: String
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try await session.end(session.record(entry, in: session.table(.informationType)), write, in: nil)
  }
}
