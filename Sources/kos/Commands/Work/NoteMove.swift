import ArgumentParser
import CRDT
import CaseModel

/// Moves a note that stands in the wrong case.
struct NoteMove: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "move",
    abstract: Phrase(
      "Flyt et notat, der står i den forkerte sag.", "Move a note that stands in the wrong case."
    ).said,
    discussion: Phrase(
      """
      I én omgang skrives det på ny i den rigtige sag, og det gamle lukkes for alle andre end dets \
      forfatter: enheder, der har det, sletter det og kvitterer. Det gør sagens koordinator eller en leder.
      """,
      """
      In one act it is written anew in the right case, and the old one is closed to all but its author: \
      devices that hold it wipe it and answer with receipts. The case's coordinator or a leader does so.
      """
    ).said)

  @Argument(
    help: Phrase("Notatets id eller begyndelsen af det.", "The note's id, or the beginning of it.").help())
  var note: String
  @Option(help: Phrase("Den rigtige sag.", "The right case.").help(valueName: "ref"))
  var to: String
  @Option(help: Phrase("Hvorfor.", "Why.").help())
  var reason: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let notes = try session.replica.records().filter { $0.kind == .note }
    let record = try session.record(note, in: notes, of: .unnumbered)
    guard let caseID = record.caseID, let file = try session.replica.stock().files[caseID] else {
      throw Failure(.usage, .noSuchRecord, note)
    }
    let target = try session.file(to)
    guard target.id != file.id else { throw Failure(.usage, .sameCase) }
    guard session.takesPart(in: target) else {
      throw Failure(.refused, .notParticipant, session.replica.profile.personName)
    }
    // Whom it was closed to here is not known there: that is a person's to say.
    let isRestricted =
      file.all(.reclassification).contains { $0.identifier(Field.Reclassification.record) == record.id }
      || file.all(.withholding).contains { $0.identifiers(Field.Withholding.records).contains(record.id) }
    guard !isRestricted else { throw Failure(.usage, .moveRestricted) }
    try session.open([record])
    let id = session.replica.newIdentifier()
    let copy = CaseWork.copy(note: record, id: id, to: target.id, about: session.ownSubjects(in: target))
    try await session.close(
      record, in: file, reason: reason, write, first: [copy],
      done: session.output.say(.noteMoved, session.called(target.id)),
      members: [
        ("record", JSON(id)), ("kind", "note"), ("case", JSON(session.reference(target.id))),
        ("case_id", JSON(target.id)), ("closed", JSON(record.id)),
      ])
  }
}
