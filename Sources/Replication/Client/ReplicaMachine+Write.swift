public import CRDT
public import WireProtocol

extension ReplicaMachine {
  /// What is written to the replica.
  public enum Write: Sendable, Hashable {
    /// A session was opened: use this token from now on.
    ///
    /// - `clockOffset`: the server's clock minus this device's, in milliseconds.
    /// - `contactAt`: milliseconds since 1970 by this device's clock.
    /// - `deliveries`: deliveries are counted after this number. When it is beyond the last one stored, the
    ///   device was put back, and the session asks for everything; the cursor is forgotten with this write,
    ///   so that the next session does so too if this one ends before anything was delivered. From the first
    ///   delivery on the server knows what is still to come.
    case session(
      token: Identifier, membership: Membership, clockOffset: Int64, contactAt: Int64, deliveries: UInt64)
    /// The server's verdicts on own entries. `caughtUpAt`: when there is one, nothing waits on either side
    /// after them, in milliseconds since 1970 by this device's clock.
    case verdicts([EntryVerdict], cursor: [UInt8]?, caughtUpAt: Int64?)
    /// What the server delivered; `caughtUpAt` as with verdicts.
    case delivery(ReceivedDelivery, caughtUpAt: Int64?)
    /// The device goes on under another actor: draw its key.
    case succession
    /// Whether the device may be sent content: not while there are digits by which a person is to confirm it.
    case standing(digits: UInt32?)
    /// What came of comparing with a restored server. `at`: milliseconds since 1970 by this device's clock.
    case healed(Healed, at: Int64)
    /// Go on after this journal, unless more than so many entries are here.
    case journal(JournalHead, after: UInt64)
    /// Let go of copies that backups of the server contain.
    case watermark(BackupWatermark)
    /// Records left the device's scope. They are shown and written to no more; what nothing unsent stands on
    /// is wiped, the rest once its own work has verdicts. `at`: milliseconds since 1970 by the server's
    /// clock.
    case exit([HeldRecord], erased: Set<Identifier>, at: Int64)
    /// This device was put back behind wipes of which the server has receipts, so many in all: what it wiped
    /// may be here again. The cursor is forgotten, so that the device lists what it holds until it is told
    /// anew where it stands.
    case missedWipes(UInt64)
    /// What became of own entries that waited for a person.
    case decisions([QuarantineDecision])
    /// How many entries wait for this person.
    case quarantineWaiting(Int)
    /// How many devices wait for this person, who may confirm them.
    case devicesWaiting(Int)
    /// The device's access ended, as its tenant says: nothing is shown or written any more, and everything is
    /// wiped as with an exit; of a stolen device all at once. `at` as in `exit`.
    case accessEnded(AccessEnded, at: Int64)
    /// What is held may be shown so long without contact.
    case lease(Lease)
    /// Ask without a cursor next time, so that the server sends everything.
    case forgetCursor
  }
}
