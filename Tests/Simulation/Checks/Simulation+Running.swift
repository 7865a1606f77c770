import CRDT
import CaseModel
import Replication
import Storage
import WireProtocol

/// While people work: what a device shows and says.
extension Simulation {
  /// Nothing is shown without what its author had seen.
  func checkShown(_ records: [Identifier], _ device: DeviceNode, _ store: ReplicaStore) throws {
    for id in records {
      guard let version = try store.record(id)?.state.version else { continue }
      for entry in version.entries where entry.number > 0 {
        let name = ChangeID(actor: entry.actor, number: entry.number)
        guard let change = change(name, in: id, at: device) else {
          throw Violation(.causality, "\(device.name) shows \(name) of \(id), which nobody wrote")
        }
        guard version.contains(change.header.version) else {
          let lacking = change.header.version.entries.filter { !version.contains($0) }
          if lacking.allSatisfy({ isOwnElsewhere($0, in: id, device) }) { continue }
          // What the log of a server that was set back lacks is awaited, and may be named.
          if lacking.allSatisfy({ isForgotten($0, in: id) }) { continue }
          if change.origin != nil, lacking.allSatisfy({ isVoid($0, in: id) }) { continue }
          throw Violation(
            .causality, "\(device.name) shows \(name) of \(id) without what it stands on: \(lacking)")
        }
      }
    }
  }

  /// A change names what its author can have seen: what the server has, and his own.
  func checkNamed(_ entry: LinkedEntry, _ device: DeviceNode) throws {
    for change in entry.entry.changes {
      let header = change.header
      for named in header.version.entries where named.number > 0 && named.actor != header.id.actor {
        let name = ChangeID(actor: named.actor, number: named.number)
        guard self.change(name, in: header.record, at: device) != nil else {
          throw Violation(
            .causality,
            "\(device.name) names \(name) of \(header.record), which is not there yet, in \(header.id)"
              + (change.origin.map { " for \($0.header.id), caps \(header.originCaps)" } ?? ""))
        }
      }
    }
  }

  /// A change by its name: the one that the server has, or the device's own.
  private func change(_ id: ChangeID, in record: Identifier, at device: DeviceNode) -> EncodedChange? {
    if let place = oracle.places[Oracle.RecordChange(record: record, id: id)] {
      return oracle.written[oracle.log[place].digest]?.change
    }
    for entry in device.model.entries.reversed() {
      for change in entry.linked.entry.changes where change.header.record == record && change.header.id == id
      {
        return change
      }
    }
    let forgotten = oracle.forgotten[Oracle.RecordChange(record: record, id: id)]
    return forgotten?.last.flatMap { oracle.written[$0]?.change }
  }

  /// The device says that nothing waits on either side.
  func checkCaughtUp(_ device: DeviceNode) throws {
    guard let store = device.store else { return }
    try checkStatus(device, store)
    for id in device.model.attached where creation(of: id, at: device) == .accepted {
      guard let state = try store.attachmentState(id), !state.isAvailable, state.refusal == nil else {
        continue
      }
      throw Violation(.status, "\(device.name) says that it is up to date, and bytes of \(id) are unsent")
    }
    guard device.digits == nil else { return }
    var versions: [Identifier: VersionVector?] = [:]
    for item in oracle.log where item.position <= device.followedFrom {
      guard device.readable.contains(item.record) else { continue }
      let known = versions[item.record]
      let version = try known ?? versionToHave(of: item.record, device, store)
      if known == nil { versions[item.record] = version }
      guard version?.contains(item.id) != false else {
        throw Violation(
          .status, "\(device.name) says that it is up to date, without \(item.id) of \(item.record)")
      }
    }
  }

  /// Whether a change is the device's own, under an actor that it was, and a copy of it brought it in: it is
  /// shown again once the server delivers it, which it does when a person confirmed the device.
  private func isOwnElsewhere(_ change: ChangeID, in record: Identifier, _ device: DeviceNode) -> Bool {
    device.model.former[change.actor] != nil && (device.digits != nil || !device.isCaughtUp)
      && oracle.places[Oracle.RecordChange(record: record, id: change)].map { oracle.log[$0].isAccepted }
        == true
  }

  /// Whether the log had a change before the server was set back.
  private func isForgotten(_ change: ChangeID, in record: Identifier) -> Bool {
    oracle.forgotten[Oracle.RecordChange(record: record, id: change)] != nil
  }

  /// Whether a change has no effect. What stands for what waited names the void numbers that its author had
  /// seen of her own; who brought it in is sent them later.
  private func isVoid(_ change: ChangeID, in record: Identifier) -> Bool {
    oracle.places[Oracle.RecordChange(record: record, id: change)].map { !oracle.log[$0].isAccepted } == true
  }

  /// What the device has of a record; `nil` when it need not have it.
  private func versionToHave(
    of record: Identifier, _ device: DeviceNode, _ store: ReplicaStore
  ) throws -> VersionVector? {
    guard isReadable(record, by: device) else { return nil }
    return try store.record(record)?.state.version ?? VersionVector()
  }

  /// Whether the server lets a person read a record now, by both policies.
  func isReadable(_ record: Identifier, by device: DeviceNode) -> Bool {
    guard !isRevoked(device), let governing = server.machine?.governing, let facts = oracle.facts[record],
      oracle.readers.mayRead(device.person, record, facts.kind, home: facts.home, at: serverTime)
    else { return false }
    return isAllowed(device.person, record, facts, governing)
  }

  /// What the product's policy says.
  func isAllowed(
    _ person: Identifier, _ record: Identifier, _ facts: Oracle.Facts, _ governing: GoverningState
  ) -> Bool {
    let header = oracle.readers.consents.headers[record]
    let reference = RecordReference(
      id: record, kind: facts.kind, caseID: facts.home, creator: header?.author, about: facts.about,
      informationType: facts.informationType, receivedAt: header?.receivedAt)
    return may(person, .read, reference, at: serverTime, in: governing).isAllowed
  }

  /// What the replica says of its own work is so.
  func checkStatus(_ device: DeviceNode, _ store: ReplicaStore) throws {
    try checkFileStatus(device, store)
    let status = try store.status()
    let judged = device.model.judgedAtMost
    let entries = device.model.entries
    let pending = entries.count - Int(judged)
    guard status.pendingEntries == pending else {
      throw Violation(
        .status, "\(device.name) says that \(status.pendingEntries) entries are unsent, and \(pending) are")
    }
    let since = pending > 0 ? entries[Int(judged)...].map(\.writtenAt).min() : nil
    guard status.pendingSince == since else {
      throw Violation(.status, "\(device.name) does not know since when its work waits")
    }
    guard !device.model.isRestored else { return }
    let refused = entries.prefix(Int(judged)).count { entry in
      let code = oracle.said[Oracle.ActorEntry(actor: device.actor, number: entry.linked.entry.number)] ?? nil
      return code != nil && code != .alreadyTaken
    }
    let told = status.refusedEntries + status.quarantinedEntries
    // What another brought in for its author is refused no more; she may not have heard it yet.
    let names = entries.map { QuarantineName(actor: device.actor, entry: $0.linked.entry.number) }
    let brought = names.count { oracle.waiting.decided[$0] == .accepted }
    guard told <= refused, told >= refused - brought else {
      throw Violation(
        .status, "\(device.name) says that \(told) entries were refused or wait, and \(refused) were")
    }
  }
}
