import ArgumentParser
import SyncClient

/// Exchanges with the server until nothing waits on either side.
struct Sync: ReplicaCommand {
  static let configuration = CommandConfiguration(
    abstract: Phrase(
      "Udveksl med serveren, til intet venter på nogen af siderne.",
      "Exchange with the server until nothing waits on either side."
    ).said)

  @Flag(
    help: Phrase(
      "Udveksl én gang, som der sker alligevel; for scripter, der siger det.",
      "Exchange once and end, which is what happens anyway; for scripts that say so."
    ).help())
  var once = false
  @Option(help: Phrase("Hvor længe der prøves.", "How long to try.").help(valueName: "seconds"))
  var timeout = 60
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.contact

  func work(_ session: Session) async throws {
    let output = session.output
    let outcome = try await session.replica.sync(
      passphrase: session.passphrase, timeout: .seconds(timeout), onProgress: { session.tell($0) })
    output.endProgress()
    let summary = try session.replica.status(conflicts: session.conflictCount())
    let name: String
    switch outcome {
    case .upToDate: name = "up_to_date"
    case .handedOver: name = "handed_over"
    case .offline(let reason): throw Failure(.offline, .offline, reason)
    case .refused(let code):
      if let end = try session.replica.accessEnd() { throw Session.failure(end) }
      throw Failure(.refused, .refused, code)
    }
    output.object([
      ("outcome", .string(name)), ("pending", .integer(Int64(summary.pendingEntries))),
      ("refused", .integer(Int64(summary.refused.count))),
      ("quarantined", .integer(Int64(summary.quarantined.count))),
      ("held", .integer(Int64(summary.held.count))),
      ("waiting_for_decision", .integer(Int64(summary.waitingForDecision))),
      ("devices_waiting", .integer(Int64(summary.devicesWaiting))),
      ("log_findings", .array(summary.logFindings.map { .object(session.members($0)) })),
      ("conflicts", .integer(Int64(summary.conflicts))),
      ("attachments_unsent", .integer(Int64(summary.unsentAttachments.count))),
    ])
    output.line(output.say(name == "up_to_date" ? .upToDate : .handedOver))
    session.tell(summary.unsentAttachments)
    session.tellQuarantine(summary)
    session.tellDevices(summary)
    if let told = session.confirmation(summary) { output.notice(told) }
    session.tellHeld(summary)
    if !summary.lease.isOver { try session.tellGlasses() }
    session.tellLogs(summary)
    if summary.conflicts > 0 || !summary.refused.isEmpty {
      output.notice(output.say(.needsAttention, String(summary.conflicts), String(summary.refused.count)))
    }
  }
}
