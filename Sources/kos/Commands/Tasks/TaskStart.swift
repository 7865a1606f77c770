import ArgumentParser
import CaseModel

/// Says that a task is begun.
struct TaskStart: TaskMove {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: Phrase("Begynd på en opgave.", "Begin a task.").said)

  @OptionGroup var move: TaskMoveOptions
  @OptionGroup var common: CommonOptions

  static let status = TaskStatus.inProgress
}
