import ArgumentParser
import CRDT
import CaseModel
import SyncClient

/// Proposes to move cases to another tenant.
struct TransferAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: Phrase(
      "Foreslå at flytte sager til en anden kommune; intet sker, før en leder mere bekræfter det.",
      "Propose to move cases to another municipality; nothing happens before a second leader confirms it."
    ).said,
    discussion: Phrase(
      """
      En sag, som kom fra en anden kommune, kan flytte videre til en tredje. Til en kommune, som har haft \
      den, kan den ikke flytte tilbage.
      """,
      """
      A case that came from another municipality can move on to a third. It cannot move back to one that has \
      had it.
      """
    ).said)

  @Argument(help: Phrase("Sagerne.", "The cases.").help(valueName: "ref"))
  var caseReferences: [String] = []
  @Option(
    help: Phrase(
      "Alle sager fra denne kommune, som sagens hoved siger.",
      "All cases of this municipality, as their heads say."
    ).help())
  var municipality: String?
  @Option(
    help: Phrase(
      "Modtagerens kort, som deres drift skriver med kosd card.",
      "The receiver's card, which those who run it print with kosd card."
    ).help())
  var to: String
  @Option(help: Phrase("Hvorfor, på skrift.", "Why, in writing.").help())
  var ground: String
  @Flag(help: Phrase("Vis kun, hvad der ville ske.", "Only show what would happen.").help())
  var dryRun = false
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    guard let other = OtherTenant(card: to) else { throw Failure(.usage, .noCard) }
    guard other.id != session.replica.profile.tenant else { throw Failure(.usage, .ownCard) }
    guard !ground.allSatisfy(\.isWhitespace) else { throw Failure(.usage, .moveWhy) }
    var files = try caseReferences.map { try session.file($0) }
    if let municipality {
      files += try session.replica.stock().cases.filter {
        $0.records[.case]?.first?.text(Field.Case.municipality) == municipality
      }
    }
    var seen: Set<Identifier> = []
    files = files.filter { seen.insert($0.id).inserted && !session.isMoving($0) }
    guard !files.isEmpty else { throw Failure(.usage, .moveWhat) }
    if let back = files.first(where: { session.was($0, at: other) }) {
      throw Failure(.usage, .moveBack, back.label ?? session.reference(back.id) ?? "", other.name)
    }
    session.output.line(session.output.say(.comparesCard, other.name.shown, other.fingerprint))
    for file in files {
      session.output.line("  \(session.reference(file.id) ?? "")  \((file.label ?? "").shown)")
    }
    let members: [(String, JSON)] = [
      ("cases", .array(files.map { JSON($0.id) })), ("recipient", .string(other.name)),
      ("fingerprint", .string(other.fingerprint)),
    ]
    guard !dryRun else {
      session.output.object(members + [("saved", false)])
      return session.output.line(session.output.say(.wouldMove, String(files.count)))
    }
    let drafts = files.map { file in
      CaseWork.transfer(
        id: session.replica.newIdentifier(), case: file.id, to: other.id, name: other.name,
        card: other.fingerprint, ground: ground)
    }
    try await session.save(
      each: drafts, write, session.output.say(.moveProposed, String(files.count)), members)
  }
}
