import ArgumentParser
import CRDT
import CaseModel

/// Proposes to erase records of a case, or of the register.
struct ErasureAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: Phrase(
      "Foreslå at slette poster; intet slettes, før en leder mere bekræfter det.",
      "Propose to erase records; nothing is erased before a second leader confirms it."
    ).said)

  @Argument(
    help: Phrase("Sagen; udelad den for at slette fra registret.", "The case; none erases from the register.")
      .help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String?
  @Option(
    help: Phrase("En post ved id; gentag for flere.", "A record, by id; repeat it for more.")
      .help(valueName: "record"))
  var record: [String] = []
  @Option(
    help: Phrase(
      "En person i registret: navn eller id; gentag for flere.",
      "A person of the register: a name or an id; repeat it for more."
    ).help())
  var person: [String] = []
  @Option(
    help: Phrase(
      "En organisation i registret: navn eller id; gentag for flere.",
      "An organisation of the register: a name or an id; repeat it for more."
    ).help())
  var organisation: [String] = []
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
    guard let caseReference else { return try await proposeForRegister(session) }
    guard person.isEmpty, organisation.isEmpty else { throw Failure(.usage, .eraseCaseOrRegister) }
    let file = try session.file(caseReference)
    guard !record.isEmpty else { throw Failure(.usage, .eraseWhat) }
    try requireReason()
    let records = try record.map {
      try session.record($0, in: file.records.values.flatMap { $0 }, of: .unnumbered)
    }
    try session.refuseGoverning(records)
    let draft = CaseWork.erase(
      id: session.replica.newIdentifier(), in: file.id, records: records.map(\.id), ground: ground,
      archived: archived)
    let told = try session.tell(erasing: records, in: file)
    let (line, members) = session.recorded(draft, in: file)
    try await propose(draft, of: records.count, line, members + told, session)
  }

  private func proposeForRegister(_ session: Session) async throws {
    guard !(person + organisation + record).isEmpty else { throw Failure(.usage, .eraseWhat) }
    try requireReason()
    let records = try session.ofRegister(
      persons: person, organisations: organisation, records: record)
    try session.refuseGoverning(records)
    try session.refuseStillNamed(records)
    let draft = CaseWork.eraseFromRegister(
      id: session.replica.newIdentifier(), records: records.map(\.id), ground: ground, archived: archived)
    let told = try session.tell(erasingFromRegister: records)
    let line = session.output.say(.inRegister, session.kind(draft.kind).capitalisedFirst)
    try await propose(draft, of: records.count, line, session.governed(draft, in: nil) + told, session)
  }

  private func requireReason() throws {
    let reasons = [ground, archived].compactMap { $0 }.filter { !$0.allSatisfy(\.isWhitespace) }
    guard !reasons.isEmpty else { throw Failure(.usage, .eraseWhy) }
  }

  private func propose(
    _ draft: RecordDraft, of count: Int, _ line: String, _ members: [(String, JSON)], _ session: Session
  ) async throws {
    guard !dryRun else {
      session.output.object(members + [("saved", false)])
      return session.output.line(session.output.say(.wouldPropose, String(count)))
    }
    let awaits =
      draft.caseID == nil
      ? session.output.say(.awaitsSecondInRegister, session.short(draft.id))
      : session.output.say(.awaitsSecond)
    try await session.save([draft], write, line + " " + awaits, members)
  }
}
