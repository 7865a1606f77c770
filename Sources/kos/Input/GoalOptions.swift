import ArgumentParser
import CaseModel

/// Which goal of a case a command is about.
struct GoalOptions: ParsableArguments {
  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Argument(
    help: Phrase(
      "Målet: dets nummer i goal list eller dets id.", "The goal: its number in goal list, or its id."
    ).help())
  var goal: String

  /// The case and the goal, which is worked on.
  func open(_ session: Session) throws -> (file: CaseFile, goal: CaseRecord) {
    let file = try session.file(caseReference)
    return (file, try session.openGoal(goal, in: file))
  }
}

extension Session {
  /// A goal that is worked on, by its number among all goals or its id.
  func openGoal(_ word: String, in file: CaseFile) throws -> CaseRecord {
    let goal = try record(word, in: file.goals)
    guard file.openGoals.contains(where: { $0.id == goal.id }) else {
      throw Failure(.usage, .goalHasEnded, word)
    }
    return goal
  }
}
