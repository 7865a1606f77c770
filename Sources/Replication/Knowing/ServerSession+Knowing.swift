import CRDT
import CaseModel
import WireProtocol

extension ServerSession {
  /// Whether this session's fetches of an attachment from an offset on have their row.
  func hasNotedFetch(of attachment: Identifier, from offset: UInt64) -> Bool {
    guard case .open(let open) = state else { return false }
    return open.attachments.hasNoted(attachment, from: offset)
  }
}

extension OpenSession {
  /// The row of a record's enter.
  func row(
    entering record: Identifier, generation: UInt64, rule: AccessRule, at now: Int64
  ) -> DeliveredRow {
    DeliveredRow(
      recordedAt: now,
      agent: LogAgent(person: account.person, account: account.id, device: device.actor),
      event: DeliveredEvent(act: .enter(record: record, generation: generation), rule: rule.rawValue))
  }
}
