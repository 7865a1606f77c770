import ArgumentParser
import CaseModel

/// Calls a meeting off.
struct MeetingCancel: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: Phrase("Aflys et møde.", "Call a meeting off.").said)

  @OptionGroup var meeting: MeetingOptions
  @Option(help: Phrase("Hvorfor; det står i et notat.", "Why; it stands in a note.").help())
  var reason: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let (file, meeting) = try meeting.found(session, .called)
    let day = session.day(nil)
    let draft = CaseWork.cancel(meeting, on: day)
    let notes = CaseWork.comment(on: draft, reason, day) { session.replica.newIdentifier() }
    try await session.save([draft] + notes, write, in: file)
  }
}
