import ArgumentParser
import CRDT
import CaseModel

/// Changes what a protected contact says.
struct ProtectedContactChange: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "change",
    abstract: Phrase("Ret en beskyttet oplysning.", "Change a protected contact.").said)

  @OptionGroup var which: ProtectedContactOptions
  @OptionGroup var text: TextOptions
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let (file, record) = try which.found(session)
    var draft = RecordDraft.change(record)
    let text = try text.required(session.output)
    draft.write(
      Field.ProtectedContact.text,
      try session.protectedText(text, as: record.text(Field.ProtectedContact.sort)))
    try await session.save([draft], write, in: file)
  }
}
