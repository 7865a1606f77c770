import ArgumentParser
import CRDT
import CaseModel

/// Opens a case to a leader who takes no part in it, for four hours, with a reason.
struct BreakGlassCommand: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "break-glass",
    abstract: Phrase(
      "Nødadgang: læs en sag i fire timer uden at deltage i den; begrundelsen bliver stående, og andre får "
        + "besked. Uden sag vises, hvem der har brugt den.",
      "Read a case for four hours without taking part in it; the reason stays, and others are told. Without "
        + "a case, show who has used it."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String?
  @Option(help: Phrase("Hvorfor.", "Why.").help())
  var reason: String?
  @Flag(help: Phrase("Afslut din egen nødadgang før tiden.", "End your own before its time.").help())
  var end = false
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    guard let caseReference else { return try list(session) }
    let file = try session.file(caseReference)
    if end { return try await end(in: file, named: caseReference, session) }
    guard let reason, !reason.allSatisfy(\.isWhitespace) else { throw Failure(.usage, .needsReason) }
    let draft = CaseWork.breakGlass(id: session.replica.newIdentifier(), in: file.id, reason: reason)
    let forecast = try session.forecast(for: session.me, adding: [draft])
    let told = forecast.toldOfBreakGlass(in: file.id)
    let stock = try session.replica.stock()
    let names = told.map { session.title(of: $0, stock, in: file.id) }.joined(separator: ", ")
    let until = forecast.instant + CaseWork.breakGlassLength
    try await session.save(
      [draft], write,
      session.output.say(.glassBroken, Clock.text(until)) + " "
        + session.output.say(.tellThem, names.isEmpty ? session.output.say(.otherLeaders) : names),
      session.recorded(draft, in: file).members + [
        ("ends_at", .integer(until)), ("told", .array(told.map { JSON($0) })),
      ])
  }

  /// All that this replica holds, the latest first.
  private func list(_ session: Session) throws {
    guard !end, reason == nil else { throw Failure(.usage, .glassOfWhich) }
    let glasses = try session.replica.stock().brokenGlasses(at: session.replica.now())
    try session.open(
      session.replica.records().filter { record in glasses.contains { $0.record == record.id } })
    for glass in glasses {
      session.output.object(try session.members(glass))
      session.output.line(try session.line(glass))
    }
    if glasses.isEmpty { session.output.line(session.output.say(.noGlasses)) }
  }

  private func end(in file: CaseFile, named name: String, _ session: Session) async throws {
    let stock = try session.replica.stock()
    let own = session.grants(.breakGlass, in: file).filter { record in
      record.creator == session.me
        && [.inForce, .notReceived].contains(session.standing(of: record, stock))
    }
    guard let first = own.first else { throw Failure(.usage, .noGlass, name) }
    try await session.save(
      own.compactMap { CaseWork.end(governing: $0) }, write, session.output.say(.glassEnded),
      session.recorded(.change(first), in: file).members)
  }
}
