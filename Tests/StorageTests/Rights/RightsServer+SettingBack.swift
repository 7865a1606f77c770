import CRDT
import Foundation
import GRDB
import Testing
import WireProtocol

@testable import Replication
@testable import Storage

extension RightsServer {
  /// Sets it back to the backup that was made, or to the copy of the folder.
  func setBack(toBackup: Bool) throws {
    if toBackup { return try restore() }
    try putFolderBack("copy")
    try reopen()
  }

  /// Ends the access of somebody's device.
  func revoke(_ member: Member) throws {
    let device = try #require(try store().load().directory.devices[member.actor]).id
    var group = try emptyGroup()
    group.revocations = [Revocation(device: device, reason: .stolen, revokedAt: now)]
    group.ledger = [
      .revoked(
        AccessEnd(
          devices: [device], reason: .stolen, account: nil, person: member.person, actor: leader.actor))
    ]
    try store().commit(group)
  }

  /// The key that a record's values are sealed under.
  func identifierOfKey(of record: Identifier) throws -> RecordKeyID {
    let store = try store()
    return try store.database.inDatabase { try #require(try store.recordRow(record, $0)).key }
  }

  /// Copies the key database as it stands while the server runs.
  func copyKeys(to name: String) throws {
    let folder = directory.path(name)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    for file in try keyFiles(in: directory.path("")) {
      try FileManager.default.copyItem(atPath: directory.path(file), toPath: folder + "/" + file)
    }
  }

  /// Puts a copy of the key database back. The server must be closed.
  func putKeysBack(_ name: String) throws {
    for file in try keyFiles(in: directory.path("")) {
      try FileManager.default.removeItem(atPath: directory.path(file))
    }
    for file in try keyFiles(in: directory.path(name)) {
      try FileManager.default.copyItem(
        atPath: directory.path(name) + "/" + file, toPath: directory.path(file))
    }
  }

  private func keyFiles(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("tenant.keys") }
  }

  /// Gives back what it accepted before, as a device does that compared itself with it.
  ///
  /// - Returns: what became of it.
  func giveBack(_ entry: JournalEntry, _ verdict: EntryVerdict, by member: Member) throws
    -> [WireOfferOutcome]
  {
    let change = try #require(entry.changes.first)
    let stamp = ChangeStamp(
      receivedAt: verdict.receivedAt, isAccepted: true, seal: try #require(verdict.seals.first))
    let start = Chain.start(tenant: tenant.id, record: change.header.record, actor: member.actor)
    var stage = try stage()
    let outcomes = try stage.take(back: [OfferedChange(change: change, previous: start, stamp: stamp)])
    try store().commit(stage.group)
    return outcomes
  }
}
