import ArgumentParser
import CRDT
import CaseModel
import SyncClient

/// Writes down for a citizen who had and saw what of a case, on whose consent, and who changed it.
struct Export: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: Phrase(
      "Skriv til en borger, hvem der har fået, set og ændret hvad i en sag.",
      "Write down for a citizen who was sent, saw and changed what of a case."
    ).said,
    discussion: Phrase(
      """
      En FHIR-samling af AuditEvent, Communication (hvad der er skrevet ud), Consent og Provenance. Med er \
      kun det, personen selv må se; andre \
      forældres opslag er ikke med. Medarbejdernes navne er kun med, hvis du beder om det: --names. At det \
      er skrevet, står i loggen.
      """,
      """
      A FHIR bundle of AuditEvent, Communication (what was printed), Consent and Provenance. Only what the \
      person may see is in it; what other \
      parents looked at is not. Staff are named only if you ask for it: --names. That it was written stands \
      in the log.
      """
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Option(
    name: .customLong("for"),
    help: Phrase("Borgeren: et navn eller id.", "The citizen: a name or an id.").help())
  var citizen: String
  @Option(help: Phrase("Filen, der skrives.", "The file to write.").help(valueName: "file"))
  var out: String
  @Flag(help: Phrase("Nævn medarbejderne ved navn.", "Name the staff.").help())
  var names = false
  @Flag(help: Phrase("Erstat en fil, der er der.", "Replace a file that is there.").help())
  var force = false
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.content
  private static let patience = Duration.seconds(60)
  /// What the log of what was opened says that this was for.
  private static let purpose = "export"

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let person = try session.person(citizen)
    let role = file.participants.first { $0.part.person == person }?.part.role
    guard let role, !role.isStaff else { throw Failure(.usage, .noCitizen, citizen) }
    let forecast = try session.forecast(for: person, as: role)
    let records = Array(file.records.values.joined()).sorted { $0.id < $1.id }
      .filter { forecast.reading($0).isAllowed }
    let target = try NewFile(path: out, replacing: force)
    try session.open(records, for: Self.purpose)
    let report = try await session.replica.whoSaw(
      records.map(\.id), since: 0, passphrase: session.passphrase)
    let changes = try await session.replica.changes(
      of: records.map(\.id), passphrase: session.passphrase, timeout: Self.patience)
    let stock = try session.replica.stock()
    let withheld = file.records.values.joined().filter { forecast.reading($0).rule == .withheld }
    let export = CitizenExport(
      of: file, in: stock, for: person, without: Set(withheld.map(\.id)),
      tenant: session.replica.profile.tenantName,
      at: session.replica.now(), naming: names ? { session.name($0, stock) } : nil)
    let bundle = try export.bundle(records, report, changes)
    try target.write(Array((bundle.json.text + "\n").utf8))
    try target.finish()
    session.output.object([
      ("file", .string(out)), ("person", JSON(person)), ("case", JSON(session.reference(file.id))),
      ("case_id", JSON(file.id)), ("records", .integer(Int64(records.count))),
      ("entries", .integer(Int64(bundle.entries))), ("as_of", JSON(report.asOf)),
    ])
    session.output.line(session.output.say(.exported, String(bundle.entries), out.shown))
    session.tellEnd(of: report)
  }
}
