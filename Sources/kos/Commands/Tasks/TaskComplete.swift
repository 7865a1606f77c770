import ArgumentParser
import CaseModel

/// Says that a task is done.
struct TaskComplete: TaskMove {
  static let configuration = CommandConfiguration(
    commandName: "complete",
    abstract: Phrase(
      "Gør en opgave færdig; er den sen, skal grunden med.", "Complete a task; a late one needs a reason."
    ).said)

  @OptionGroup var move: TaskMoveOptions
  @OptionGroup var common: CommonOptions

  static let status = TaskStatus.completed
}
