import SyncClient

/// What a command needs of the replica, and so when it is refused.
enum ReplicaNeed: Hashable, Sendable {
  /// It shows, or works with, what is held: not past the lease, and not once the device's access has ended.
  case content
  /// It writes and shows nothing of what is held: not once the device's access has ended.
  case writing
  /// It speaks with the server, or tells how the replica stands: always.
  case contact
}

extension Session {
  /// Why a command that needs so much cannot be run on this device now; `nil` when it can.
  func obstacle(to need: ReplicaNeed) throws -> Failure? {
    if need != .contact, let end = try replica.accessEnd() { return Self.failure(end) }
    guard need == .content else { return nil }
    let lease = try replica.lease()
    return lease.isOver ? Failure(.leaseOver, .leaseOver, Clock.text(lease.until ?? 0)) : nil
  }

  /// What became of this device.
  static func failure(_ end: AccessEndSummary) -> Failure {
    Failure(
      .refused, .accessEnded, end.reason.name, Clock.text(end.since), String(end.sealedItems),
      String(end.pendingEntries))
  }
}
