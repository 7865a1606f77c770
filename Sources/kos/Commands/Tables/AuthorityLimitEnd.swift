import ArgumentParser
import CaseModel

/// Ends an authority limit.
struct AuthorityLimitEnd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "end",
    abstract: Phrase(
      "Afslut en beløbsgrænse. Det virker altid.", "End an authority limit. It always takes effect."
    ).said)

  @Argument(
    help: Phrase("Nummer i authority-limit list eller id.", "Its number in authority-limit list, or its id.")
      .help())
  var limit: String
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try await session.end(session.record(limit, in: session.table(.authorityLimit)), write, in: nil)
  }
}
