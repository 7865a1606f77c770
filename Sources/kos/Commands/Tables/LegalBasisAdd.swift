import ArgumentParser
import CaseModel

/// Records a legal basis.
struct LegalBasisAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: Phrase("Opret en hjemmel i registret.", "Record a legal basis.").said)

  @Option(help: Phrase("Dens kode, f.eks. barnets_lov_12.", "Its code, such as childrens_act_12.").help())
  var code: String
  @Option(help: Phrase("Loven, som den skal citeres.", "The law, as it is to be cited.").help())
  var law: String?
  @Option(
    help: Phrase(
      "Hvem der må påberåbe den: en rolle eller en person.", "Who may invoke it: a role or a person."
    ).help(valueName: "who"))
  var invoker: [String]
  @Option(
    help: Phrase(
      "Til hvilke oplysninger: health (sundhed), school (skole) …", "For which information: health, school …"
    ).help(), completion: .informationType)
  var type: [String]
  @Option(help: Phrase("Hvor mange dage højst.", "For how many days at most.").help(valueName: "days"))
  var daysMax: Int
  @Option(
    help: Phrase(
      "Hvem der afgør klager over afgørelser efter loven.",
      "Who decides complaints about decisions by the law."
    ).help(valueName: "body"))
  var complaintBody: String?
  @OptionGroup var period: PeriodOptions
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    guard daysMax > 0 else { throw Failure(.usage, .badNumber, "36500") }
    try await session.save(
      table: CaseWork.legalBasis(
        id: session.replica.newIdentifier(), code: code, law: law,
        roles: invoker.compactMap { try? RoleName.role($0) },
        persons: try invoker.filter { (try? RoleName.role($0)) == nil }.map(session.person),
        types: try type.map(TypeName.type), daysMax: daysMax, from: period.start,
        until: try period.end(session), complaintBody: complaintBody),
      write)
  }
}
