public import CRDT
public import CaseModel
public import Replication
import Storage
import WireProtocol

/// Files that belong to cases.
extension Replica {
  /// The largest file that can be attached, in bytes.
  public static var attachmentBytesMax: Int { Limits.attachmentBytes }

  /// SHA-256 of a file's bytes.
  public static func digest(of content: [UInt8]) -> [UInt8] {
    var digest = RunningDigest()
    digest.add(content)
    return digest.digest.bytes
  }

  /// Attaches a file: its record and its bytes are durable when this returns, and sent when there is a
  /// connection.
  ///
  /// - Throws: `ReplicaError`, and then nothing is written.
  public func attach(_ content: [UInt8], as draft: RecordDraft) throws {
    _ = try write([[draft]], attaching: NewAttachment(record: draft.id, content: content))
  }

  /// How an attachment's bytes stand.
  public func standing(ofAttachment record: Identifier) throws -> AttachmentStanding {
    try attempt {
      guard let state = try store.attachmentState(record) else {
        return AttachmentStanding(place: .awaited, present: 0, sent: 0, refusal: nil, isWhole: false)
      }
      let place: AttachmentStanding.Place =
        if state.isOwn {
          state.isAvailable ? .sent : state.refusal == nil ? .unsent : .refused
        } else {
          state.isWhole ? .here : state.isAvailable ? .available : .awaited
        }
      return AttachmentStanding(
        place: place, present: state.present, sent: state.sent, refusal: state.refusal?.name,
        isWhole: state.isWhole)
    }
  }

  func unsentAttachments() throws -> AttachmentBacklog {
    let unsent = try store.unsentAttachments()
    return AttachmentBacklog(
      count: unsent.count, bytes: unsent.bytes, since: unsent.since, refused: unsent.refused)
  }

  /// What was attached here and is not all at the server.
  public func attachmentBacklog() throws -> AttachmentBacklog { try attempt { try unsentAttachments() } }

  /// Fetches an attachment's bytes, from the byte where an earlier attempt ended.
  ///
  /// - Parameters:
  ///   - timeout: how long to wait without any of them.
  ///   - onProgress: told how far they have come.
  public nonisolated(nonsending) func fetch(
    attachment record: Identifier, passphrase: @escaping () throws -> String, timeout: Duration,
    onProgress: (AttachmentProgress) -> Void = { _ in }
  ) async throws -> FetchOutcome {
    if let outcome = try fetchOutcome(record) { return outcome }
    try attempt { try store.want(record, at: now()) }
    let turn = try await turn(
      within: timeout, leftBytes: { try .max - (store.attachmentState(record)?.present ?? 0) },
      isDone: { try fetchOutcome(record, asked: true) != nil })
    let lock: SessionLock
    switch turn {
    case .own(let taken): lock = taken
    case .done: return try fetchOutcome(record, asked: true) ?? .offline("timed_out")
    case .timedOut: return .offline("timed_out")
    }
    defer { lock.release() }
    var ended = "timed_out"
    try await exchange(try keys(passphrase), timeout: timeout, attachments: true) { report in
      switch report {
      case .attachmentProgress(let progress):
        if progress.record == record { onProgress(progress) }
        return true
      case .fetchSettled(let settled): return settled != record
      case .failed(let code): ended = code.name
      case .ended(let reason): ended = reason
      case .healing: ended = ErrorCode.retry.name
      case .serverRecovers: ended = ErrorCode.inRecovery.name
      case .accessEnded: ended = ErrorCode.accessEnded.name
      case .revoked, .listed, .endedRecovery, .opened, .profileChanged, .changed, .refusedWork, .invited,
        .refused, .history, .noHistory, .upToDate, .bytesAvailable, .healed, .unconfirmed, .confirmed,
        .quarantine, .quarantineRefused, .quarantineWaiting, .knowing, .logs:
        return true
      }
      return false
    }
    return try fetchOutcome(record, asked: true) ?? .offline(ended)
  }

  /// What came of it; `nil` while it is to be waited for.
  private func fetchOutcome(_ record: Identifier, asked: Bool = false) throws -> FetchOutcome? {
    guard let state = try attempt({ try store.attachmentState(record) }) else { return nil }
    if state.isWhole { return .here }
    guard asked, !state.isWanted, let refusal = state.refusal else { return nil }
    return .refused(refusal.name)
  }

  /// Gives out an attachment's bytes piece by piece, all of them.
  ///
  /// - Throws: `ReplicaError` `damaged` when they are not those that were stored, or not all here; and what
  ///   `body` throws.
  public func readAttachment(_ record: Identifier, _ body: ([UInt8]) throws -> Void) throws {
    guard let facts = try attempt({ try store.record(record) }).flatMap(AttachmentFacts.init) else {
      throw ReplicaError(.damaged)
    }
    var digest = RunningDigest()
    while digest.byteCount < facts.size {
      let piece = try attempt {
        try store.content(of: record, at: digest.byteCount, count: Limits.chunkBytes)
      }
      guard !piece.isEmpty else { throw ReplicaError(.damaged) }
      digest.add(piece)
      try body(piece)
    }
    guard digest.digest.bytes == facts.digest else { throw ReplicaError(.damaged) }
  }
}
