import ArgumentParser
import SyncClient

/// Shows own work that was refused, with all that it says.
struct RefusedShow: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: Phrase(
      "Vis noget, der blev afvist: hvorfor, og alt, hvad det siger.",
      "Show something that was refused: why, and all that it says."
    ).said)

  @OptionGroup var which: RefusedOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    for work in try session.refusedWork(named: which.work) {
      session.output.object(session.members(work))
      session.output.line(session.line(work))
    }
    session.output.line(session.output.say(.forgetHint))
  }
}
