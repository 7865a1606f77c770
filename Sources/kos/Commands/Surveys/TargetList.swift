import ArgumentParser
import CaseModel

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
