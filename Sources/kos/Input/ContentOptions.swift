import ArgumentParser
import CRDT
import CaseModel

/// Whose data something holds that is written, and what sort: what decides who reads it.
struct ContentOptions: ParsableArguments {
  @Option(
    help: Phrase(
      "Hvem det handler om: et barn, en pårørende eller familien; ellers alle børn.",
      "Whom it is about: a child, a relative or family; else all children."
    ).help(valueName: "subject"))
  var about: [String] = []
  @Option(
    help: Phrase(
      "Oplysningens art: health (sundhed), school (skole), social, plan …; ellers som posten har.",
      "What sort of information it is: health, school, social, plan …; else as such records have."
    ).help(), completion: .informationType)
  var type: String?

  /// Whom it is about.
  func subjects(in file: CaseFile, _ session: Session) throws -> [Identifier] {
    about.isEmpty ? session.ownSubjects(in: file) : try session.subjects(about, in: file)
  }

  /// The information type that was named.
  func informationType() throws -> InformationType? { try type.map(TypeName.type) }
}
