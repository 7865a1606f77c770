import ArgumentParser
import CaseModel

/// Lists the versions of the plan.
struct PlanList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Phrase("Vis planens versioner.", "List the plan's versions.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let plans = FamilyPlan.versions(of: try session.file(caseReference))
    try session.open(plans.map(\.record))
    var rows: [[String]] = []
    for plan in plans {
      session.output.object([
        ("record", JSON(plan.record.id)), ("version", .integer(Int64(plan.version))),
        ("agreed_on", JSON(plan.agreedOn)), ("replaced_on", JSON(plan.replacedOn)),
        ("goals", .integer(Int64(plan.goals.count))),
        ("pending", .boolean(try session.replica.isPending(plan.record.id))),
      ])
      let replaced = plan.replacedOn.map { session.output.say(.replacedOn, $0.description) } ?? ""
      let mark = try session.mark(plan.record)
      rows.append([
        String(plan.version), plan.agreedOn?.description ?? "–",
        session.output.say(.goalCount, String(plan.goals.count)), replaced + mark,
      ])
    }
    session.output.table(rows)
  }
}
