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

  @OptionGroup var which: NoteOptions
  @OptionGroup var text: TextOptions
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let (file, record) = try which.found(session)
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
