import CRDT
import Replication
import WireProtocol

/// What a device without a disk knows: its journal as far as it is not judged, and of each record what the
/// next change of it has to name.
final class MemoryReplica: ReplicaSource {
  /// Of a record: what was seen of it, and the end of the own chain.
  private struct Known {
    var version = VersionVector()
    var digest: Digest
  }

  let actor: ActorID
  private let tenant: Identifier
  private let account: Identifier
  private var head: JournalHead
  private var pending: [LinkedEntry] = []
  private var records: [Identifier: Known] = [:]

  init(_ device: IdleDevice) {
    actor = device.actor
    tenant = device.tenant
    account = device.account
    head = .start(tenant: device.tenant, actor: device.actor)
  }

  func journal() -> JournalHead { head }

  func digest(ofEntry number: UInt64) -> Digest? {
    if number == head.entries { return head.digest }
    return number == 0 ? JournalHead.start(tenant: tenant, actor: actor).digest : nil
  }

  func pendingEntries(after number: UInt64, limit: Int) -> [LinkedEntry] {
    guard let first = pending.first?.entry.number else { return [] }
    return Array(pending.dropFirst(number < first ? 0 : Int(number - first) + 1).prefix(limit))
  }

  /// How many entries have no verdict.
  var unjudged: Int { pending.count }

  /// Writes one change as an entry of its own.
  func write(
    _ operations: [Operation], in record: Identifier, creates facts: RecordFacts? = nil, at time: Int64
  ) {
    var known = known(record)
    let number = known.version[actor] + 1
    let header = ChangeHeader(
      record: record, id: ChangeID(actor: actor, number: number), author: account, writtenAt: time,
      version: known.version, creates: facts)
    let salt = Identifier(randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max))
    let change = EncodedChange(header: header, payload: Payload(salt: salt, operations: operations).encoded)
    known.digest = change.digest(after: known.digest)
    known.version.insert(header.id)
    records[record] = known
    head = head.appending(changes: [known.digest])
    pending.append(
      LinkedEntry(
        entry: JournalEntry(number: head.entries, changes: [change]), digests: [known.digest], journal: head))
  }

  /// Takes in verdicts.
  func take(_ verdicts: [EntryVerdict]) { pending.removeFirst(verdicts.count) }

  /// Takes in what the server delivered, as far as later changes name it.
  func take(_ delivery: ReceivedDelivery) {
    for enter in delivery.enters {
      records[enter.snapshot.record, default: known(enter.snapshot.record)].version
        .merge(enter.snapshot.state.version)
    }
    for change in delivery.changes {
      records[change.header.record, default: known(change.header.record)].version.insert(change.header.id)
    }
  }

  /// Forgets the records, for who writes in none of them again.
  func forgetRecords() { records = [:] }

  private func known(_ record: Identifier) -> Known {
    records[record] ?? Known(digest: Chain.start(tenant: tenant, record: record, actor: actor))
  }
}
