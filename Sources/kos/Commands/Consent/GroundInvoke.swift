import ArgumentParser
import CRDT
import CaseModel

/// Invokes a legal basis of the register for a recipient.
struct GroundInvoke: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "invoke",
    abstract: Phrase(
      "Påberåb en hjemmel fra registret for en modtager.",
      "Invoke a legal basis of the register for a recipient."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Option(
    help: Phrase(
      "Hjemlen: dens kode, eller nummer eller id fra legal-basis list.",
      "The legal basis: its code, or number or id of legal-basis list."
    ).help(valueName: "code"))
  var basis: String
  @Option(
    help: Phrase(
      "Modtageren: en person, eller en organisation for alle, den indestår for.",
      "The recipient: a person, or an organisation for all whom it vouches for."
    ).help(valueName: "recipient"))
  var to: String
  @Option(help: Phrase("Hvorfor, kort.", "Why, in short.").help())
  var reason: String?
  @OptionGroup var what: DisclosureOptions
  @OptionGroup var grant: GrantOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let recipient = try session.recipient(to)
    let ground = CaseWork.ground(
      id: session.replica.newIdentifier(), in: file.id, basis: try find(session).id,
      try what.disclosure(to: recipient, in: file, session), reason: reason)
    try await session.grant(
      [ground], to: session.readers(recipient, in: file), grant, in: file, told: ground)
  }

  private func find(_ session: Session) throws -> CaseRecord {
    let all = try session.table(.legalBasis)
    let stock = try session.replica.stock()
    let coded = all.filter {
      $0.text(Field.LegalBasis.code)?.lowercased() == basis.lowercased()
        && session.standing(of: $0, stock) == .inForce
    }
    if let last = coded.last { return last }
    return try session.record(basis, in: all)
  }
}
