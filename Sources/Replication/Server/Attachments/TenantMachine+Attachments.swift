import CRDT
import CaseModel
import WireProtocol

extension TenantMachine {
  /// Answers a question about attachments, as the log stands.
  func answer(
    _ read: AttachmentRead, _ session: inout ServerSession, in context: DeliveryContext
  ) -> [ServerSession.Action] {
    guard let account = session.device?.account, let person = directory.accounts[account]?.person else {
      return []
    }
    do {
      return try session.answer(read, in: context.source) { id in
        try self.reference(toAttachment: id, in: context).map { reference in
          may(person, .read, reference, at: context.now, in: context.governing).isAllowed
        } ?? false
      }
    } catch let error as ProtocolError {
      return session.fail(error.code)
    } catch {
      return session.fail(.retry)
    }
  }

  /// Tells those who may read the attachments of a group whose bytes are all here now.
  mutating func announce(_ completed: [Identifier], in context: DeliveryContext) {
    for id in completed {
      uploadDigests[id] = nil
      guard let reference = try? reference(toAttachment: id, in: context) else { continue }
      for connection in subscriptions.sessions(concernedBy: reference).sorted() {
        guard !directory.isInRecovery, let device = sessions[connection]?.device, device.isConfirmed,
          let person = directory.accounts[device.account]?.person,
          may(person, .read, reference, at: context.now, in: context.governing).isAllowed
        else { continue }
        perform([ServerSession.available([id])], on: connection)
      }
    }
  }

  private func reference(toAttachment id: Identifier, in context: DeliveryContext) throws -> RecordReference?
  {
    if context.source.isErased(id) { return nil }
    let reference = try context.source.record(id)?.reference { directory.accounts[$0]?.person }
    return reference?.kind == .attachment ? reference : nil
  }
}
