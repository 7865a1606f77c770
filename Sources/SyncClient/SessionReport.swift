import CRDT
import Replication
import WireProtocol

/// What happened in a running session.
enum SessionReport: Sendable {
  case opened
  /// The server said anew who this replica's person is.
  case profileChanged
  case upToDate
  case changed([Identifier], entered: Set<Identifier>)
  case refusedWork([RefusedWork])
  case invited(expiresAt: Int64)
  /// Another session follows at once, which sets the device and the server right.
  case healing
  /// Both were set right.
  case healed
  /// The device is sent nothing until a person confirms it by these digits.
  case unconfirmed(digits: UInt32)
  /// A device was confirmed.
  case confirmed
  /// The server has what was pushed, lost its ledger, and delivers nothing until a leader ends that.
  case serverRecovers
  /// That ended, as asked for.
  case endedRecovery
  /// The server has what was pushed, and this device's access has ended: nothing more comes.
  case accessEnded
  /// The access of so many devices was ended, as asked for.
  case revoked(devices: Int)
  /// The own devices, and whom one may end, as asked for.
  case listed([DirectoryEntry])
  /// Bytes of an attachment arrived, on either side.
  case attachmentProgress(AttachmentProgress)
  /// All bytes of attachments are at the server, which was not known here.
  case bytesAvailable([Identifier])
  /// Nothing more comes of an attachment that was asked for: it is here, or cannot be had.
  case fetchSettled(Identifier)
  case history(RecordHistory)
  case noHistory(Identifier)
  /// What waits for this person's decision, as asked for.
  case quarantine([ReceivedQuarantine])
  /// What waited was refused, as asked for.
  case quarantineRefused
  /// How many entries wait for this person's decision.
  case quarantineWaiting(Int)
  /// What stands in the logs of knowing, as asked for.
  case knowing(KnowingInquiry)
  /// What came of holding the logs against what was signed, as asked for.
  case logs(LogReport)
  /// A request was refused; the session goes on.
  case refused(ErrorCode)
  /// The server ended the session.
  case failed(ErrorCode)
  /// The connection was not made, or is gone.
  case ended(String)
}

extension SessionReport {
  init(_ report: ReplicaMachine.Report) {
    switch report {
    case .opened: self = .opened
    case .upToDate: self = .upToDate
    case .invited(_, _, let expiresAt): self = .invited(expiresAt: expiresAt)
    case .healing: self = .healing
    case .healed: self = .healed
    case .unconfirmed(let digits): self = .unconfirmed(digits: digits)
    case .confirmed: self = .confirmed
    case .serverRecovers: self = .serverRecovers
    case .endedRecovery: self = .endedRecovery
    case .quarantine(let entries): self = .quarantine(entries)
    case .quarantineRefused: self = .quarantineRefused
    case .quarantineWaiting(let count): self = .quarantineWaiting(count)
    case .accessEnded: self = .accessEnded
    case .revoked(_, let devices): self = .revoked(devices: devices)
    case .listed(let entries): self = .listed(entries)
    case .history(let history): self = .history(history)
    case .noHistory(let record): self = .noHistory(record)
    case .refused(_, let code): self = .refused(code)
    case .failed(let code): self = .failed(code)
    case .ended(let reason): self = .ended(reason)
    }
  }
}
