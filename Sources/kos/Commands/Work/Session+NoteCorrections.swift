import ArgumentParser
import CRDT
import CaseModel

/// Taking back what stands wrong.
extension Session {
  /// Closes a note to all but its author, with the files that belong to it, in one act with what else is to
  /// be written.
  func close(
    _ note: CaseRecord, in file: CaseFile, reason: String?, _ options: WriteOptions, first: [RecordDraft],
    done: String, members: [(String, JSON)]
  ) async throws {
    guard file.coordinator == me || replica.profile.role == .leader, takesPart(in: file) else {
      throw Failure(.refused, .needsGovernor)
    }
    let files = file.all(.attachment).filter { $0.identifier(Field.Attachment.belongsTo) == note.id }
    let author = note.creator ?? me
    let drafts = CaseWork.enteredInError(
      note, in: file.id, about: ownSubjects(in: file), author: author, files: files, reason: reason,
      on: day(nil)
    ) { replica.newIdentifier() }
    let stock = try replica.stock()
    let closed = output.say(.noteClosed, title(of: author, stock, in: file.id))
    if !files.isEmpty { output.notice(output.say(.filesClosedToo, String(files.count))) }
    try await save(
      first + drafts, options, done.isEmpty ? closed : done + " " + closed,
      members + [("author", JSON(author)), ("files_closed", .integer(Int64(files.count)))])
  }
}
