public import CRDT
public import CaseModel
import Replication
import Storage
import WireProtocol

/// One's own devices, and the people whose access one may end.
extension Replica {
  /// Oneself and whom one may end, with their devices, as the server knows them: oneself first.
  ///
  /// - Throws: `ReplicaError`: `offline`; `refused` for a device that may not ask.
  public nonisolated(nonsending) func directory(
    passphrase: @escaping () throws -> String
  ) async throws -> [PersonListing] {
    guard case .listed(let entries) = try await answer(to: .list, passphrase) else { return [] }
    let device = try attempt { try store.meta().device }
    return entries.map { PersonListing($0, here: device) }
  }

  /// Ends the access of a device for good.
  ///
  /// - Returns: how many devices it ended: none when that one had ended before.
  /// - Throws: `ReplicaError`: `offline`; `refused` when one may not, or there is no such device.
  @discardableResult
  public nonisolated(nonsending) func revoke(
    device: Identifier, because reason: RevocationReason, passphrase: @escaping () throws -> String
  ) async throws -> Int {
    try await ended(by: .revoke(device: device, reason), passphrase)
  }

  /// Ends the access of a person, with all her devices.
  ///
  /// - Returns: how many devices that ended.
  /// - Throws: `ReplicaError`: `offline`; `refused` when one may not, or there is no such person.
  @discardableResult
  public nonisolated(nonsending) func end(
    person: Identifier, because reason: RevocationReason, passphrase: @escaping () throws -> String
  ) async throws -> Int {
    try await ended(by: .end(person: person, reason), passphrase)
  }

  private nonisolated(nonsending) func ended(
    by request: DeviceRequest, _ passphrase: () throws -> String
  ) async throws -> Int {
    guard case .revoked(let devices) = try await answer(to: request, passphrase) else { return 0 }
    return devices
  }

  /// Asks the server, in as many sessions as it takes until one of them answers.
  private nonisolated(nonsending) func answer(
    to request: DeviceRequest, _ passphrase: () throws -> String
  ) async throws -> SessionReport {
    let keys = try keys(passphrase)
    let lock = try attempt { try SessionLock(home: home) }
    defer { lock?.release() }
    var result: Result<SessionReport, ReplicaError> = .failure(ReplicaError(.offline("timed_out")))
    for _ in 0..<Self.sessionsOfOneSync {
      var again = false
      try await exchange(keys, timeout: .seconds(15), wish: .devices(request)) { report in
        switch report {
        case .listed, .revoked: result = .success(report)
        case .refused(let code): result = .failure(ReplicaError(.refused(name: code.name)))
        case .failed(let code):
          again = code == .retry
          result = .failure(ReplicaError(.refused(name: code.name)))
        case .ended(let reason): result = .failure(ReplicaError(.offline(reason)))
        case .accessEnded: result = .failure(ReplicaError(.refused(name: ErrorCode.accessEnded.name)))
        case .healing: again = true
        case .endedRecovery, .opened, .profileChanged, .upToDate, .changed, .refusedWork, .history, .healed,
          .noHistory, .unconfirmed, .confirmed, .invited, .attachmentProgress, .fetchSettled,
          .bytesAvailable, .serverRecovers, .quarantine, .quarantineRefused, .quarantineWaiting, .knowing,
          .logs:
          return true
        }
        return false
      }
      guard again else { break }
    }
    return try result.get()
  }

  // MARK: This device

  /// That this device's access ended; `nil` while it goes on.
  public func accessEnd() throws -> AccessEndSummary? {
    try attempt {
      guard let end = try store.meta().accessEnded else { return nil }
      // Of a stolen device nothing is taken: what it has not sent it never will.
      let pending = end.reason == .stolen ? 0 : try store.status().pendingEntries
      return AccessEndSummary(
        reason: end.reason, since: end.since, sealedItems: try store.sealedItemCount(),
        pendingEntries: pending)
    }
  }

  /// How long what is held may be shown. The time that is known here goes on by it, and is kept, so that a
  /// clock that is set back later does not make it earlier.
  public func lease() throws -> LeaseSummary {
    try attempt {
      let meta = try store.meta()
      guard let lease = meta.lease, let known = meta.knownTime else {
        return LeaseSummary(until: nil, isOver: false)
      }
      let reading = SystemSource.reading()
      let advanced = known.advanced(to: reading, offset: meta.clockOffset)
      if advanced.time >= known.time + Self.timeKept || advanced.boot != known.boot {
        // Another process may have heard of the server meanwhile: its word is not undone.
        try store.updateMeta {
          $0.knownTime = $0.knownTime?.advanced(to: reading, offset: $0.clockOffset)
        }
      }
      return LeaseSummary(until: lease.until, isOver: !lease.allowsShowing(at: advanced))
    }
  }

  /// How much of the time is not written down for each command, in milliseconds: so much a clock that is set
  /// back gains.
  private static let timeKept: Int64 = 60_000
}
