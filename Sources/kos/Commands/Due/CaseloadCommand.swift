import ArgumentParser
import CRDT
import CaseModel

/// Tells how much each coordinator has (R52).
struct CaseloadCommand: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "caseload",
    abstract: Phrase(
      "Sagstal: hvor mange sager og børn hver koordinator har, og hvad der er over tiden.",
      "The caseload: how many cases and children each coordinator has, and what is overdue."
    ).said)

  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let stock = try session.replica.stock()
    let output = session.output
    // Who coordinates a case is what is told of it.
    try session.open(stock.cases.compactMap(\.allocation))
    let loads = CoordinatorLoad.all(
      in: stock, for: session.me, on: session.day(nil), cadences: session.cadences(stock),
      interruptions: Interruptions(stock), workflows: session.workflows(stock))
    var rows: [[String]] = []
    for load in loads {
      let name = load.coordinator.map { session.name($0, stock) } ?? output.say(.loadNobody)
      output.object([
        ("coordinator", JSON(load.coordinator)), ("name", JSON(load.coordinator.map { _ in name })),
        ("cases", .integer(Int64(load.cases))), ("children", .integer(Int64(load.children))),
        ("overdue_contacts", .integer(Int64(load.overdueContacts))),
        ("overdue_follow_ups", .integer(Int64(load.overdueFollowUps))),
        ("waiting", .integer(Int64(load.waiting))), ("unknown", .integer(Int64(load.unknown))),
      ])
      rows.append([
        name, output.say(.loadCases, String(load.cases), String(load.children)),
        output.say(.loadContacts, String(load.overdueContacts)),
        output.say(.loadFollowUps, String(load.overdueFollowUps)),
        output.say(.loadWaiting, String(load.waiting)),
        load.unknown > 0 ? output.say(.loadUnknown, String(load.unknown)) : "",
      ])
    }
    output.table(rows)
  }
}
