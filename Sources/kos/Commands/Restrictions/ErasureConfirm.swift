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

  @OptionGroup var which: ErasureOptions
  @Flag(help: Phrase("Vis kun, hvad der ville ske.", "Only show what would happen.").help())
  var dryRun = false
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let (record, file) = try which.erasure(session)
    let named = Set(record.identifiers(Field.Erasure.records))
    let all = try file.map { Array($0.records.values.joined()) } ?? session.wholeRegister()
    let records = all.filter { named.contains($0.id) }.sorted { $0.id < $1.id }
    if file == nil { try session.refuseStillNamed(records) }
    let draft = CaseWork.confirm(record, by: session.me)
    let unseen = named.count - records.count
    let told =
      try file.map { try session.tell(erasing: records, unseen: unseen, in: $0) }
      ?? session.tell(erasingFromRegister: records, unseen: unseen)
    let members = session.governed(draft, in: file) + told + [("not_here", .integer(Int64(unseen)))]
    guard !dryRun else {
      session.output.object(members + [("saved", false)])
      return session.output.line(session.output.say(.wouldErase, String(named.count)))
    }
    try await session.save(
      [draft], write, session.output.say(.erasureConfirmed, String(named.count)), members)
  }
}
