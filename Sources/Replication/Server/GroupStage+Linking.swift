import CRDT
import WireProtocol

/// Where a push goes on in its device's journal and in each record's chain.
extension GroupStage {
  /// Recomputes every digest of the push. Entries that the server has already must be the same ones.
  func link(_ push: Push, of device: Device) throws -> [LinkedEntry] {
    guard let first = push.entries.first, first.number <= device.journal.entries + 1 else {
      throw ProtocolError(.unexpected)
    }
    var journal = try head(before: first.number, of: device)
    var heads: [Identifier: (number: UInt64, digest: Digest)] = [:]
    var linked: [LinkedEntry] = []
    linked.reserveCapacity(push.entries.count)
    for entry in push.entries {
      var digests: [Digest] = []
      digests.reserveCapacity(entry.changes.count)
      for change in entry.changes {
        let header = change.header
        guard header.id.actor == device.actor else { throw ProtocolError(.unexpected) }
        let before = try heads[header.record] ?? head(before: header.id, in: header.record)
        guard before.number == header.id.number - 1 else { throw ProtocolError(.unexpected) }
        let digest = change.digest(after: before.digest)
        heads[header.record] = (header.id.number, digest)
        digests.append(digest)
      }
      journal = journal.appending(changes: digests)
      linked.append(LinkedEntry(entry: entry, digests: digests, journal: journal))
    }
    return linked
  }

  private func head(before entry: UInt64, of device: Device) throws -> JournalHead {
    if entry == device.journal.entries + 1 { return device.journal }
    if entry == 1 { return .start(tenant: directory.tenant.id, actor: device.actor) }
    guard let judged = try judged(entry - 1, of: device.actor) else { throw ProtocolError(.unexpected) }
    return judged.journal
  }

  /// The actor's chain in a record just before a change: from the stage when the change is new, otherwise
  /// from the stored change before it.
  private func head(before change: ChangeID, in record: Identifier) throws -> (number: UInt64, digest: Digest)
  {
    let tenant = directory.tenant.id
    guard change.number > 1 else {
      return (0, Chain.start(tenant: tenant, record: record, actor: change.actor))
    }
    let before = ChangeID(actor: change.actor, number: change.number - 1)
    if source.isErased(record) {
      guard let digest = try erasedDigest(of: before, in: record) else { throw ProtocolError(.unexpected) }
      return (before.number, digest)
    }
    let snapshot = try group.records[record] ?? source.record(record)
    if let head = snapshot?.heads[change.actor], head.id.number == change.number - 1 {
      return (head.id.number, head.digest)
    }
    let staged = group.changes.last { $0.change.header.record == record && $0.change.header.id == before }
    guard let digest = try staged?.digest ?? source.digest(of: before, in: record) else {
      throw ProtocolError(.unexpected)
    }
    return (before.number, digest)
  }
}
