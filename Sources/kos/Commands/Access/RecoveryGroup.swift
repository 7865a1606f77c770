import ArgumentParser
import SyncClient

/// A server that lost its ledger.
struct RecoveryGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recovery",
    abstract: Phrase("En server, der har mistet sin hovedbog.", "A server that lost its ledger.").said,
    subcommands: [RecoveryEnd.self])
}

/// Ends the recovery, by a leader's signature.
struct RecoveryEnd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "end",
    abstract: Phrase(
      "Lad serveren sende igen, som leder: du har set efter, hvem der må have adgang.",
      "Let the server deliver again, as a leader: you have looked who may have access."
    ).said)

  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    try await session.replica.endRecovery(passphrase: session.passphrase)
    session.output.object([("outcome", "recovery_ended")])
    session.output.line(session.output.say(.recoveryEnded))
  }
}
