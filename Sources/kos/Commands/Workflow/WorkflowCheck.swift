import ArgumentParser
import CaseModel
import Workflows

/// Checks a definition; needs no replica.
struct WorkflowCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: Phrase(
      "Prøv en fil med et sagsflow; fejl nævnes med linje.",
      "Check a file that holds a workflow; mistakes are told by line."
    ).said)

  @Argument(help: Phrase("Filen; - er standardinput.", "The file; - is the standard input.").help())
  var file: String
  @OptionGroup var common: CommonOptions

  func run() async throws {
    try await common.guarded { output in
      let (workflow, _) = try Self.read(file, output)
      output.object([
        ("code", .string(workflow.code)), ("version", .integer(Int64(workflow.version))),
        ("name", JSON(output.text(workflow.name))), ("steps", .integer(Int64(workflow.steps.count))),
      ])
      output.line(
        output.say(.workflowFine, "\(workflow.code)@\(workflow.version)", String(workflow.steps.count)))
    }
  }

  /// Reads a file that holds a definition.
  ///
  /// - Throws: `Failure` with the line and column of what is wrong; where that is more than one thing, each
  ///   is told on a line of its own before.
  static func read(_ file: String, _ output: Output) throws -> (workflow: Workflow, definition: String) {
    let bytes = try Descriptor.readFile(file)
    do throws(WorkflowError) {
      return (try WorkflowFile.parse(bytes), String(decoding: bytes, as: UTF8.self))
    } catch {
      let faults = WorkflowFile.faults(in: bytes)
      guard faults.count > 1 else { throw Failure(.usage, .badWorkflow, file, output.text(of: error)) }
      for fault in faults { output.notice(output.text(of: fault)) }
      throw Failure(
        .usage, .badWorkflow, file, output.say(.workflowFaults, String(faults.count)))
    }
  }
}
