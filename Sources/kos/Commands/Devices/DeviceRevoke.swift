import ArgumentParser
import SyncClient

/// Ends the access of a device for good.
struct DeviceRevoke: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: Phrase(
      "Afslut en enheds adgang for altid. Den sletter, hvad den har.",
      "End the access of a device for good. It wipes what it has."
    ).said)

  static let need = ReplicaNeed.contact

  @Argument(
    help: Phrase("Enheden: navn, id eller this.", "The device: its name, its id, or this.").help())
  var device: String
  @Option(help: Phrase.revocationReason.help())
  var reason: String
  @Option(help: Phrase("Hvis enhed: et navn eller id.", "Whose device: a name or an id.").help())
  var person: String?
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let reason = try session.reason(reason)
    let directory = try await session.directory()
    let listing = try person.map { try session.listed($0, in: directory) } ?? directory.first
    let found = try session.device(device, of: listing)
    let ended = try await session.ending {
      try await session.replica.revoke(device: found.id, because: reason, passphrase: session.passphrase)
    }
    session.output.object([
      ("outcome", ended == 0 ? "was_revoked" : "revoked"), ("device", JSON(found.id)),
      ("reason", .string(reason.name)),
    ])
    session.output.line(session.output.say(ended == 0 ? .deviceWasRevoked : .deviceRevoked, found.name.shown))
  }
}
