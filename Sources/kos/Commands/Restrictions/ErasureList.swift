import ArgumentParser
import CaseModel

/// Lists what of a case or of the register was erased, or is proposed to be.
struct ErasureList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis, hvad der er slettet eller foreslået slettet, og hvorfor.",
      "List what was erased or is proposed to be, and why."
    ).said)

  @Argument(
    help: Phrase("Sagen; udelad den med --register.", "The case; leave it out with --register.")
      .help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String?
  @Flag(help: Phrase("Dem fra registret.", "Those of the register.").help())
  var register = false
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    guard register == (caseReference == nil) else { throw Failure(.usage, .eraseListWhich) }
    guard let caseReference else { return try session.list(grants: session.table(.registerErasure)) }
    let file = try session.file(caseReference)
    session.output.line(session.called(file.id), .heading)
    try session.list(grants: session.grants(.erasure, in: file))
  }
}
