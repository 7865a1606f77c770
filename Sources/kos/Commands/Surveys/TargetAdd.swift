import ArgumentParser
import CaseModel

/// Records what is aimed at (R64).
struct TargetAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: Phrase("Notér et måltal.", "Record a target.").said)

  @Option(
    help: Phrase("Tallet i statusnotatet, f.eks. children_ever.", "The memo's figure, such as children_ever.")
      .help())
  var figure: String
  @Option(help: Phrase("Hvor mange.", "How many.").help(valueName: "n"))
  var value: Int
  @Option(
    help: Phrase("Hvornår det skal være nået.", "When it is to be reached.").help(valueName: "day"),
    transform: CalendarDay.coming)
  var by: CalendarDay
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    guard let key = StatusFigures.CodingKeys(rawValue: String(figure.map { $0 == "-" ? "_" : $0 })) else {
      let known = StatusFigures.CodingKeys.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure(.usage, .noSuchFigure, figure, known)
    }
    guard value >= 0 else { throw Failure(.usage, .badTarget) }
    try await session.save(
      table: CaseWork.target(id: session.replica.newIdentifier(), figure: key, value: value, by: by), write)
  }
}
