import ArgumentParser

/// Tasks: who does what until when.
struct TaskGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task",
    abstract: Phrase("Opgaver: hvem gør hvad hvornår.", "Tasks: who does what until when.").said,
    subcommands: [
      TaskAdd.self, TaskList.self, TaskAccept.self, TaskReject.self, TaskStart.self, TaskComplete.self,
      TaskCancel.self,
    ])
}
