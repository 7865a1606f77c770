public import CRDT
public import WireProtocol

/// One change of a record, as its history tells it.
public struct HistoryItem: Hashable, Sendable {
  /// What became of a change.
  public enum Status: Hashable, Sendable {
    /// It is this device's own and has no verdict yet.
    case pending
    /// It counts.
    case accepted
    /// It has no effect; of an own one, why.
    case void(ErrorCode?)
  }

  /// Which change it is, and what its author had seen.
  public let header: ChangeHeader
  /// Who wrote what it says, and when: of a change that stands for another, that one.
  public let written: ChangeHeader
  /// What was done; `nil` when that is not known here.
  public let operations: [Operation]?
  /// When the server received it, in milliseconds since 1970 by its clock.
  public let receivedAt: Int64?
  /// What became of it.
  public let status: Status
}
