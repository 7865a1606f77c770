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
  @Option(help: Phrase("Hvornår det skal være nået.", "When it is to be reached.").help(valueName: "day"))
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

/// Lists what is aimed at.
struct TargetList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase("Vis måltallene, og hvor langt I er.", "List the targets, and how far you are.").said)

  @Option(help: Phrase("Dagen, ellers i dag.", "The day, else today.").help(valueName: "day"))
  var at: CalendarDay?
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let output = session.output
    let memo = StatusMemo(try session.replica.stock(), in: ReportPeriod(at: session.day(at)))
    for target in memo.targets {
      output.object([
        ("figure", .string(target.figure)), ("value", .integer(Int64(target.value))),
        ("due_on", JSON(target.due)), ("reached", JSON(target.reached.map { Int64($0) })),
      ])
    }
    output.table(
      memo.targets.map { target in
        [
          target.due.description, output.label(target.figure),
          (target.reached.map(String.init) ?? "–") + " / " + String(target.value),
        ]
      })
  }
}
