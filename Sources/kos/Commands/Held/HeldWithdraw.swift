import ArgumentParser
import SyncClient

/// Takes own work back that is held.
struct HeldWithdraw: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: Phrase(
      "Træk noget tilbage: ingen får det at se.", "Take something back: nobody is shown it."
    ).said)

  @Argument(help: Phrase("Hvad, efter: kos held list", "What, from: kos held list").help())
  var id: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    guard try session.replica.held().contains(where: { $0.id == id }) else {
      throw Failure(.usage, .notHeld, id)
    }
    try await session.replica.withdrawHeld(id, passphrase: session.passphrase)
    session.output.object([("outcome", "withdrawn"), ("id", .string(id))])
    session.output.line(session.output.say(.heldWithdrawn))
  }
}
