import ArgumentParser
import CRDT
import CaseModel

/// Edits what a note says, in the user's editor or by a text that is given.
struct NoteEdit: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: Phrase(
      "Ret et notat i $EDITOR; andres samtidige rettelser bliver stående.",
      "Edit a note in $EDITOR; what others change at the same time stays."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"))
  var caseReference: String
  @Argument(
    help: Phrase(
      "Notatet: dets nummer i note list eller dets id.", "The note: its number in note list, or its id."
    ).help())
  var note: String
  @OptionGroup var text: TextOptions
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let record = try session.record(note, in: file.all(.note))
    try session.open([record])
    let before = record.text(Field.Note.text) ?? ""
    let after = try text.named() ?? ExternalEditor(session.output).edit(before)
    let drafts = CaseWork.edit(note: record, to: after)
    guard !drafts.isEmpty else {
      let (_, members) = session.recorded(RecordDraft.change(record), in: file)
      session.output.object(members + [("saved", false)])
      session.output.line(session.output.say(.nothingChanged))
      return
    }
    try await session.save(drafts, write, in: file)
  }
}
