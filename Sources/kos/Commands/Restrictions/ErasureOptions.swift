import ArgumentParser
import CaseModel

/// Which erasure: one of a case, or one of the register.
struct ErasureOptions: ParsableArguments {
  @Argument(
    help: Phrase("Sagen; udelad den med --register.", "The case; leave it out with --register.")
      .help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String?
  @Argument(help: Phrase("Nummer i erasure list eller id.", "Its number in erasure list, or its id.").help())
  var erasure: String?
  @Option(
    help: Phrase(
      "I stedet en sletning fra registret: nummer i erasure list --register eller id.",
      "Instead an erasure of the register: its number in erasure list --register, or its id."
    ).help(valueName: "erasure"))
  var register: String?

  /// The erasure, and its case; none in the register. A number of the register is never taken for a case,
  /// since what is confirmed cannot be taken back.
  func erasure(_ session: Session) throws -> (record: CaseRecord, file: CaseFile?) {
    if let register {
      guard caseReference == nil else { throw Failure(.usage, .eraseCaseOrRegister) }
      return (try session.record(register, in: session.table(.registerErasure)), nil)
    }
    guard let caseReference, let erasure else { throw Failure(.usage, .eraseWhich) }
    let file = try session.file(caseReference)
    return (try session.record(erasure, in: session.grants(.erasure, in: file)), file)
  }
}
