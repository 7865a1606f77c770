import ArgumentParser
import CaseModel

/// Confirms an entry on an information type as the second leader.
struct InformationTypeConfirm: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: Phrase(
      "Bekræft en regel om en oplysningstype som den anden leder.",
      "Confirm an entry on an information type as the second leader."
    ).said)

  @Argument(
    help: Phrase(
      "Nummer i information-type list eller id.", "Its number in information-type list, or its id."
    ).help())
  var entry: String
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let record = try session.record(entry, in: session.table(.informationType))
    try await session.save(table: CaseWork.confirm(record, by: session.me), write)
  }
}
