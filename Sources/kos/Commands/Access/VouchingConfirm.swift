import ArgumentParser
import CaseModel

/// Records that the organisation confirmed a vouching again.
struct VouchingConfirm: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: Phrase(
      "Notér, at organisationen har bekræftet igen, og til hvornår.",
      "Record that the organisation confirmed again, and until when."
    ).said)

  @Argument(
    help: Phrase("Nummer i vouching list eller id.", "Its number in vouching list, or its id.").help())
  var vouching: String
  @OptionGroup var period: PeriodOptions
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let record = try session.record(vouching, in: session.table(.vouching))
    let (_, end) = try period.required(session)
    try await session.save(table: CaseWork.reconfirm(vouching: record, until: end), write)
  }
}
