import ArgumentParser
import CRDT
import CaseModel

/// Shows meetings and deadlines, or writes them as a calendar program reads them.
struct CalendarCommand: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "calendar",
    abstract: Phrase(
      "Vis dine møder og frister, eller skriv dem til et kalenderprogram.",
      "Show your meetings and deadlines, or write them for a calendar program."
    ).said)

  @Flag(
    help: Phrase(
      "Skriv en kalenderfil (RFC 5545) uden personoplysninger.",
      "Write a calendar file (RFC 5545) without personal data."
    ).help())
  var ics = false
  @Flag(
    help: Phrase(
      "Med sagens navn og opgavens tekst i titlerne: andre kan se dem.",
      "With the case's name and the task's text in titles: others may see them."
    ).help())
  var titles = false
  @Option(
    help: Phrase("Fra denne dag, ellers i dag.", "From this day on, else today.").help(valueName: "day"))
  var from: CalendarDay?
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let stock = try session.replica.stock()
    let output = session.output
    let events = CalendarEvent.all(
      in: stock, for: session.me, from: session.day(from), today: session.day(nil),
      workflows: session.workflows(stock))
    let heads = Set(events.compactMap(\.caseID)).sorted().compactMap { stock.files[$0]?.head }
    try session.open((ics && !titles ? [] : heads) + events.map(\.record))
    if ics {
      // For another program in either way of printing: it is no line of a list.
      let name = output.say(.calendarName)
      return Descriptor.write(
        CalendarFile.text(events, name: name) { title($0, session, stock) }, to: 1)
    }
    let today = session.day(nil)
    var rows: [[String]] = []
    for event in events {
      let time = event.time.map { "\($0.hour):\($0.minute < 10 ? "0" : "")\($0.minute)" }
      output.object([
        ("record", JSON(event.record.id)), ("case", JSON(session.reference(event.caseID))),
        ("case_id", JSON(event.caseID)), ("kind", .string(event.code)), ("day", JSON(event.day)),
        ("time", JSON(time)), ("text", JSON(session.summary(event.record, stock))),
      ])
      rows.append([
        event.day.description, output.day(event.day, from: today), time ?? "",
        session.reference(event.caseID) ?? "–", output.label(event.code),
        stock.files[event.caseID ?? session.me]?.label?.shown ?? "",
      ])
    }
    output.table(rows)
  }

  /// What an event is called: its sort and the number that this replica gave its case, which tells nobody
  /// else anything; with `--titles` what it is about.
  private func title(_ event: CalendarEvent, _ session: Session, _ stock: CaseStock) -> String {
    let output = session.output
    let sort = output.label(event.code).capitalisedFirst
    guard let caseID = event.caseID else { return sort }
    guard titles else { return output.say(.calendarCase, sort, session.reference(caseID) ?? "") }
    let label = stock.files[caseID]?.label?.shown ?? ""
    let text = event.code == "task" ? ": " + session.summary(event.record, stock).shown : ""
    return "\(sort), \(label)\(text)"
  }
}
