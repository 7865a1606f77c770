import ArgumentParser
import CaseModel

/// Says whether somebody comes to a meeting.
struct MeetingAnswer: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "answer",
    abstract: Phrase("Sig, om du eller en anden kommer.", "Say whether you or somebody else comes.").said)

  @OptionGroup var meeting: MeetingOptions
  @Argument(help: Phrase("yes (kommer) eller no (kommer ikke).", "yes or no.").help())
  var answer: Answer
  @Option(
    name: .customLong("for"),
    help: Phrase("Hvem, ellers du selv.", "Who, else yourself.").help(valueName: "person"))
  var person = "me"
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  /// Whether somebody comes.
  enum Answer: String, ExpressibleByArgument, CaseIterable {
    case yes, no
  }

  func work(_ session: Session) async throws {
    let (file, meeting) = try meeting.found(session, .called)
    let draft = CaseWork.answer(meeting, by: try session.person(person), comes: answer == .yes)
    try await session.save([draft], write, in: file)
  }
}
