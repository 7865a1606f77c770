import ArgumentParser
import CaseModel

/// Which note of a case a command is about.
struct NoteOptions: ParsableArguments {
  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Argument(
    help: Phrase(
      "Notatet: dets nummer i note list eller dets id.", "The note: its number in note list, or its id."
    ).help())
  var note: String

  /// The case and the note.
  func found(_ session: Session) throws -> (file: CaseFile, note: CaseRecord) {
    let file = try session.file(caseReference)
    return (file, try session.record(note, in: file.all(.note)))
  }
}
