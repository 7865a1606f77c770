import ArgumentParser
import CaseModel

/// Confirms an authority limit as the second leader.
struct AuthorityLimitConfirm: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: Phrase(
      "Bekræft en beløbsgrænse som den anden leder.", "Confirm an authority limit as the second leader."
    ).said)

  @Argument(
    help: Phrase("Nummer i authority-limit list eller id.", "Its number in authority-limit list, or its id.")
      .help())
  var limit: String
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let record = try session.record(limit, in: session.table(.authorityLimit))
    try await session.save(table: CaseWork.confirm(record, by: session.me), write)
  }
}
