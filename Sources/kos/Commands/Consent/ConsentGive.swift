import ArgumentParser
import CRDT
import CaseModel

/// Records a consent.
struct ConsentGive: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "give",
    abstract: Phrase(
      "Notér et samtykke. Det gælder, når alle, der skal, har skrevet under.",
      "Record a consent. It holds once everybody has signed who must."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Option(
    help: Phrase(
      "Modtageren: en person, eller en organisation for alle, den indestår for.",
      "The recipient: a person, or an organisation for all whom it vouches for."
    ).help(valueName: "recipient"))
  var to: String
  @OptionGroup var what: DisclosureOptions
  @OptionGroup var signing: SigningOptions
  @OptionGroup var grant: GrantOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let recipient = try session.recipient(to)
    let disclosure = try what.disclosure(to: recipient, in: file, session)
    let drafts = try signing.drafts(of: disclosure, in: file, session)
    guard let consent = drafts.last else { return }
    try await session.grant(
      drafts, to: session.readers(recipient, in: file), grant, in: file, told: consent)
  }
}
