import ArgumentParser
import CaseModel

/// Records that an organisation vouches for somebody.
struct VouchingAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: Phrase(
      "Notér, at en organisation indestår for en person.", "Record that an organisation vouches for a person."
    ).said)

  @Option(help: Phrase("Personen ved navn eller id.", "The person, by name or id.").help())
  var person: String
  @Option(help: Phrase("Organisationen ved navn eller id.", "The organisation, by name or id.").help())
  var organisation: String
  @Option(
    name: .customLong("by"),
    help: Phrase(
      "Hvem der sagde det på organisationens vegne.", "Who said so on the organisation's behalf."
    ).help(valueName: "person"))
  var voucher: String
  @OptionGroup var period: PeriodOptions
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let (start, end) = try period.required(session)
    try await session.save(
      table: CaseWork.vouching(
        id: session.replica.newIdentifier(), organisation: try session.organisation(organisation),
        person: try session.person(person), voucher: try session.person(voucher), from: start, until: end),
      write)
  }
}
