import ArgumentParser
import CRDT
import CaseModel

/// Lists when each plan was followed up, and when it is due.
struct FollowUpList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis, hvornår planerne er fulgt op, og hvornår det skal ske.",
      "Show when the plans were followed up, and when it is due."
    ).said)

  @Argument(
    help: Phrase("Sagen, ellers alle indskrevne.", "The case, else all that are enrolled.").help(
      valueName: "ref"))
  var caseReference: String?
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let stock = try session.replica.stock()
    let today = session.day(nil)
    let interruptions = Interruptions(stock)
    let cadences = session.cadences(stock)
    let files =
      try caseReference.map { [try session.file($0)] }
      ?? stock.cases.filter { $0.status(at: today) == .enrolled }
    let output = session.output
    let forecast = try session.ownForecast()
    try session.open(
      files.flatMap { [$0.head, $0.plan(on: today)].compactMap { $0 } + $0.all(.followUpMeeting) })
    var rows: [[String]] = []
    for file in files {
      let clock = FollowUpClock(file, interruptions: interruptions, cadences: cadences, on: today).clock
      let plan = file.plan(on: today)
      let held = file.all(.followUpMeeting).compactMap { $0.day(Field.FollowUpMeeting.heldOn) }
      output.object([
        ("case", JSON(session.reference(file.id))), ("case_id", JSON(file.id)), ("label", JSON(file.label)),
        ("plan", JSON(plan?.id)), ("agreed_on", JSON(plan?.day(Field.Plan.agreedOn))),
        ("held", .integer(Int64(held.count))), ("last_held", JSON(held.max())),
        ("due_on", JSON(clock.dueOn)), ("overdue_days", .integer(Int64(clock.overdueDays))),
        ("missed", .integer(Int64(clock.missed.count))),
      ])
      let isPlanKnown = forecast.reads(.plan, in: file.id)
      let last = held.max().map { output.say(.followedUp, $0.description) } ?? output.say(.neverFollowedUp)
      rows.append([
        session.reference(file.id) ?? "", file.label?.shown ?? "–",
        plan == nil ? output.say(isPlanKnown ? .noPlanYet : .notShownToYou) : last,
        clock.dueOn.map { output.say(.dueAt, output.due($0, from: today)) } ?? "",
      ])
    }
    output.table(rows)
  }
}
