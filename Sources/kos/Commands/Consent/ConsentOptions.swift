import ArgumentParser
import CRDT
import CaseModel

/// Which consent is signed or withdrawn, and by whom.
struct ConsentOptions: ParsableArguments {
  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Argument(
    help: Phrase(
      "Samtykket: dets nummer i consent list eller dets id.",
      "The consent: its number in consent list, or its id."
    ).help())
  var consent: String
  @Option(
    name: .customLong("by"),
    help: Phrase("Hvem, ved navn eller id; ellers du selv.", "Who, by name or id; else yourself.").help(
      valueName: "person"))
  var person: String?

  /// The case and the consent.
  func find(_ session: Session) throws -> (file: CaseFile, consent: CaseRecord) {
    let file = try session.file(caseReference)
    return (file, try session.record(consent, in: session.grants(.consent, in: file)))
  }

  /// Who signs or withdraws: whoever uses the replica, who as staff names another.
  func person(_ session: Session) throws -> Identifier {
    if let person { return try session.person(person) }
    guard !session.replica.profile.role.isStaff else { throw Failure(.usage, .needsSigner) }
    return session.me
  }
}
