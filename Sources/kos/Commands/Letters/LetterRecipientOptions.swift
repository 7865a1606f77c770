import ArgumentParser
import CRDT
import CaseModel

/// For whom a letter is.
struct LetterRecipientOptions: ParsableArguments {
  @Option(
    name: .customLong("for"),
    help: Phrase(
      "Hvem det er til: kun det, personen selv må læse, er med.",
      "Whom it is for: only what the person may read is in it."
    ).help(valueName: "person"))
  var recipient: String?

  /// The person, if one is named; she takes part in the case.
  func person(in file: CaseFile, _ session: Session) throws -> Identifier? {
    guard let recipient else { return nil }
    let person = try session.person(recipient)
    guard file.participants.contains(where: { $0.part.person == person }) else {
      throw Failure(.usage, .notParticipant, recipient)
    }
    return person
  }
}
