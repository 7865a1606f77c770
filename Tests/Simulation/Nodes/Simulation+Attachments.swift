import Replication
import Storage

/// A device's shell for attachments' bytes, as `Session+Attachments` of `SyncClient` is it.
extension Simulation {
  /// A message about attachments came in.
  func receivedAboutAttachments(_ bytes: [UInt8], _ device: DeviceNode, _ store: ReplicaStore) throws {
    try advanceAttachments(device) { try $0.received(bytes, replica: store) }
    try advanceAttachments(device) { try $0.changed(replica: store) }
  }

  /// Tells the machine for attachments of an event, and carries out what it says.
  func advanceAttachments(
    _ device: DeviceNode, _ event: (inout AttachmentMachine) throws -> [AttachmentMachine.Action]
  ) throws {
    guard let id = device.connection, var machine = device.attachments else { return }
    let actions = try event(&machine)
    device.attachments = machine
    for action in actions where device.connection == id { try perform(action, device) }
    guard device.connection == id else { return }
    try tellIfUpToDate(device)
  }

  private func perform(_ action: AttachmentMachine.Action, _ device: DeviceNode) throws {
    try deviceStep(device)
    switch action {
    case .send(let message): if let id = device.connection { send(message, .toServer, on: id) }
    case .store(let write): try device.store?.carryOut(write)
    case .report: break
    case .end(let reason):
      trace.note(at: now, 15, UInt64(device.index), words: "\(device.name): \(reason)")
      // What came twice may be out of turn.
      guard plan.faults.contains(.duplicate) else {
        throw Violation(.errors, "\(device.name) ended the session: \(reason)")
      }
      disconnect(device)
    }
  }

  /// Nothing waits on either side, no bytes either.
  func caughtUp(_ device: DeviceNode) throws {
    device.isCaughtUp = true
    try checkCaughtUp(device)
    if !isCalm, !device.isWatching { disconnect(device) }
  }
}
