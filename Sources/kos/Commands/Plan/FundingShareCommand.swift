import ArgumentParser
import CaseModel

/// Records which part of an intervention somebody pays.
struct FundingShareCommand: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "share",
    abstract: Phrase(
      "Notér, hvor stor en del af en indsats nogen betaler.",
      "Record which part of an intervention somebody pays."
    ).said)

  @OptionGroup var intervention: OneInterventionOptions
  @Option(
    help: Phrase("Afdelingen eller myndigheden, der betaler.", "The department or authority that pays.")
      .help())
  var payer: String
  @Option(help: Phrase("Loven, den betaler efter.", "The law that it pays by.").help())
  var law: String
  @Option(help: Phrase("Hvor mange procent, 1-100.", "How many per cent, 1-100.").help())
  var percent: Int
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(intervention.caseReference)
    let record = try session.record(intervention.intervention, in: file.all(.intervention))
    let shares = FundingShares(of: record.id, in: file)
    guard shares.hasRoom(for: percent) else {
      throw Failure(.usage, .shareTooLarge, String(percent), String(max(0, 100 - shares.percent)))
    }
    let draft = CaseWork.fundingShare(
      id: session.replica.newIdentifier(), of: record, payer: payer, law: law, percent: percent,
      on: try session.pastDay(intervention.on))
    try await session.save(
      [draft], intervention.write,
      session.output.say(.shareKept, payer.shown, String(percent), String(shares.percent + percent)),
      session.recorded(draft, in: file).members + [
        ("percent", .integer(Int64(percent))), ("funded_percent", .integer(Int64(shares.percent + percent))),
      ])
  }
}
