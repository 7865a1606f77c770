import ArgumentParser
import CRDT
import CaseModel

/// Notes that somebody withdrew a consent.
struct ConsentWithdraw: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: Phrase(
      "Træk et samtykke tilbage, eller notér, at en anden har gjort det.",
      "Withdraw a consent, or note that somebody else has."
    ).said)

  @OptionGroup var which: ConsentOptions
  @Flag(help: Phrase("Vis kun, hvem der læser så.", "Only show who would read then.").help())
  var dryRun = false
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let (file, consent) = try which.find(session)
    let person = try which.person(session)
    let draft = CaseWork.withdraw(consent: consent, by: person)
    let name = session.title(of: person, try session.replica.stock(), in: file.id)
    if dryRun {
      let recipient = consent.identifier(Field.Consent.recipient)
      let told = try session.show(
        [draft], for: recipient.map { try session.readers($0, in: file) } ?? [], in: file)
      session.output.object(session.recorded(draft, in: file).members + told + [("saved", false)])
      return session.output.line(session.output.say(.previewOnly))
    }
    try await session.save(
      [draft], write, session.output.say(.consentWithdrawn, name),
      session.recorded(draft, in: file).members + [("withdrawn_by", JSON(person))])
  }
}
