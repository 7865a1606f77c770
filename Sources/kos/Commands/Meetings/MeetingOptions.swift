import ArgumentParser
import CaseModel

/// Which meeting a command is about.
struct MeetingOptions: ParsableArguments {
  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Argument(
    help: Phrase("Mødets nummer i meeting list, eller dets id.", "Its number in meeting list, or its id.")
      .help())
  var meeting: String

  /// The case and the meeting, which stands as it must.
  func found(_ session: Session, _ standing: Meeting.Standing) throws -> (file: CaseFile, meeting: Meeting) {
    let file = try session.file(caseReference)
    let meetings = file.meetings
    let record = try session.record(meeting, in: meetings.map(\.record), of: .meetings)
    guard let found = meetings.first(where: { $0.record.id == record.id }) else {
      throw Failure(.usage, .noSuchRecord, meeting)
    }
    guard found.standing == standing else {
      let label = session.output.label
      throw Failure(.usage, .meetingStands, label(found.standing.rawValue), label(standing.rawValue))
    }
    return (file, found)
  }
}
