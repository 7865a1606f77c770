import ArgumentParser
import CRDT
import CaseModel

/// Calls a meeting. Who is called follows from who takes part.
struct MeetingCall: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "call",
    abstract: Phrase(
      "Indkald til et møde: hvem, følger af, hvem der deltager i sagen.",
      "Call a meeting: whom follows from who takes part in the case."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Option(
    help: Phrase(
      "assessment (udredning), analysis (analyse) eller follow-up (opfølgning).",
      "assessment, analysis or follow-up."
    ).help())
  var kind: MeetingKind
  @Flag(
    inversion: .prefixedNo,
    help: Phrase(
      "Om forældrene er med til et analysemøde.", "Whether the parents are at an analysis meeting."
    )
    .help())
  var withParents = false
  @Option(
    help: Phrase("Mødets dag.", "The day of the meeting.").help(valueName: "day"),
    transform: CalendarDay.coming)
  var on: CalendarDay
  @Option(help: Phrase("Klokkeslættet, f.eks. 13:30.", "The time of day, such as 13:30.").help())
  var time: String?
  @Option(
    help: Phrase(
      "Den påtænkte foranstaltnings art: den, der afgør den, indkaldes også.",
      "The matter of the intended measure: whoever decides on it is called too."
    ).help(valueName: "matter"))
  var measure: String?
  @Option(help: Phrase("En person til.", "One person more.").help(valueName: "person"))
  var invite: [String] = []
  @Option(
    help: Phrase("En person, der ikke indkaldes.", "A person who is not called.").help(valueName: "person"))
  var except: [String] = []
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let on = try session.notBefore(on, in: file)
    if let time, CalendarEvent.Time(time) == nil { throw Failure(.usage, .badTime, time) }
    let stock = try session.replica.stock()
    let invited = try invited(in: file, stock, session)
    let draft = CaseWork.call(
      meeting: kind.record, id: session.replica.newIdentifier(), in: file.id, about: file.children.map(\.id),
      for: on, time: time, by: session.me, invited: invited,
      withParents: kind == .analysis ? withParents : nil, measure: measure)
    let names = invited.map { session.title(of: $0, stock, in: file.id) }
    let (line, members) = session.recorded(draft, in: file)
    session.output.line(session.output.say(.calledAre, names.isEmpty ? "–" : names.joined(separator: ", ")))
    try await session.save([draft], write, line, members + [("invited", .array(invited.map { JSON($0) }))])
  }

  private func invited(
    in file: CaseFile, _ stock: CaseStock, _ session: Session
  ) throws -> [Identifier] {
    let leaders = measure.map { stock.deciders(on: $0, at: session.replica.now()) } ?? []
    if let measure, leaders.isEmpty {
      session.output.notice(session.output.say(.nobodyDecidesOn, measure.shown))
    }
    let called = file.invitees(
      to: kind.record, withParents: kind != .analysis || withParents, leaders: leaders)
    return try Set(called + invite.map(session.person)).subtracting(except.map(session.person)).sorted()
  }
}
