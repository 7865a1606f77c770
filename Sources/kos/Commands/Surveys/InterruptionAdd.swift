import ArgumentParser
import CaseModel

/// Records that the work stands still (R64).
struct InterruptionAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: Phrase("Notér, at arbejdet ligger stille.", "Record that the work stands still.").said)

  @Option(help: Phrase("Hvorfor, med ét ord som covid.", "Why, in a word such as covid.").help())
  var cause: String
  @Option(help: Phrase("Den første dag, ellers i dag.", "The first day, else today.").help(valueName: "day"))
  var from: CalendarDay?
  @Option(
    help: Phrase("Den sidste dag, når den kendes.", "The last day, once it is known.").help(valueName: "day"),
    transform: CalendarDay.coming)
  var until: CalendarDay?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let start = session.day(from)
    if let until, until < start { throw Failure(.usage, .emptyPeriod, start.description) }
    try await session.save(
      table: CaseWork.interruption(
        id: session.replica.newIdentifier(), cause: cause, from: start, until: until), write)
  }
}
