import ArgumentParser
import SyncClient

/// Lists own work that was refused.
struct RefusedList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis, hvad du skrev, der blev afvist, og hvorfor.", "Show what you wrote that was refused, and why."
    ).said)

  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let works = try session.refusedWork()
    try session.replica.keep(numbers: session.names(works), of: Session.refusals)
    for (place, work) in works.enumerated() {
      session.output.object([("number", .integer(Int64(place + 1)))] + session.members(work))
      session.output.line("\(place + 1)  " + session.line(work))
    }
    let output = session.output
    output.line(output.say(works.isEmpty ? .nothingRefused : .forgetHint))
  }
}
