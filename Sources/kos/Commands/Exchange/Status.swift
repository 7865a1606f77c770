import ArgumentParser
import SyncClient

/// Tells how the replica stands, and what was refused and why.
struct Status: ReplicaCommand {
  static let configuration = CommandConfiguration(
    abstract: Phrase(
      "Fortæl, hvad der venter, hvad der er afvist og hvorfor, og hvornår serveren sidst blev nået.",
      "Tell what waits, what was refused and why, and when the server was last reached."
    ).said)

  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.contact

  func work(_ session: Session) async throws {
    let output = session.output
    let profile = session.replica.profile
    let summary = try session.replica.status(conflicts: session.conflictCount())
    // It is content: whose lease is over is shown none.
    let openings = try session.replica.waitingOpenings()
    let glasses = summary.lease.isOver ? [] : try session.glassesToTell()
    output.object([
      ("tenant", JSON(profile.tenantName)), ("person", JSON(profile.person)),
      ("name", JSON(profile.personName)), ("role", JSON(profile.role.name)),
      ("server", JSON(profile.serverURL)), ("unprotected", .boolean(profile.isUnprotected)),
      ("pending", .integer(Int64(summary.pendingEntries))), ("pending_since", JSON(summary.pendingSince)),
      ("conflicts", .integer(Int64(summary.conflicts))),
      ("refused", .array(summary.refused.map { .object(session.members($0)) })),
      ("quarantined", .array(summary.quarantined.map { .object(session.members($0)) })),
      ("held", .array(summary.held.map { .object(session.members($0)) })),
      ("waiting_for_decision", .integer(Int64(summary.waitingForDecision))),
      ("devices_waiting", .integer(Int64(summary.devicesWaiting))),
      ("log_findings", .array(summary.logFindings.map { .object(session.members($0)) })),
      ("last_contact", JSON(summary.lastContact)), ("last_caught_up", JSON(summary.lastCaughtUp)),
      ("confirmation", summary.confirmation.map { .string($0) } ?? .null),
      ("healed", summary.healing.map(members) ?? .null),
      ("standing", .string(summary.standing.rawValue)), ("last_failure", JSON(summary.lastFailure)),
      ("last_failure_at", JSON(summary.lastFailureAt)),
      ("attachments_unsent", .integer(Int64(summary.unsentAttachments.count))),
      ("attachment_bytes_unsent", .integer(Int64(summary.unsentAttachments.bytes))),
      ("attachments_unsent_since", JSON(summary.unsentAttachments.since)),
      ("attachments_refused", .integer(Int64(summary.unsentAttachments.refused))),
      ("openings_unsent", .integer(Int64(openings))),
      ("access_ended", summary.accessEnd.map(members) ?? .null),
      ("shown_until", JSON(summary.lease.until)), ("lease_over", .boolean(summary.lease.isOver)),
      ("break_glasses", .array(try glasses.map { .object(try session.members($0)) })),
    ])
    func time(_ time: Int64?) -> String { time.map(Clock.text) ?? output.say(.never) }
    var waiting = String(summary.pendingEntries)
    if let since = summary.pendingSince { waiting = output.say(.waitingSince, waiting, Clock.text(since)) }
    output.line(profile.tenantName.shown)
    output.line(output.label(summary.standing.rawValue).capitalisedFirst + ".")
    output.table([
      [output.say(.person), "\(profile.personName.shown) (\(session.role(profile.role)))"],
      [output.say(.server), profile.serverURL.shown], [output.say(.waiting), waiting],
      [output.say(.refusedWork), String(summary.refused.count)],
      [output.say(.inQuarantine), String(summary.quarantined.count)],
      [output.say(.heldWork), String(summary.held.count)],
      [output.say(.conflicts), String(summary.conflicts)],
      [output.say(.lastContact), time(summary.lastContact)],
      [output.say(.caughtUp), time(summary.lastCaughtUp)],
      [output.say(.shownUntil), shownUntil(summary.lease, output)],
    ])
    if let end = summary.accessEnd { output.line(output.text(Session.failure(end))) }
    session.tell(summary.unsentAttachments)
    if openings > 0 { output.line(output.say(.openingsUnsent, String(openings))) }
    if let reason = summary.lastFailure {
      output.line(output.say(.lastFailure, time(summary.lastFailureAt), output.label(reason)))
    }
    for work in summary.refused + summary.quarantined + summary.held {
      output.line("  " + session.line(work))
    }
    session.tellQuarantine(summary)
    session.tellHeld(summary)
    for glass in glasses { output.notice(try session.line(glass)) }
    session.tellLogs(summary)
    if let healing = summary.healing {
      output.line(
        output.say(
          .healed, Clock.text(healing.at), String(healing.reissuedChanges), String(healing.returnedChanges)))
      if healing.isGoingOn { output.line(output.say(.stillHealing)) }
    }
    session.tellDevices(summary)
    if let told = session.confirmation(summary) { output.line(told) }
    if profile.isUnprotected { output.line(output.say(.unprotected)) }
  }

  private func shownUntil(_ lease: LeaseSummary, _ output: Output) -> String {
    guard let until = lease.until else { return output.say(.withoutEnd) }
    return lease.isOver ? output.say(.leaseIsOver, Clock.text(until)) : Clock.text(until)
  }

  private func members(_ end: AccessEndSummary) -> JSON {
    .object([
      ("reason", .string(end.reason.name)), ("since", .integer(end.since)),
      ("sealed_items", .integer(Int64(end.sealedItems))), ("pending", .integer(Int64(end.pendingEntries))),
    ])
  }

  private func members(_ healing: HealingSummary) -> JSON {
    .object([
      ("at", JSON(healing.at)), ("reissued", .integer(Int64(healing.reissuedChanges))),
      ("returned", .integer(Int64(healing.returnedChanges))), ("going_on", .boolean(healing.isGoingOn)),
    ])
  }
}
