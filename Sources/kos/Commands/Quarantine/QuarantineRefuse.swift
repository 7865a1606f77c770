import ArgumentParser
import SyncClient

/// Refuses what waits. Its author keeps it, and is told why.
struct QuarantineRefuse: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "refuse",
    abstract: Phrase(
      "Afvis noget: forfatteren beholder det og får begrundelsen.",
      "Refuse something: its author keeps it, and is told why."
    ).said)

  @OptionGroup var which: QuarantineOptions
  @Option(
    help: Phrase(
      "Hvorfor: not_needed, wrong_case, not_entitled eller other.",
      "Why: not_needed, wrong_case, not_entitled or other."
    ).help())
  var reason: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let known = reason.replacing("-", with: "_")
    guard Replica.quarantineReasons.contains(known) else {
      throw Failure(.usage, .noQuarantineReason, reason, Replica.quarantineReasons.joined(separator: ", "))
    }
    let id = try await session.quarantined(named: which.id)
    try await session.replica.refuseQuarantined(id, because: known, passphrase: session.passphrase)
    session.output.object([("outcome", "refused"), ("id", .string(id)), ("reason", .string(known))])
    session.output.line(session.output.say(.quarantineRefused))
  }
}
