import ArgumentParser
import CaseModel

/// Information that a case asks for.
struct RequestGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "request",
    abstract: Phrase(
      "Oplysninger, der indhentes, og hvornår de skal være der.",
      "Information that is asked for, and when it should be there."
    ).said,
    subcommands: [RequestAdd.self, RequestReceive.self, RequestWaive.self, RequestList.self])
}
