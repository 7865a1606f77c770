import ArgumentParser
import CaseModel

/// Says that its owner will do a task.
struct TaskAccept: TaskMove {
  static let configuration = CommandConfiguration(
    commandName: "accept", abstract: Phrase("Sig ja til en opgave.", "Say yes to a task.").said)

  @OptionGroup var move: TaskMoveOptions
  @OptionGroup var common: CommonOptions

  static let status = TaskStatus.accepted
}
