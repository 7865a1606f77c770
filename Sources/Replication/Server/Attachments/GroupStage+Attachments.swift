import CRDT
import CaseModel
import WireProtocol

/// Attachments' bytes. Who may read the record and is the account that created it sends them, in order; they
/// are checked against what was declared when the last one is there.
extension GroupStage {
  /// Begins to take bytes, or says where they stand.
  mutating func begin(_ upload: Upload, by actor: ActorID) throws -> UploadAnswer {
    let id = upload.attachment
    if let code = try refusal(ofSending: id, by: actor) { return UploadAnswer(id, refusing: code) }
    guard upload.size <= UInt64(Limits.attachmentBytes) else { return UploadAnswer(id, refusing: .tooLarge) }
    let known = try attachment(id)
    if let known, known.upload == upload { return UploadAnswer(known) }
    let running = RunningDigest()
    if upload.size == 0, running.digest != upload.digest {
      return UploadAnswer(id, refusing: .digestMismatch)
    }
    if let known {
      // Other bytes than those that were begun. What is complete was verified, and readers may have it.
      guard !known.isComplete else { return UploadAnswer(id, refusing: .attachmentExists) }
      group.attachments.restart(id)
    } else {
      let begun = group.attachments.attachments.values.count { $0.actor == actor && !$0.isComplete }
      guard try source.unfinishedUploads(of: actor) + begun < Limits.unfinishedUploads else {
        return UploadAnswer(id, refusing: .tooManyUploads)
      }
    }
    var new = StoredAttachment(upload: upload, actor: actor, stored: 0, isComplete: false)
    new.isComplete = upload.size == 0
    if new.isComplete { group.attachments.completed.append(id) }
    uploadDigests[id] = running
    group.attachments.attachments[id] = new
    return UploadAnswer(new)
  }

  /// Takes a chunk, if it is the next one.
  ///
  /// - Throws: `ProtocolError` `MALFORMED` when it has another size than it must.
  mutating func add(_ chunk: AttachmentChunk, by actor: ActorID) throws -> UploadAnswer {
    let id = chunk.attachment
    if let code = try refusal(ofSending: id, by: actor) { return UploadAnswer(id, refusing: code) }
    guard var known = try attachment(id) else { throw ProtocolError(.unexpected) }
    guard chunk.content.count == AttachmentChunk.byteCount(at: chunk.offset, of: known.upload.size) else {
      throw ProtocolError.malformed
    }
    // Bytes that are here already came twice.
    if known.isComplete || chunk.offset < known.stored { return UploadAnswer(known) }
    guard chunk.offset == known.stored else { return UploadAnswer(known, rewinding: true) }
    var running = try digest(of: known)
    running.add(chunk.content)
    known.stored = chunk.end
    group.attachments.chunks.append(chunk)
    var answer: UploadAnswer
    if known.stored == known.upload.size {
      answer = finish(&known, running)
    } else {
      uploadDigests[id] = running
      answer = UploadAnswer(known)
    }
    group.attachments.attachments[id] = known
    return answer
  }

  /// Takes a piece of a file that somebody hands over, if it is the next one; with the first the file begins.
  ///
  /// - Throws: `ProtocolError` `MALFORMED` as `add`.
  mutating func take(_ bytes: SignedBytes, by actor: ActorID) throws -> UploadAnswer {
    let begun = try begin(bytes.upload, by: actor)
    guard begun.refusal == nil, !begun.isComplete, let chunk = bytes.chunk else { return begun }
    return try add(chunk, by: actor)
  }

  private mutating func finish(_ known: inout StoredAttachment, _ running: RunningDigest) -> UploadAnswer {
    let id = known.upload.attachment
    guard running.digest == known.upload.digest else {
      known.stored = 0
      group.attachments.restart(id)
      uploadDigests[id] = RunningDigest()
      return UploadAnswer(id, refusing: .digestMismatch)
    }
    known.isComplete = true
    uploadDigests[id] = nil
    group.attachments.completed.append(id)
    return UploadAnswer(known)
  }

  private func attachment(_ id: Identifier) throws -> StoredAttachment? {
    try group.attachments.attachments[id] ?? source.attachment(id)
  }

  /// The digest of what is stored. After a restart of the server it is made anew, once.
  private func digest(of known: StoredAttachment) throws -> RunningDigest {
    if let running = uploadDigests[known.upload.attachment], running.byteCount == known.stored {
      return running
    }
    var running = RunningDigest()
    while running.byteCount < known.stored {
      let count = Int(min(known.stored - running.byteCount, UInt64(Limits.chunkBytes)))
      let content = try source.content(of: known.upload.attachment, at: running.byteCount, count: count)
      guard content.count == count else { throw ProtocolError(.retry) }
      running.add(content)
    }
    return running
  }

  /// Why a device may not send an attachment's bytes now. What may not be read and what does not exist look
  /// alike.
  private func refusal(ofSending id: Identifier, by actor: ActorID) throws -> ErrorCode? {
    guard let device = device(actor), let account = account(device.account) else {
      throw ProtocolError(.unknownDevice)
    }
    guard !isUnknown(device) else { return .notConfirmed }
    guard !source.isErased(id), let snapshot = try group.records[id] ?? source.record(id),
      let reference = snapshot.reference(person: { self.account($0)?.person }), reference.kind == .attachment
    else { return .notAvailable }
    guard may(account.person, .read, reference, at: receivedAt, in: governing).isAllowed else {
      return .notAvailable
    }
    return snapshot.creator == account.id ? nil : .forbidden
  }
}
