import ArgumentParser
import CRDT
import CaseModel

/// Discharges the children: their case can be closed.
struct CaseClose: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "close",
    abstract: Phrase("Udskriv børnene, og luk sagen.", "Discharge the children and close the case.").said)

  @OptionGroup var step: StepOptions
  @Option(help: Phrase("Hvorfor; gemmes i et notat.", "Why; kept in a note.").help(valueName: "text"))
  var reason: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let day = try session.notBefore(session.day(step.on), in: file)
    if let first = file.enrolmentHistory.firstDay, day < first {
      throw Failure(.usage, .beforeEnrolment, day.description, first.description)
    }
    if file.enrolmentHistory.isDischarged(at: day) {
      throw Failure(.usage, .closedAlready, session.short(file.id))
    }
    let drafts = CaseWork.discharge(
      in: file.id, children: file.children.map(\.id), reason: session.reason(reason, in: file),
      on: day, identify: session.identify)
    try await session.save(drafts, step.write, in: file)
  }
}
