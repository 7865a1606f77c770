import ArgumentParser
import CRDT
import CaseModel

/// Proposes to erase records of a case.
struct ErasureAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: Phrase(
      "Foreslå at slette poster; intet slettes, før en leder mere bekræfter det.",
      "Propose to erase records; nothing is erased before a second leader confirms it."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Option(
    help: Phrase("En post ved id; gentag for flere.", "A record, by id; repeat it for more.")
      .help(valueName: "record"))
  var record: [String] = []
  @Option(
    help: Phrase(
      "Hvorfor, på skrift; det bliver stående, så skriv ikke, hvad der skal slettes.",
      "Why, in writing; it stays, so do not say what is to be erased."
    ).help())
  var ground: String?
  @Option(
    help: Phrase("Arkivets kvittering for afleveringen.", "The archive's receipt for what it took.").help())
  var archived: String?
  @Flag(help: Phrase("Vis kun, hvad der ville ske.", "Only show what would happen.").help())
  var dryRun = false
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    guard !record.isEmpty else { throw Failure(.usage, .eraseWhat) }
    let reasons = [ground, archived].compactMap { $0 }.filter { !$0.allSatisfy(\.isWhitespace) }
    guard !reasons.isEmpty else { throw Failure(.usage, .eraseWhy) }
    let records = try record.map {
      try session.record($0, in: file.records.values.flatMap { $0 }, of: .unnumbered)
    }
    if let governing = records.first(where: \.kind.governsAccess) {
      throw Failure(.usage, .erasesNoRights, session.kind(governing.kind))
    }
    let draft = CaseWork.erase(
      id: session.replica.newIdentifier(), in: file.id, records: records.map(\.id), ground: ground,
      archived: archived)
    let told = try session.tell(erasing: records, in: file)
    let (line, members) = session.recorded(draft, in: file)
    guard !dryRun else {
      session.output.object(members + told + [("saved", false)])
      return session.output.line(session.output.say(.wouldPropose, String(records.count)))
    }
    try await session.save([draft], write, line + " " + session.output.say(.awaitsSecond), members + told)
  }
}
