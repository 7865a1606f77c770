import CRDT
import Replication
import Storage
import WireProtocol

/// Attachments' bytes: those that were acknowledged are there, nobody has others, and nothing waits in
/// silence.
extension Simulation {
  /// The server has what it committed, and of a group whose commit did not end all or nothing.
  func checkFilesKept(_ store: ServerStore) throws {
    let uncertain = server.uncertain?.attachments.attachments ?? [:]
    for id in oracle.attachments.records {
      guard let known = oracle.attachments[id] else { continue }
      let found = try store.attachment(id)
      let stored = found?.stored ?? 0
      guard stored == known.durable || stored == uncertain[id]?.stored else {
        throw Violation(.durability, "of \(id) the server had \(known.durable) bytes, and has \(stored)")
      }
      guard let found else { continue }
      try oracle.attachments.found(found, of: id)
      try checkBytes(of: id, count: stored) { try store.content(of: id, at: $0, count: $1) }
    }
  }

  /// The device has what was attached there, and nothing that nobody attached.
  func checkFiles(_ device: DeviceNode, _ store: ReplicaStore) throws {
    for id in oracle.attachments.records {
      let isAttached = device.model.attached.contains(id)
      guard let state = try store.attachmentState(id) else {
        guard !isAttached else { throw Violation(.durability, "\(device.name) has lost the file \(id)") }
        continue
      }
      guard !isAttached || (state.isOwn && state.isWhole) else {
        throw Violation(.durability, "\(device.name) has lost bytes of \(id)")
      }
      let size = UInt64(oracle.attachments[id]?.content.count ?? 0)
      guard !state.isWhole || state.present == size else {
        throw Violation(.values, "\(device.name) takes \(state.present) of \(size) bytes for all")
      }
      try checkBytes(of: id, count: state.present) { try store.content(of: id, at: $0, count: $1) }
    }
  }

  private func checkBytes(
    of id: Identifier, count: UInt64, _ read: (UInt64, Int) throws -> [UInt8]
  ) throws {
    var offset: UInt64 = 0
    while offset < count {
      let length = Int(min(count - offset, UInt64(Limits.chunkBytes)))
      let expected = oracle.attachments[id]?.piece(at: offset, count: length) ?? []
      guard expected.count == length, try read(offset, length).elementsEqual(expected) else {
        throw Violation(.values, "\(id) has other bytes than were attached")
      }
      offset += UInt64(length)
    }
  }

  /// What the replica says of its files is so.
  func checkFileStatus(_ device: DeviceNode, _ store: ReplicaStore) throws {
    var missing = 0
    for id in oracle.attachments.records {
      guard let known = oracle.attachments[id], let state = try store.attachmentState(id) else { continue }
      // Of no bytes everybody has all.
      let isEmpty = known.content.isEmpty && !state.isOwn
      guard state.sent <= known.durable, !state.isAvailable || known.isComplete || isEmpty else {
        throw Violation(.status, "\(device.name) says that the server has bytes of \(id)")
      }
      guard state.isOwn, !known.isComplete, state.refusal == nil, try store.record(id) != nil else {
        continue
      }
      missing += 1
    }
    let said = try store.unsentAttachments().count
    guard said >= missing, said <= device.model.attached.count else {
      throw Violation(.status, "\(device.name) says that \(said) files are unsent, and \(missing) are")
    }
  }

  /// In the end the server has every file whose record it took, and nobody waits for one.
  func checkFilesDone(_ device: DeviceNode, _ store: ReplicaStore) throws {
    try checkFiles(device, store)
    for id in oracle.attachments.records {
      guard let known = oracle.attachments[id], let state = try store.attachmentState(id) else { continue }
      guard !state.isWanted else { throw Violation(.progress, "\(device.name) waits for \(id) for ever") }
      if let refusal = state.refusal {
        let isFetch = !state.isOwn && refusal == .bytesAwaited
        // A device that waits for its confirmation is sent nothing.
        let mayBeRefused = device.model.isRestored || !steadyPersons.contains(device.person)
        guard isFetch || (refusal == .notAvailable && mayBeRefused) else {
          throw Violation(.verdicts, "\(device.name) was refused bytes of \(id): \(refusal.name)")
        }
      } else if state.isOwn, oracle.created.contains(id), !known.isComplete {
        throw Violation(.progress, "bytes of \(id) wait at \(device.name) for ever")
      }
    }
  }
}
