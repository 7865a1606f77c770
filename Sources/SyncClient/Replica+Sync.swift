public import CRDT
public import CaseModel
import Dispatch
import Logging
public import Replication
import Storage
import Synchronization
import WebSocketTransport
import WireProtocol

/// Exchanging with the server.
extension Replica {
  /// Exchanges until nothing waits on either side.
  ///
  /// - Parameters:
  ///   - passphrase: gives the passphrase; asked only if the key file needs one.
  ///   - timeout: how long the whole may take; with attachments, how long without any of their bytes.
  ///   - attachments: whether their bytes are exchanged too.
  ///   - onProgress: told how far these have come.
  public nonisolated(nonsending) func sync(
    passphrase: @escaping () throws -> String, timeout: Duration, attachments: Bool = true,
    onProgress: (AttachmentProgress) -> Void = { _ in }
  ) async throws -> SyncOutcome {
    let turn = try await turn(
      within: timeout, leftBytes: { attachments ? try store.unsentAttachments().bytes : 0 },
      isDone: {
        guard try store.status().pendingEntries == 0 else { return false }
        return attachments ? try store.unsentAttachments().count == 0 : true
      })
    let lock: SessionLock
    switch turn {
    case .own(let taken): lock = taken
    case .done: return .handedOver
    case .timedOut: return .offline("timed_out")
    }
    defer { lock.release() }
    let keys = try keys(passphrase)
    let end = ContinuousClock.now + timeout
    var outcome = SyncOutcome.offline("timed_out")
    for _ in 0..<Self.sessionsOfOneSync {
      var again = false
      try await exchange(keys, timeout: end - .now, attachments: attachments) { report in
        switch report {
        case .attachmentProgress(let progress):
          onProgress(progress)
          return true
        case .upToDate: outcome = .upToDate
        case .failed(let code):
          outcome = .refused(code.name)
          again = code == .retry
        case .ended(let reason):
          outcome = .offline(reason)
          again = reason == "behind"
        case .serverRecovers: outcome = .refused(ErrorCode.inRecovery.name)
        case .accessEnded: outcome = .refused(ErrorCode.accessEnded.name)
        case .healing: again = true
        case .endedRecovery, .opened, .profileChanged, .changed, .refusedWork, .invited, .refused, .history,
          .noHistory, .revoked, .listed,
          .healed, .unconfirmed, .confirmed, .fetchSettled, .bytesAvailable, .quarantine, .quarantineRefused,
          .quarantineWaiting, .knowing, .logs:
          return true
        }
        return false
      }
      guard again, ContinuousClock.now < end else { break }
    }
    return outcome
  }

  /// A server that finds that it was set back ends the session; the next one finds a new epoch, and the one
  /// after it goes on under a new actor.
  static let sessionsOfOneSync = 6

  /// Stays connected and tells what arrives; reconnects by itself, until the task is cancelled or `onEvent`
  /// throws.
  ///
  /// - Parameter onArrival: told which records moved as soon as the replica holds them, before `onEvent` and
  ///   on a thread of the session; it must be brief.
  public nonisolated(nonsending) func watch(
    passphrase: @escaping () throws -> String, onArrival: (@Sendable ([Identifier]) -> Void)? = nil,
    onEvent: (WatchEvent) throws -> Void
  ) async throws {
    let keys = try keys(passphrase)
    try attempt { try store.reserveLog() }
    var backoff = Backoff()
    while !Task.isCancelled {
      if let lock = try attempt({ try SessionLock(home: home) }) {
        defer { lock.release() }
        var thrown: (any Error)?
        try await exchange(keys, timeout: nil, attachments: true, onArrival: onArrival) { report in
          do {
            switch report {
            case .opened:
              backoff.succeeded()
              try onEvent(.connected)
            case .upToDate: try onEvent(.upToDate)
            case .serverRecovers: try onEvent(.serverRecovers)
            // Nothing more will arrive.
            case .accessEnded: return false
            case .changed(let records, let entered): try onEvent(.changed(records, entered: entered))
            case .refusedWork(let work): try onEvent(.refused(work))
            case .bytesAvailable(let attachments): try onEvent(.attachmentsAvailable(attachments))
            case .quarantineWaiting(let count): try onEvent(.quarantineWaiting(count))
            case .failed(let code): try onEvent(.disconnected(code.name))
            case .ended(let reason): try onEvent(.disconnected(reason))
            case .unconfirmed(let digits): try onEvent(.unconfirmed(ConfirmationDigits.text(digits)))
            case .healed: try onEvent(.healed)
            // The next session begins at once, without a pause.
            case .healing: backoff.succeeded()
            case .invited, .refused, .confirmed, .profileChanged, .history, .noHistory, .endedRecovery,
              .attachmentProgress, .fetchSettled, .revoked, .listed, .quarantine, .quarantineRefused,
              .knowing, .logs:
              break
            }
            return true
          } catch {
            thrown = error
            return false
          }
        }
        if let thrown { throw thrown }
        if try accessEnd() != nil { throw ReplicaError(.accessEnded) }
      }
      try await Task.sleep(for: .seconds(backoff.next(.random(in: 0..<1))))
    }
  }

  /// Asks the server for a one-time code. Its secret is made here and never sent.
  ///
  /// - Parameter isRemote: whether it is for somebody who is not in the room: then it lasts for days, and her
  ///   device is sent nothing until somebody confirms it by the digits that she reads out.
  /// - Throws: `ReplicaError`: `refused` with `UNSUPPORTED` by a server that knows no such codes.
  public nonisolated(nonsending) func invite(
    role: Role, person: Identifier, name: String, case caseID: Identifier?, isRemote: Bool = false,
    passphrase: @escaping () throws -> String
  ) async throws -> Invitation {
    let keys = try keys(passphrase)
    let meta = try attempt { try store.meta() }
    let code = EnrolmentCode(
      id: .random(in: 1 ... .max), secret: SystemSource.identifier(),
      fingerprint: EnrolmentCode.fingerprint(of: meta.tenantKey))
    var request = WireInvitationRequest()
    request.request = 1
    request.verifier = .init(code.verifier.bytes)
    request.role = role.rawValue
    request.person = .init(person.bytes)
    request.personName = name
    request.codeID = .init(withUnsafeBytes(of: code.id.bigEndian) { Array($0) })
    request.remote = isRemote
    if let caseID { request.case = .init(caseID.bytes) }
    let lock = try attempt { try SessionLock(home: home) }
    defer { lock?.release() }
    var result: Result<Int64, ReplicaError> = .failure(ReplicaError(.offline("timed_out")))
    try await exchange(keys, timeout: .seconds(15), wish: .invitation(request)) { report in
      switch report {
      case .invited(let expiresAt): result = .success(expiresAt)
      case .refused(let code), .failed(let code): result = .failure(ReplicaError(.refused(name: code.name)))
      case .ended(let reason): result = .failure(ReplicaError(.offline(reason)))
      case .healing: result = .failure(ReplicaError(.refused(name: ErrorCode.retry.name)))
      case .opened, .profileChanged, .upToDate, .changed, .refusedWork, .history, .noHistory, .healed,
        .serverRecovers, .endedRecovery, .accessEnded, .revoked, .listed,
        .unconfirmed, .confirmed, .attachmentProgress, .fetchSettled, .bytesAvailable, .quarantine,
        .quarantineRefused, .quarantineWaiting, .knowing, .logs:
        return true
      }
      return false
    }
    let text = code.description
    let link = meta.serverURL + (meta.serverURL.hasSuffix("/") ? "#" : "/#") + text
    return Invitation(link: link, code: text, expiresAt: try result.get(), isRemote: isRemote)
  }

  /// Ends the recovery of a server that lost its ledger, as a leader: it delivers again from then on.
  ///
  /// - Throws: `ReplicaError` `refused` when this person may not, or the server is in none.
  public nonisolated(nonsending) func endRecovery(passphrase: @escaping () throws -> String) async throws {
    let keys = try keys(passphrase)
    let lock = try attempt { try SessionLock(home: home) }
    defer { lock?.release() }
    var result: Result<Void, ReplicaError> = .failure(ReplicaError(.offline("timed_out")))
    for _ in 0..<Self.sessionsOfOneSync {
      var again = false
      try await exchange(keys, timeout: .seconds(15), wish: .recoveryEnd) { report in
        switch report {
        case .endedRecovery: result = .success(())
        case .refused(let code): result = .failure(ReplicaError(.refused(name: code.name)))
        case .failed(let code):
          again = code == .retry
          result = .failure(ReplicaError(.refused(name: code.name)))
        case .ended(let reason): result = .failure(ReplicaError(.offline(reason)))
        case .healing: again = true
        case .opened, .profileChanged, .upToDate, .changed, .refusedWork, .history, .noHistory, .healed,
          .unconfirmed, .confirmed, .invited, .attachmentProgress, .fetchSettled, .bytesAvailable,
          .serverRecovers, .accessEnded, .revoked, .listed, .quarantine, .quarantineRefused,
          .quarantineWaiting, .knowing, .logs:
          return true
        }
        return false
      }
      guard again else { break }
    }
    try result.get()
  }

  /// Confirms another device, of the own account or of somebody invited, by the six digits that it shows.
  ///
  /// - Parameter person: whose device it is.
  /// - Throws: `ReplicaError` `refused` when there is none of hers that one may confirm.
  public nonisolated(nonsending) func confirm(
    digits: UInt32, of person: Identifier, passphrase: @escaping () throws -> String
  ) async throws {
    let keys = try keys(passphrase)
    let lock = try attempt { try SessionLock(home: home) }
    defer { lock?.release() }
    var result: Result<Void, ReplicaError> = .failure(ReplicaError(.offline("timed_out")))
    let request = WireConfirmationRequest.with {
      $0.request = 1
      $0.digits = digits
      $0.person = .init(person.bytes)
    }
    try await exchange(keys, timeout: .seconds(15), wish: .confirmation(request)) { report in
      switch report {
      case .confirmed: result = .success(())
      case .refused(let code), .failed(let code): result = .failure(ReplicaError(.refused(name: code.name)))
      case .ended(let reason): result = .failure(ReplicaError(.offline(reason)))
      case .healing: result = .failure(ReplicaError(.refused(name: ErrorCode.retry.name)))
      case .opened, .profileChanged, .upToDate, .changed, .refusedWork, .history, .noHistory, .healed,
        .serverRecovers, .endedRecovery, .accessEnded, .revoked, .listed,
        .unconfirmed, .invited, .attachmentProgress, .fetchSettled, .bytesAvailable, .quarantine,
        .quarantineRefused, .quarantineWaiting, .knowing, .logs:
        return true
      }
      return false
    }
    try result.get()
  }
}
