import ArgumentParser
import CaseModel

/// Lists the goals.
struct GoalList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase("Vis målene i familiens rækkefølge.", "List the goals in the family's order.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let output = session.output
    var rows: [[String]] = []
    let file = try session.file(caseReference)
    let isOfTeam = session.isOfTeam(in: file.id, try session.replica.stock())
    try session.keepNumbers(of: file.goals)
    for (place, goal) in try session.open(file.goals).enumerated() {
      let ranks = (goal.integer(Field.Goal.familyRank), goal.integer(Field.Goal.teamRank))
      let status = goal.text(Field.Goal.status) ?? Code.open
      output.object(
        [
          ("number", .integer(Int64(place + 1))), ("record", JSON(goal.id)),
          ("text", JSON(goal.text(Field.Goal.title))), ("family_rank", JSON(ranks.0)),
        ] + (isOfTeam ? [("team_rank", JSON(ranks.1))] : []) + [
          ("status", .string(status.shown)),
          ("pending", .boolean(try session.replica.isPending(goal.id))),
        ])
      rows.append([
        String(place + 1), output.say(.family, ranks.0.map(String.init) ?? "–"),
        isOfTeam ? output.say(.expected, ranks.1.map(String.init) ?? "–") : "", output.label(status),
        (goal.text(Field.Goal.title)?.shown ?? "–") + (try session.mark(goal)),
      ])
    }
    output.table(rows)
  }
}
