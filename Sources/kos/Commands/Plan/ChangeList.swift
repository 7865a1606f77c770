import ArgumentParser
import CaseModel

/// Lists the major changes, and what the records suggest as one.
struct ChangeList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis større ændringer, og hvad posterne tyder på.",
      "List major changes, and what the records suggest as one."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let stock = try session.replica.stock()
    let output = session.output
    var rows: [[String]] = []
    try session.keepNumbers(of: file.all(.majorChange))
    for (place, change) in try session.open(file.all(.majorChange)).enumerated() {
      let confirmed = change.boolean(Field.MajorChange.isConfirmed)
      let trigger = change.text(Field.MajorChange.trigger)
      let reason = change.text(Field.MajorChange.reason)
      let decided = change.day(Field.MajorChange.decidedOn)
      output.object([
        ("record", JSON(change.id)), ("trigger", JSON(trigger)), ("day", JSON(change.happenedOn)),
        ("confirmed", JSON(confirmed)), ("decided_on", JSON(decided)), ("reason", JSON(reason)),
        ("proposed", false), ("source", .null),
        ("pending", .boolean(try session.replica.isPending(change.id))),
      ])
      let state = output.say(confirmed == nil ? .undecided : confirmed == true ? .repeating : .notRepeating)
      let mark = try session.mark(change)
      rows.append([
        String(place + 1), change.happenedOn?.description ?? "–", trigger.map(output.label) ?? "–", state,
        (reason?.shown(upTo: 60) ?? "") + mark,
      ])
    }
    // Proposals are shown and never written: a person records and decides (R38).
    let triggers = session.workflow(of: file, stock).repetition?.triggers ?? []
    let proposals = MajorChangeProposal.proposals(for: file, triggers: triggers, on: session.day(nil))
    let sources = Set(proposals.map(\.source))
    try session.open(
      (file.all(.triage) + file.children + file.relatives).filter { sources.contains($0.id) })
    let mayRecord = try session.ownForecast(in: file.id).mayCreate(.majorChange, in: file.id)
    for proposal in proposals {
      output.object([
        ("record", .null), ("trigger", JSON(proposal.trigger)), ("day", JSON(proposal.happenedOn)),
        ("confirmed", .null), ("decided_on", .null), ("reason", .null), ("proposed", true),
        ("source", JSON(proposal.source)), ("pending", false),
      ])
      rows.append([
        "", proposal.happenedOn.description, output.label(proposal.trigger), output.say(.onlyProposed),
        mayRecord ? output.say(.recordIt, proposal.trigger) : "",
      ])
    }
    output.table(rows)
  }
}
