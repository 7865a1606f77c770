import ArgumentParser
import CaseModel

/// Which protected contact a command is about.
struct ProtectedContactOptions: ParsableArguments {
  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Argument(
    help: Phrase(
      "Dens nummer i protected-contact list, eller dens id.",
      "Its number in protected-contact list, or its id."
    ).help())
  var contact: String

  /// The case and the protected contact.
  func found(_ session: Session) throws -> (file: CaseFile, contact: CaseRecord) {
    let file = try session.file(caseReference)
    return (file, try session.record(contact, in: session.grants(.protectedContact, in: file)))
  }
}
