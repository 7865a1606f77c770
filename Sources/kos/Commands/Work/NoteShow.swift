import ArgumentParser
import CRDT
import CaseModel

/// Shows what a note says, and who wrote what of it.
struct NoteShow: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: Phrase("Vis et notat, og hvem der skrev hvad.", "Show a note, and who wrote what.").said)

  @OptionGroup var which: NoteOptions
  @Flag(help: Phrase("Vis, hvem der skrev hvad.", "Show who wrote what.").help())
  var authors = false
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let stock = try session.replica.stock()
    let record = try which.found(session).note
    try session.open([record])
    let segments = record.state.text(Field.Note.text.id).segments
    let names = try segments.map { try session.replica.name(of: $0.authorship.author) }
    session.output.object(
      try session.members(record, stock) + [
        ("content", JSON(record.text(Field.Note.text))),
        (
          "segments",
          .array(
            zip(segments, names).map { segment, name in
              .object([
                ("text", JSON(segment.text)), ("author", JSON(name)),
                ("written_at", .integer(segment.authorship.writtenAt)),
                ("received_at", JSON(segment.authorship.receivedAt)),
              ])
            })
        ),
      ])
    guard authors else {
      return session.output.line(
        (record.text(Field.Note.text)?.shownBlock ?? "–") + (try session.mark(record)))
    }
    for (segment, name) in zip(segments, names) {
      session.output.line("[\(session.author(name, stock)), \(Clock.text(segment.authorship.writtenAt))]")
      session.output.line(segment.text.shownBlock)
    }
  }
}
