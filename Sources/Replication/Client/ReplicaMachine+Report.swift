public import CRDT
public import WireProtocol

extension ReplicaMachine {
  /// What is worth telling.
  public enum Report: Sendable, Hashable {
    /// The session is open.
    case opened
    /// Nothing is waiting at the server any more, nor here.
    case upToDate
    /// A code was made.
    case invited(request: UInt64, code: UInt64, expiresAt: Int64)
    /// The server was restored, or this device: another session follows at once, which sets both right.
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
    /// The server has what was pushed, and this device's access has ended: nothing more comes.
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
    /// A request was refused; the session goes on.
    case refused(request: UInt64, ErrorCode)
    /// The session ends, for a reason that one of both sides gave; everything written here stays.
    case failed(ErrorCode)
    /// The connection is gone; `behind`: what the server sent does not fit what is here.
    case ended(String)
  }
}
