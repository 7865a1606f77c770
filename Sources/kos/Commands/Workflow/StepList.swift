import ArgumentParser
import CaseModel

/// Lists the steps of a case as they stand.
struct StepList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis, hvordan sagens trin står, og hvad der venter.", "List how the case's steps stand, and what waits."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let stock = try session.replica.stock()
    let progress = session.progress(of: file, stock)
    try session.open(stepsOf: file, progress.rounds.flatMap(\.steps) + progress.operation)
    let next = progress.next?.step.code
    // Earlier rounds first, then where the case stands.
    for round in progress.rounds.dropLast() {
      for step in round.steps where progress.step(step.step.code)?.round != round.number {
        session.output.object(session.members(step, in: file, isNext: false, stock))
      }
    }
    var rows: [[String]] = []
    for step in progress.steps {
      let isNext = step.step.code == next
      session.output.object(session.members(step, in: file, isNext: isNext, stock))
      rows.append(session.row(step, in: file, isNext: isNext, stock))
    }
    session.output.table(rows)
    if progress.round > 1 {
      session.output.line(session.output.say(.inRound, String(progress.round)))
    }
  }
}
