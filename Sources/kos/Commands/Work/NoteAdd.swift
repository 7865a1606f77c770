import ArgumentParser
import CaseModel

/// Writes a note.
struct NoteAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: Phrase("Skriv et notat.", "Write a note.").said)

  @OptionGroup var step: StepOptions
  @Option(help: Phrase("Hvad det hedder i lister.", "What it is called in lists.").help())
  var title: String?
  @OptionGroup var content: ContentOptions
  @OptionGroup var text: TextOptions
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let note = CaseWork.note(
      id: session.replica.newIdentifier(), in: file.id, about: try content.subjects(in: file, session),
      text: try text.required(session.output), title: title, informationType: try content.informationType(),
      on: try session.pastDay(step.on))
    try await session.save([note], step.write, in: file)
  }
}
