import ArgumentParser
import CaseModel

/// Records which roles reach an information type by the authority's own basis.
struct InformationTypeAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: Phrase(
      "Notér, hvilke roller der når en oplysningstype uden samtykke.",
      "Record which roles reach an information type without consent."
    ).said)

  @Option(
    help: Phrase("Typen: health (sundhed), economy …", "The type: health, economy …").help(),
    completion: .informationType)
  var type: String
  @Option(
    help: Phrase(
      "En rolle, der når den; ellers som uden regel.", "A role that reaches it; else as without an entry."
    )
    .help(), completion: .role)
  var role: [String] = []
  @Option(help: Phrase("Hvad typen hedder her.", "What the type is called here.").help())
  var name: String?
  @OptionGroup var period: PeriodOptions
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try await session.save(
      table: CaseWork.informationType(
        id: session.replica.newIdentifier(), try TypeName.type(type), name: name,
        roles: try role.map(RoleName.role), from: period.start, until: try period.end(session)),
      write)
  }
}
