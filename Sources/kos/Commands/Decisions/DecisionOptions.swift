import ArgumentParser
import CRDT
import CaseModel

/// Which decision a command is about.
struct DecisionOptions: ParsableArguments {
  @OptionGroup var step: StepOptions
  @Argument(
    help: Phrase("Dens nummer i decision list, eller dens id.", "Its number in decision list, or its id.")
      .help())
  var decision: String

  /// The case and the decision, which must be issued or must not.
  func found(
    _ session: Session, isIssued: Bool
  ) throws -> (file: CaseFile, decision: CaseRecord) {
    let file = try session.file(step.caseReference)
    let record = try session.record(decision, in: session.grants(.decision, in: file))
    guard record.isIssued == isIssued else {
      throw Failure(.usage, isIssued ? .decisionAwaits : .decisionIsIssued)
    }
    return (file, record)
  }
}
