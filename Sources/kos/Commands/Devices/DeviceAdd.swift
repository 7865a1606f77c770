import ArgumentParser
import SyncClient

/// Makes a one-time link for another device of one's own.
struct DeviceAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: Phrase(
      "Lav et engangslink til endnu en af dine enheder.", "Make a one-time link for another device of yours."
    ).said)

  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let profile = session.replica.profile
    let invitation = try await session.replica.invite(
      role: profile.role, person: profile.person, name: profile.personName, case: nil,
      passphrase: session.passphrase)
    session.say(invitation, for: profile.personName, profile.person)
  }
}
