import ArgumentParser
import CRDT
import CaseModel

/// Takes back a note that should not stand anywhere.
struct NoteEnteredInError: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "entered-in-error",
    abstract: Phrase(
      "Tag et notat tilbage, der aldrig skulle have stået der.",
      "Take back a note that should never have stood there."
    ).said)

  @OptionGroup var which: NoteOptions
  @Option(
    help: Phrase("Hvorfor; de, der deltager i sagen, kan læse det.", "Why; who takes part can read it.")
      .help(valueName: "text"))
  var reason: String
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let (file, record) = try which.found(session)
    try await session.close(
      record, in: file, reason: reason, write, first: [], done: "",
      members: [
        ("record", JSON(record.id)), ("kind", "note"), ("case", JSON(session.reference(file.id))),
        ("case_id", JSON(file.id)), ("closed", JSON(record.id)),
      ])
  }
}
