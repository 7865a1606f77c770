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
  @Option(
    help: Phrase(
      "Hvorfor; skal med, når reglen siger nej, eller familien ikke har sagt ja. Gemmes i et notat.",
      "Why; needed where the rule says no, or the family has not said yes. It is kept in a note."
    ).help())
  var reason: String?
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    // It may be agreed ahead.
    let day = try session.notBefore(session.day(step.on), in: file)
    if file.status(at: day) == .declined {
      throw Failure(.usage, .familySaidNo, session.short(file.id))
    }
    let named = try child.isEmpty ? file.children : child.map { try session.child($0, in: file) }
    let enrolled = file.enrolmentHistory.enrolled(at: day)
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
    do {
      try check(children, isFirst: enrolled.isEmpty, in: file, on: day, session)
    } catch {
      // Who says why knows better than the rule, as far as it is kept.
      guard reason != nil else { throw error }
      try session.checkKeepsReason(in: file)
    }
    let enrolment = CaseWork.enrol(
      id: session.replica.newIdentifier(), in: file.id, children: children.map(\.id), on: day)
    let notes = CaseWork.comment(on: enrolment, session.reason(reason, in: file), day) {
      session.replica.newIdentifier()
    }
    try await session.save([enrolment] + notes, step.write, in: file)
  }

  /// Refuses what needs a reason: that the rule says no, or that the family has not said yes.
  private func check(
    _ children: [CaseRecord], isFirst: Bool, in file: CaseFile, on day: CalendarDay, _ session: Session
  ) throws {
    for child in children {
      guard let proposal = file.lastProposal(for: child), !proposal.isPositive, proposal != .unanswered else {
        continue
      }
      throw Failure(
        .usage, .enrolAgainstRule, session.short(child.id), session.output.label(proposal.rawValue))
    }
    guard isFirst, !file.isOfferAccepted(by: day) else { return }
    throw Failure(.usage, .enrolUnasked, session.short(file.id))
  }
}
