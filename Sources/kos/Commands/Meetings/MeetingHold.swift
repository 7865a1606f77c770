import ArgumentParser
import CRDT
import CaseModel

/// Records that a called meeting was held, with what it found missing.
struct MeetingHold: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold",
    abstract: Phrase(
      "Notér, at et indkaldt møde blev holdt, og hvad det mangler.",
      "Record that a called meeting was held, and what it found missing."
    ).said)

  @OptionGroup var meeting: MeetingOptions
  @OptionGroup var attendance: AttendanceOptions
  @Option(
    help: Phrase(
      "Oplysninger, der mangler, og hvornår de skal være der, f.eks. ppv=2020-05-01; de indhentes.",
      "What is missing, and when it should be there, such as ppv=2020-05-01; it is asked for."
    ).help(valueName: "what=day"))
  var missing: [String] = []
  @Flag(
    inversion: .prefixedNo,
    help: Phrase(
      "Om forældrene var med til et analysemøde, ellers som indkaldt.",
      "Whether the parents were at an analysis meeting, else as it was called."
    ).help())
  var withParents: Bool?
  @Option(
    help: Phrase("Dagen, ellers den indkaldte.", "The day, else that of the call.").help(valueName: "day"),
    transform: CalendarDay.past)
  var on: CalendarDay?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let (file, meeting) = try meeting.found(session, .called)
    let day = try session.pastDay(on ?? meeting.day, in: file)
    let isAnalysis = meeting.record.kind == .analysisMeeting
    guard isAnalysis || missing.isEmpty else { throw Failure(.usage, .onlyAnalysisFindsMissing) }
    let outcome = missing.isEmpty ? "plan_basis" : "missing_information"
    var held = try session.hold(meeting, attendance, in: file, outcome: outcome, on: day)
    if isAnalysis {
      held.write(Field.AnalysisMeeting.withParents, withParents)
      if withParents ?? meeting.withParents == true {
        try session.requireParent(attendance, in: file, else: meeting.accepted)
      }
    }
    let requests = try missing.map { try request($0, for: meeting, in: file, on: day, session) }
    let notes = CaseWork.comment(on: held, attendance.minutes, day) { session.replica.newIdentifier() }
    let (line, members) = session.recorded(held, in: file)
    let told: [(String, JSON)] =
      (isAnalysis ? [("outcome", .string(outcome))] : [])
      + [("requests", .array(requests.map { JSON($0.id) }))]
    try await session.save([held] + requests + notes, write, line, members + told)
  }

  private func request(
    _ word: String, for meeting: Meeting, in file: CaseFile, on day: CalendarDay, _ session: Session
  ) throws -> RecordDraft {
    let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let due = CalendarDay(argument: parts[1]) else {
      throw Failure(.usage, .missingHow, word)
    }
    guard due >= day else { throw Failure(.usage, .duePassed, due.description, day.description) }
    return CaseWork.informationRequest(
      id: session.replica.newIdentifier(), in: file.id, about: meeting.record.about, what: parts[0], of: nil,
      due: due, meeting: meeting.record.id, on: day)
  }
}

extension Session {
  /// Refuses a meeting with the parents at which no parent is said to have been.
  ///
  /// - Parameter accepted: who was there where nobody is named.
  func requireParent(
    _ attendance: AttendanceOptions, in file: CaseFile, else accepted: [Identifier] = []
  ) throws {
    let named = try attendance.participant.map(person)
    let isThere = file.hasParent(
      among: named.isEmpty ? accepted : named, attendees: attendance.attendee)
    guard isThere else { throw Failure(.usage, .noParentThere) }
  }

  /// Drafts that a called meeting was held.
  func hold(
    _ meeting: Meeting, _ attendance: AttendanceOptions, in file: CaseFile, outcome: String? = nil,
    on day: CalendarDay
  ) throws -> RecordDraft {
    let named = try attendance.participant.map(person)
    return CaseWork.hold(
      meeting, participants: named.isEmpty ? meeting.accepted : named, attendees: attendance.attendee,
      outcome: outcome, plan: file.plan(on: day)?.id, on: day)
  }
}
