import ArgumentParser
import SyncClient

/// Lists own work that is held.
struct HeldList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis, hvad du skrev, der venter på din bekræftelse, og hvem der nu kan læse det.",
      "Show what you wrote that waits for your confirmation, and who may read it now."
    ).said)

  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let held = try session.replica.held()
    for work in held {
      session.output.object(try session.members(work))
      for line in try session.lines(work) { session.output.line(line) }
    }
    if held.isEmpty { session.output.line(session.output.say(.nothingHeld)) }
  }
}
