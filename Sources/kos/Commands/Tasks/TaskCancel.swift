import ArgumentParser
import CaseModel

/// Says that a task is not to be done any more.
struct TaskCancel: TaskMove {
  static let configuration = CommandConfiguration(
    commandName: "cancel",
    abstract: Phrase("Opgiv en opgave, med grunden.", "Give up a task, with the reason.").said)

  @OptionGroup var move: TaskMoveOptions
  @OptionGroup var common: CommonOptions

  static let status = TaskStatus.cancelled
}
