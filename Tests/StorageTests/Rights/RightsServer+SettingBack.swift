import CRDT
import Replication
import Testing
import WireProtocol

extension RightsServer {
  /// Sets it back to the backup that was made, or to the copy of the folder.
  func setBack(toBackup: Bool) throws {
    if toBackup { return try restore() }
    try putFolderBack("copy")
    try reopen()
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
