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

  @OptionGroup var which: ErasureOptions
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let (record, file) = try which.erasure(session)
    try await session.end(record, write, in: file)
  }
}
