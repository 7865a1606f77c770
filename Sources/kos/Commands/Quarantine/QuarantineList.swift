import ArgumentParser
import SyncClient

/// Lists what waits for this person's decision.
struct QuarantineList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis, hvad der venter på din afgørelse, med alt det, der står i det.",
      "Show what waits for your decision, with all that it says."
    ).said)

  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let waiting = try await session.replica.quarantine(passphrase: session.passphrase)
    try session.replica.keep(numbers: session.names(waiting), of: Session.waitingWork)
    for (place, work) in waiting.enumerated() {
      session.output.object([("number", .integer(Int64(place + 1)))] + (try session.members(work)))
      let lines = try session.lines(work)
      session.output.line("\(place + 1)  " + lines.joined(separator: "\n"))
    }
    if waiting.isEmpty { session.output.line(session.output.say(.nothingInQuarantine)) }
  }
}
