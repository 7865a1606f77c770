import ArgumentParser
import CRDT
import CaseModel

/// Enrols children.
struct CaseEnrol: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "enrol", abstract: Phrase("Indskriv børn.", "Enrol children.").said)

  @OptionGroup var step: StepOptions
  @Option(
    help: Phrase("Et barn ved navn eller id, ellers alle.", "A child by name or id, else all of them.").help()
  )
  var child: [String] = []
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    if file.status(at: session.day(step.on)) == .declined {
      throw Failure(.usage, .familySaidNo, session.short(file.id))
    }
    let named = try child.isEmpty ? file.children : child.map { try session.child($0, in: file) }
    let enrolled = file.enrolmentHistory.enrolled(at: session.day(step.on))
    let children = named.filter { !enrolled.contains($0.id) }
    if children.isEmpty, !enrolled.isEmpty {
      throw Failure(.usage, .enrolledAlready, session.short(file.id))
    }
    for child in children {
      guard file.lastDecidedEligibility(of: child.id)?.text(Field.Eligibility.outcome) == Code.declined else {
        continue
      }
      throw Failure(.usage, .enrolDeclined, session.short(file.id), session.short(child.id))
    }
    let enrolment = CaseWork.enrol(
      id: session.replica.newIdentifier(), in: file.id, children: children.map(\.id),
      on: session.day(step.on))
    try await session.save([enrolment], step.write, in: file)
  }
}
