import CRDT
import Replication
import Storage
import WireProtocol

/// What a server's store must hold: every group that it has taken, by its own words, and nothing else.
struct TenantModel {
  private(set) var changes: [JudgedChange] = []
  private var entries: [JudgedEntry] = []
  private var records: [Identifier: RecordSnapshot] = [:]
  private var accounts: [Identifier: Account] = [:]
  private var devices: [ActorID: Device] = [:]
  private var codes: [UInt64: PendingCode] = [:]
  /// How many groups there were.
  private(set) var groups = 0

  mutating func take(_ group: CommitGroup) {
    changes += group.changes
    entries += group.entries
    records.merge(group.records) { $1 }
    for account in group.accounts { accounts[account.id] = account }
    devices.merge(group.devices) { $1 }
    for code in group.codes { codes[code.id] = code }
    groups += 1
  }

  /// What the store holds otherwise than here, in a few words; `nil` when nothing.
  func difference(from store: ServerStore) throws -> String? {
    guard store.position == UInt64(changes.count) else {
      return "\(store.position) changes, not \(changes.count)"
    }
    let directory = try store.load().directory
    if directory.accounts != accounts { return "other accounts" }
    if directory.devices != devices { return "other devices" }
    if directory.codes != codes { return "other codes" }
    for change in changes {
      let header = change.change.header
      if try store.digest(of: header.id, in: header.record) != change.digest {
        return "another change at \(change.position)"
      }
    }
    for entry in entries where try store.verdict(on: entry.verdict.entry, of: entry.actor) != entry {
      return "another verdict on \(entry.verdict.entry)"
    }
    for (id, expected) in records where try store.record(id)?.encoded != expected.encoded {
      return "another record \(id)"
    }
    return nil
  }
}
