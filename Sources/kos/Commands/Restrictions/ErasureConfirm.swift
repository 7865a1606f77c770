import ArgumentParser
import CRDT
import CaseModel

/// Confirms an erasure as the second person. It cannot be taken back.
struct ErasureConfirm: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: Phrase(
      "Bekræft en sletning som den anden leder. Det kan ikke fortrydes.",
      "Confirm an erasure as the second leader. It cannot be taken back."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Argument(help: Phrase("Nummer i erasure list eller id.", "Its number in erasure list, or its id.").help())
  var erasure: String
  @Flag(help: Phrase("Vis kun, hvad der ville ske.", "Only show what would happen.").help())
  var dryRun = false
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let record = try session.record(erasure, in: session.grants(.erasure, in: file))
    let named = Set(record.identifiers(Field.Erasure.records))
    let records = file.records.values.flatMap { $0 }.filter { named.contains($0.id) }
    let draft = CaseWork.confirm(record, by: session.me)
    let told =
      try session.tell(erasing: records.sorted { $0.id < $1.id }, in: file)
      + [("not_here", .integer(Int64(named.count - records.count)))]
    let members = session.governed(draft, in: file)
    if records.count < named.count {
      session.output.line(session.output.say(.erasesUnseen, String(named.count - records.count)))
    }
    guard !dryRun else {
      session.output.object(members + told + [("saved", false)])
      return session.output.line(session.output.say(.wouldErase, String(named.count)))
    }
    try await session.save(
      [draft], write, session.output.say(.erasureConfirmed, String(named.count)), members + told)
  }
}
