import ArgumentParser
import CaseModel

/// Says that its owner will not do a task.
struct TaskReject: TaskMove {
  static let configuration = CommandConfiguration(
    commandName: "reject",
    abstract: Phrase("Sig nej til en opgave, med grunden.", "Say no to a task, with the reason.").said)

  @OptionGroup var move: TaskMoveOptions
  @OptionGroup var common: CommonOptions

  static let status = TaskStatus.rejected
}
