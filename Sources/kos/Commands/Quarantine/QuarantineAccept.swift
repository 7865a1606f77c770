import ArgumentParser
import SyncClient

/// Brings in what waits, in its author's words and with her name.
struct QuarantineAccept: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: Phrase(
      "Tag noget ind i sagen: det får virkning med forfatterens navn og tid, og du står for det.",
      "Take something into the case: it counts with its author's name and time, and you answer for it."
    ).said)

  @OptionGroup var which: QuarantineOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let id = try await session.quarantined(named: which.id)
    let accepted = try await session.replica.acceptQuarantined(id, passphrase: session.passphrase)
    guard let accepted else { throw Failure(.usage, .notInQuarantine, id) }
    let act = WrittenAct(records: Set(accepted.records.map(\.id)), standing: try session.replica.status())
    let delivery = try await session.deliver(act, offline: false)
    try session.say(
      delivery, session.output.say(.quarantineAccepted, accepted.author), try session.members(accepted))
  }
}
