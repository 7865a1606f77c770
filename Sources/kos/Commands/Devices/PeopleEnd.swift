import ArgumentParser
import SyncClient

/// Ends a person's access, with all her devices.
struct PeopleEnd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "end",
    abstract: Phrase(
      "Afslut en persons adgang og alle hendes enheder.", "End a person's access, with all her devices."
    ).said)

  static let need = ReplicaNeed.contact

  @Argument(help: Phrase("Personen: et navn eller id.", "The person: a name or an id.").help())
  var person: String
  @Option(help: Phrase.endReason.help())
  var reason: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let reason = try session.reason(reason)
    let found = try session.listed(person, in: try await session.directory())
    let ended = try await session.ending {
      try await session.replica.end(person: found.person, because: reason, passphrase: session.passphrase)
    }
    session.output.object([
      ("outcome", "ended"), ("person", JSON(found.person)), ("reason", .string(reason.name)),
      ("devices", .integer(Int64(ended))),
    ])
    session.output.line(session.output.say(.personEnded, found.name.shown, String(ended)))
  }
}
