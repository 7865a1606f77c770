import CRDT
import CaseModel
import WireProtocol

/// What a group writes into the log of what was delivered. Its rows are durable with it, and nothing of it is
/// said before.
extension GroupStage {
  /// Notes that a device is to be sent something, or to be told to wipe it.
  ///
  /// - Parameter rule: the code of the rule that decided; empty where nothing of one record is sent.
  mutating func note(_ act: DeliveredAct, rule: String, for actor: ActorID) {
    guard let device = device(actor), let account = account(device.account) else { return }
    group.delivered.append(
      DeliveredRow(
        recordedAt: receivedAt,
        agent: LogAgent(person: account.person, account: account.id, device: actor),
        event: DeliveredEvent(act: act, rule: rule)))
  }

  /// Notes that a device is brought over what was committed behind its cursor. What it is sent live after
  /// that follows: it goes on from there.
  mutating func noteFollow(_ follow: WireFollow, of actor: ActorID) {
    var before: UInt64 = 0
    if !follow.cursor.isEmpty {
      guard
        let cursor = try? directory.tenant.stampKey.openCursor(Array(follow.cursor), actor: actor),
        cursor.epoch == directory.tenant.epoch
      else { return }
      before = cursor.position
    }
    guard before < group.position else { return }
    note(.cursorAdvance(positions: before + 1...group.position), rule: "", for: actor)
  }

  /// Notes that the history of a record is read, if it may be.
  mutating func noteHistory(of record: Identifier?, for person: Identifier, on actor: ActorID) {
    guard let record, let reference = try? reference(record) else { return }
    let verdict = may(person, .read, reference, at: receivedAt, in: governing)
    if verdict.isAllowed { note(.historyRead(record: record), rule: verdict.rule.rawValue, for: actor) }
  }

  /// Notes that an attachment's bytes are fetched, from an offset to the end, if they may be: one row for all
  /// of its chunks.
  mutating func noteFetch(
    of attachment: Identifier, from offset: UInt64, for person: Identifier, on actor: ActorID
  ) {
    guard !hasNotedFetch(of: attachment, from: offset, on: actor),
      let stored = try? source.attachment(attachment), stored.isComplete, offset < stored.upload.size,
      let reference = try? reference(attachment), reference.kind == .attachment
    else { return }
    let verdict = may(person, .read, reference, at: receivedAt, in: governing)
    guard verdict.isAllowed else { return }
    note(
      .attachmentBytes(record: attachment, bytes: offset..<stored.upload.size),
      rule: verdict.rule.rawValue, for: actor)
  }

  private func hasNotedFetch(of attachment: Identifier, from offset: UInt64, on actor: ActorID) -> Bool {
    group.delivered.contains { row in
      guard row.agent.device == actor, case .attachmentBytes(attachment, let bytes) = row.event.act else {
        return false
      }
      return bytes.lowerBound <= offset
    }
  }
}
