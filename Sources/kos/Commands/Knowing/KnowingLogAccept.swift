public import ArgumentParser
public import SyncClient

/// Goes on with a log of which something was found.
struct KnowingLogAccept: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: Phrase(
      "Gå videre med en log, når nogen har forklaret, hvorfor den ikke er den, som enheden kendte.",
      "Go on with a log once somebody has explained why it is not the one that the device knew."
    ).said,
    discussion: Phrase(
      """
      Spørg lederen først: en server, der har mistet sin hovedbog, begynder en ny log; ellers er rækker \
      fjernet. Det, som enheden kendte, bliver liggende som bevis (kos knowing-log show --json).
      """,
      """
      Ask the leader first: a server that lost its ledger begins a new log; otherwise rows were let go of. \
      What the device knew stays as evidence (kos knowing-log show --json).
      """
    ).said)

  @Argument(
    help: Phrase("delivered eller opened.", "delivered or opened.").help(valueName: "log"))
  var log: LogSummary.Name
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let name = session.output.say(log == .delivered ? .logOfDelivered : .logOfOpened)
    guard try session.replica.accept(log: log) else { throw Failure(.refused, .logNothingFound, name) }
    session.output.object([("outcome", "accepted"), ("log", .string(log.rawValue))])
    session.output.line(session.output.say(.logAccepted, name))
  }
}

extension LogSummary.Name: ExpressibleByArgument {}
