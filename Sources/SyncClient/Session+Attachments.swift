import Replication
import Storage
import WireProtocol

/// Attachments' bytes, beside the changes on the same connection.
extension Session {
  /// A message about attachments came in. A session that leaves them alone hears of them too.
  func receivedAboutAttachments(_ message: [UInt8]) {
    advanceAttachments { try $0.received(message, replica: store) }
    advanceAttachments { try $0.changed(replica: store) }
  }

  /// Tells the machine for attachments of an event, and carries out what it says.
  func advanceAttachments(_ event: (inout AttachmentMachine) throws -> [AttachmentMachine.Action]) {
    guard !isOver, var exchange = attachments.take() else { return }
    do {
      let actions = try event(&exchange)
      attachments = exchange
      for action in actions where !isOver { try perform(action) }
    } catch {
      end(error)
    }
    tellIfUpToDate()
  }

  private func perform(_ action: AttachmentMachine.Action) throws {
    switch action {
    case .send(let message):
      traffic.sentBytes += message.count
      client?.send(message)
    case .store(let write):
      try store.carryOut(write)
      switch write {
      case .fetched(let record), .fetchFailed(let record, _): reports.yield(.fetchSettled(record))
      case .available(let records): reports.yield(.bytesAvailable(records))
      case .sent, .sendingRefused, .chunk: break
      }
    case .report(let progress):
      hasProgressed = true
      reports.yield(.attachmentProgress(progress))
    case .end(let reason): giveUp(reason)
    }
  }

  /// Whether bytes came or went since this was last asked.
  func takeProgress() -> Bool {
    defer { hasProgressed = false }
    return hasProgressed
  }
}
