import ArgumentParser
import CaseModel

/// Lists the notes.
struct NoteList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Phrase("Vis notaterne.", "List the notes.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let stock = try session.replica.stock()
    let notes = try session.file(caseReference).all(.note)
    try session.keepNumbers(of: notes)
    var rows: [[String]] = []
    for (place, note) in try session.open(notes).enumerated() {
      session.output.object(
        [("number", .integer(Int64(place + 1)))] + (try session.members(note, stock)) + [
          ("taken_back", .boolean(try session.isTakenBack(note)))
        ])
      rows.append([
        String(place + 1), note.happenedOn?.description ?? "–", session.kind(note.kind),
        session.short(note.id), session.summary(note, stock).shown(upTo: 70) + (try session.mark(note)),
      ])
    }
    session.output.table(rows)
  }
}
