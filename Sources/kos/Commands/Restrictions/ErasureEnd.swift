import ArgumentParser
import CaseModel

/// Gives a proposal to erase up, as long as nobody has confirmed it.
struct ErasureEnd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "end",
    abstract: Phrase(
      "Opgiv et forslag om sletning, så længe ingen har bekræftet det.",
      "Give a proposal to erase up, as long as nobody has confirmed it."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Argument(help: Phrase("Nummer i erasure list eller id.", "Its number in erasure list, or its id.").help())
  var erasure: String
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    try await session.end(
      session.record(erasure, in: session.grants(.erasure, in: file)), write, in: file)
  }
}
