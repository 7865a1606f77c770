public import CRDT
public import WireProtocol

/// What a session asks of its shell, and where it stands.
extension ClientSession {
  /// What the shell is to do, in this order.
  public enum Action: Sendable, Equatable {
    /// Send a message.
    case send([UInt8])
    /// Write before the next action; a delivery that lets records enter, durably.
    case store(StoreAction)
    /// Tell whoever asked.
    case report(Report)
    /// Make durable what was stored before.
    case flush
    /// Call `resumed` once everything before is stored.
    case resume
    /// End the connection.
    case close
  }

  /// What is written to the replica.
  public enum StoreAction: Sendable, Hashable {
    /// A session was opened: use this token from now on. Deliveries are counted after `deliveries`.
    case session(token: Identifier, membership: Membership, serverTime: Int64, deliveries: UInt64)
    /// The server's verdicts on own entries.
    case verdicts([EntryVerdict], cursor: [UInt8]?)
    /// What the server delivered.
    case delivery(ReceivedDelivery)
    /// The device goes on under another actor: draw its key, and connect anew.
    case succession
    /// Whether the device may be sent content: not while there are digits by which a person is to confirm it.
    case standing(digits: UInt32?)
    /// What came of comparing with a server that was restored, or with one that knows another journal.
    case healed(Healed)
    /// The server has more of the journal than this device, and all that stood in it was delivered: go on
    /// after it, unless more than so many entries are here.
    case journal(JournalHead, after: UInt64)
    /// Let go of copies that backups of the server contain.
    case watermark(BackupWatermark)
    /// The device was put back behind wipes of which the server has receipts, so many in all: forget the
    /// cursor.
    case missedWipes(UInt64)
    /// These records left the scope: freeze them, and wipe what nothing unsent stands on. `at`: milliseconds
    /// since 1970 by the server's clock.
    case exit([HeldRecord], erased: Set<Identifier>, at: Int64)
    /// What became of own entries that waited for a person.
    case decisions([QuarantineDecision])
    /// How many entries wait for this person.
    case quarantineWaiting(Int)
    /// How many devices wait for this person, who may confirm them.
    case devicesWaiting(Int)
    /// The device's access ended: freeze all, and wipe what nothing unsent stands on. `at` as in `exit`.
    case accessEnded(AccessEnded, at: Int64)
    /// What is held may be shown so long.
    case lease(Lease)
  }

  /// What is worth telling.
  public enum Report: Sendable, Hashable {
    /// The session is open.
    case opened
    /// Nothing is waiting at the server any more, nor here.
    case upToDate
    /// A code was made.
    case invited(request: UInt64, code: UInt64, expiresAt: Int64)
    /// The server was restored, or this device: another session follows, which sets both right.
    case healing
    /// Both were set right.
    case healed(Healed.Counts)
    /// The device is sent nothing until a person confirms it by these digits.
    case unconfirmed(digits: UInt32)
    /// A device was confirmed.
    case confirmed(request: UInt64)
    /// The server has what was pushed, lost its ledger, and delivers nothing until a leader ends that.
    case serverRecovers
    /// That ended, as asked for.
    case endedRecovery(request: UInt64)
    /// The server has what was pushed, and this device's access has ended.
    case accessEnded
    /// Somebody's access was ended, as asked for: that of so many devices.
    case revoked(request: UInt64, devices: Int)
    /// The own devices, and whom one may end, as asked for.
    case listed([DirectoryEntry])
    /// The whole history of a record, as asked for.
    case history(RecordHistory)
    /// There is no such record, or not for this person.
    case noHistory(Identifier)
    /// What waits for this person's decision, as asked for.
    case quarantine([ReceivedQuarantine])
    /// What waited was refused, as asked for.
    case quarantineRefused(request: UInt64)
    /// How many entries wait for this person.
    case quarantineWaiting(Int)
    /// A request was refused.
    case refused(request: UInt64, ErrorCode)
    /// The session ends; everything written here stays.
    case failed(ErrorCode)
  }

  enum State: Sendable {
    case idle
    case awaitingHello(ClientHandshake)
    case awaitingWelcome(ClientHandshake.Server)
    case healing(Healing)
    case open
    case closed
  }
}
