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
      // What was erased is looked at once it is known what the server took from its ledger.
      guard let known = oracle.attachments[id], !store.isErased(id) else { continue }
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

  /// What left the device's scope it has no more, whoever attached it; nor when the record enters again.
  func takeWiped(_ device: DeviceNode, _ store: ReplicaStore) throws {
    for id in device.model.attached where try store.wasWiped(id) { device.model.attached.remove(id) }
  }

  /// The device has what was attached there, and nothing that nobody attached.
  func checkFiles(_ device: DeviceNode, _ store: ReplicaStore) throws {
    try takeWiped(device, store)
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
    // Where nobody has attached anything it is enough to look in the end.
    guard isCalm || !oracle.attachments.isEmpty else { return }
    for id in oracle.attachments.records {
      guard let known = oracle.attachments[id], !known.isErased,
        let state = try store.attachmentState(id)
      else { continue }
      // Of no bytes everybody has all.
      let isEmpty = known.content.isEmpty && !state.isOwn
      guard state.sent <= known.durable, !state.isAvailable || known.isComplete || isEmpty else {
        throw Violation(.status, "\(device.name) says that the server has bytes of \(id)")
      }
    }
    var (unsent, unknown) = (0, 0)
    for id in device.model.attached where creation(of: id, at: device) != .refused {
      guard let state = try store.attachmentState(id), state.refusal == nil else { continue }
      // Of what was erased meanwhile the device may not have heard either.
      let known = oracle.attachments[id]
      if known?.isComplete == true || known?.isErased == true { unknown += 1 } else { unsent += 1 }
    }
    // That the server has all of a file the device may not have heard yet.
    let said = try store.unsentAttachments().count
    guard said >= unsent, said <= unsent + unknown else {
      throw Violation(.status, "\(device.name) says that \(said) files are unsent, and \(unsent) are")
    }
  }

  /// What has become of the change that made a file's record, as far as the device knows.
  enum Creation { case pending, accepted, refused }

  /// A file whose record was refused is the refused entry's, and waits for nothing: the server takes no bytes
  /// of a record that is not there. Any other one is unsent until the server has it.
  func creation(of record: Identifier, at device: DeviceNode) -> Creation {
    let model = device.model
    // What was written again stands behind what it stands for.
    for (place, entry) in model.entries.enumerated().reversed() {
      guard let isInLog = isCreationInLog(of: record, in: entry) else { continue }
      if place >= model.judgedAtMost { return .pending }
      // A copy of the device may have brought in later what was refused to this one.
      let name = Oracle.ActorEntry(actor: model.actor, number: entry.linked.entry.number)
      if let code = oracle.said[name] ?? nil, code != .alreadyTaken { return .refused }
      return isInLog ? .accepted : .refused
    }
    // What a former actor wrote had its verdict, or is in the log, or was written again.
    let former = model.former.values.joined().lazy.compactMap { self.isCreationInLog(of: record, in: $0) }
    return former.contains(true) ? .accepted : .refused
  }

  private func isCreationInLog(of record: Identifier, in entry: DeviceModel.Entry) -> Bool? {
    for (change, digest) in zip(entry.linked.entry.changes, entry.linked.digests)
    where change.header.record == record && change.header.creates != nil {
      return oracle.isInLog(change.header.originDigest ?? digest)
    }
    return nil
  }

  /// In the end the server has every file whose record it took, and nobody waits for one.
  func checkFilesDone(_ device: DeviceNode, _ store: ReplicaStore) throws {
    try checkFiles(device, store)
    for id in oracle.attachments.records {
      guard let known = oracle.attachments[id], !known.isErased,
        let state = try store.attachmentState(id)
      else { continue }
      guard !state.isWanted else { throw Violation(.progress, "\(device.name) waits for \(id) for ever") }
      if let refusal = state.refusal {
        let isFetch = !state.isOwn && refusal == .bytesAwaited
        // A device that waits for its confirmation is sent nothing.
        let mayBeRefused = device.model.isRestored || !steadyPersons.contains(device.person)
        let isOthers = refusal == .forbidden && oracle.attachments.broughtIn.contains(id)
        guard isFetch || isOthers || (refusal == .notAvailable && mayBeRefused) else {
          throw Violation(.verdicts, "\(device.name) was refused bytes of \(id): \(refusal.name)")
        }
      } else if state.isOwn, oracle.created.contains(id), !known.isComplete,
        // The bytes of what another brought in for its author stay with her (decision 0042).
        creation(of: id, at: device) != .refused
      {
        throw Violation(.progress, "bytes of \(id) wait at \(device.name) for ever")
      }
    }
  }
}
