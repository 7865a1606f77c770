import ArgumentParser
import CaseModel

/// Times in which the work stood still.
struct InterruptionGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interruption",
    abstract: Phrase("Tider, hvor arbejdet lå stille.", "Times in which the work stood still.").said,
    subcommands: [InterruptionAdd.self, InterruptionEnd.self, InterruptionList.self])
}
