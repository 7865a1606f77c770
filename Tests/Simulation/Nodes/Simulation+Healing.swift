import CRDT
import Replication
import Storage
import WireProtocol

/// A device that was put back or copied, and then wrote, goes on under a new actor; a person confirms it.
extension Simulation {
  func identity(_ device: DeviceNode, _ store: ReplicaStore) throws -> ClientIdentity {
    let meta = try store.meta()
    return ClientIdentity(
      tenant: meta.tenant, tenantKey: meta.tenantKey, actor: meta.actor,
      signingKey: try device.signingKey(meta.actorSalt), epoch: meta.epoch, token: meta.sessionToken,
      cursor: meta.cursor ?? [], deliveries: meta.deliveries, wipes: meta.wipes,
      holdings: Transcript.holdingsDigest(try store.holdings()),
      successor: try meta.successorSalt.map { try device.signingKey($0) }, isHealing: meta.isHealing,
      isUnproved: meta.isUnproved, isConfirmed: meta.isConfirmed, lineage: meta.lineage)
  }

  // MARK: Writing again

  /// What the replica wrote of itself, and nobody at the device: entries of its old actor under the new one,
  /// and of an entry that somebody else brought in the rest.
  func takeRewritten(_ device: DeviceNode, _ store: ReplicaStore) throws {
    try takeSuccession(device, store)
    let count = device.model.entries.count
    let journal = try store.journal()
    guard journal.entries > UInt64(count) else { return }
    let found = try store.pendingEntries(after: UInt64(count), limit: 1_000)
    guard !found.isEmpty, found.allSatisfy(\.isRewritten) else { return }
    let refused = device.model.entries.filter { $0.linked.entry.number <= device.model.judgedAtMost }
    try adopt(found, of: refused + device.model.taking + othersWork, device)
  }

  /// What the log of a server that was set back gave other numbers is written again by whoever has it.
  private var othersWork: [DeviceModel.Entry] { server.setBacks > 0 ? devices.flatMap(\.model.all) : [] }

  private func takeSuccession(_ device: DeviceNode, _ store: ReplicaStore) throws {
    let meta = try store.meta()
    guard meta.actor != device.model.actor else { return }
    // Who comes into a new epoch is as confirmed as before.
    if server.setBacks > 0 { oracle.confirmed.insert(meta.actor) }
    guard device.model.isRestored else {
      throw Violation(.errors, "\(device.name) forked, and was neither put back nor copied")
    }
    trace.note(
      at: now, 16, UInt64(device.index), meta.actor.rawValue, words: "\(device.name): is \(meta.actor)")
    let waiting = Array(device.model.entries.dropFirst(Int(device.model.judgedAtMost)))
    device.model.former[device.model.actor] = device.model.entries
    device.model.actor = meta.actor
    device.model.entries = []
    device.model.attempt = nil
    (device.model.judgedAtLeast, device.model.judgedAtMost) = (0, 0)
    let found = try store.pendingEntries(after: 0, limit: 1_000)
    try adopt(found, of: waiting + othersWork, device)
    let rewritten = Set(found.flatMap(\.entry.changes).compactMap(\.header.originDigest))
    for entry in waiting {
      for (change, digest) in zip(entry.linked.entry.changes, entry.linked.digests) {
        let original = change.header.originDigest ?? digest
        guard rewritten.contains(original) || oracle.isInLog(digest) else {
          throw Violation(
            .durability, "\(device.name) has lost \(change.header.id) of \(change.header.record)")
        }
      }
    }
  }

  /// Entries are known from now on that stand for others.
  private func adopt(_ found: [LinkedEntry], of originals: [DeviceModel.Entry], _ device: DeviceNode) throws {
    for entry in found {
      let source = originals.first { original in entry.entry.changes.allSatisfy(original.isOriginal) }
      guard let source else {
        throw Violation(.values, "\(device.name) has written again what nobody wrote")
      }
      let expectation = source.expectation.writtenAgain
      try checkNamed(entry, device)
      device.model.entries.append(
        DeviceModel.Entry(linked: entry, expectation: expectation, writtenAt: source.writtenAt))
      oracle.saved(entry, expectation)
    }
  }

  // MARK: Confirming

  /// Somebody sees the digits on a device and types them in at another one of the same person, or at one of
  /// whoever invited her. Where all of these wait themselves nobody can, and the device waits for good.
  func confirmDevice(_ device: DeviceNode) throws {
    guard let digits = device.digits, device.isUp, device.isShutOut == nil else { return }
    let others = devices.filter { mayConfirm(device, at: $0) }
    guard !others.isEmpty else { return }
    schedule.add(.confirmDevice(device.index), at: now + random.within(5_000...20_000))
    guard let other = random.pick(others.filter { $0.machine != nil }), let store = other.store else {
      return
    }
    trace.note(at: now, 17, UInt64(other.index), words: "\(other.name): confirms \(device.name)")
    other.hasConfirmed = true
    if let actor = device.unconfirmed { oracle.confirmed.insert(actor) }
    let request = WireConfirmationRequest.with {
      $0.request = 1
      $0.digits = digits
      $0.person = .init(device.person.bytes)
    }
    try running(other) { try perform(other.machine?.confirm(request, replica: store) ?? [], other) }
  }

  private func mayConfirm(_ device: DeviceNode, at other: DeviceNode) -> Bool {
    other !== device && other.digits == nil && other.isShutOut == nil && other.isEnrolled
      && (other.person == device.person || other.person == inviters[device.person])
  }
}

extension LinkedEntry {
  /// Whether it stands for another one, as nothing does that a person writes.
  fileprivate var isRewritten: Bool { entry.changes.allSatisfy { $0.header.originDigest != nil } }
}

extension DeviceModel.Entry {
  /// Whether a change stands for one of these. A text's characters may have other names in it.
  fileprivate func isOriginal(of change: EncodedChange) -> Bool {
    linked.entry.changes.contains { original in
      change.origin?.header.id == (original.origin?.header ?? original.header).id
        && change.header.record == original.header.record
        && (original.payload == change.payload || original.written == change.written)
    }
  }
}

extension EncodedChange {
  /// What a person wrote, without the names of the characters that it stands beside.
  fileprivate var written: [Operation]? {
    try? decoded().operations.map { operation in
      guard case .edit(let edit) = operation.action else { return operation }
      return Operation(field: operation.field, action: .assign(.text(edit.text)))
    }
  }
}

extension DeviceModel {
  /// Whether an entry that was refused was written again: the characters that it names have other names.
  func isWrittenAgain(_ entry: LinkedEntry) -> Bool {
    guard isRestored else { return false }
    let later = entries.filter { $0.linked.entry.number > entry.entry.number }.flatMap(\.linked.entry.changes)
    return entry.entry.changes.allSatisfy { change in
      later.contains { $0.origin?.header.id == (change.origin?.header ?? change.header).id }
    }
  }
}

extension Expectation {
  /// The same for what is written again: it may be there already, brought in by a copy of the device.
  fileprivate var writtenAgain: Expectation {
    switch self {
    case .accepted: .either([.alreadyTaken])
    case .refused(let codes): .refused(codes.union([.alreadyTaken]))
    case .either(let codes): .either(codes.union([.alreadyTaken]))
    }
  }
}
