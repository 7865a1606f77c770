import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

@testable import Storage

/// Attachments' bytes on a replica.
@Suite struct ReplicaAttachmentTests {
  private let content = (0..<150_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

  private func draft(_ fixture: ReplicaFixture, _ id: Identifier) throws -> RecordDraft {
    CaseWork.attachment(
      id: id, in: fixture.caseID, name: RandomWriter.canary, mediaType: "text/plain", size: content.count,
      digest: StoredContent.digest(of: content).bytes, on: try CalendarDay(dayNumber: 18_000))
  }

  @discardableResult
  private func attach(_ fixture: ReplicaFixture, at now: Int64 = 7) throws -> (Identifier, [LinkedEntry]) {
    let id = fixture.random.identifier()
    let entries = try fixture.store.write(
      [[try draft(fixture, id)]], attaching: NewAttachment(record: id, content: content), at: now
    ) { fixture.random.identifier() }
    return (id, entries)
  }

  private func accept(_ entries: [LinkedEntry], _ fixture: ReplicaFixture) throws {
    var group = fixture.server.newGroup()
    let verdict = fixture.server.judge(entries[0].entry.changes, of: fixture.actor, into: &group)
    _ = try fixture.store.apply(verdicts: [verdict])
  }

  private func refuse(
    _ entries: [LinkedEntry], _ fixture: ReplicaFixture, _ code: ErrorCode = .forbidden
  ) throws {
    var group = fixture.server.newGroup()
    let verdict = fixture.server.judge(
      entries[0].entry.changes, of: fixture.actor, refusing: code, into: &group)
    _ = try fixture.store.apply(verdicts: [verdict])
  }

  @Test("A file is saved with its record, whole or not at all")
  func savedWithItsRecord() throws {
    let fixture = try ReplicaFixture(seed: 1)
    fixture.store.beforeCommit = { _ in throw StorageError(.diskFull) }
    #expect(throws: StorageError(.diskFull)) { try attach(fixture) }
    fixture.store.beforeCommit = nil
    #expect(try fixture.store.unsentAttachments().count == 0)
    let (id, _) = try attach(fixture)
    try fixture.reopen()
    #expect(try fixture.store.content(of: id, at: 0, count: 999_999) == content)
    #expect(try fixture.store.content(of: id, at: 65_530, count: 10) == Array(content[65_530..<65_540]))
    let unsent = try fixture.store.unsentAttachments()
    #expect(unsent == UnsentAttachments(count: 1, bytes: 150_000, since: 7, refused: 0))
    let tooLarge = NewAttachment(
      record: fixture.random.identifier(), content: .init(repeating: 0, count: Limits.attachmentBytes + 1))
    #expect(throws: StorageError(.tooLarge, record: tooLarge.record)) {
      try fixture.store.write([], attaching: tooLarge, at: 1) { fixture.random.identifier() }
    }
  }

  @Test("Bytes wait for their record's verdict, and a refused record sends none")
  func bytesWaitForTheVerdict() throws {
    let fixture = try ReplicaFixture(seed: 2)
    let (id, entries) = try attach(fixture)
    #expect(try fixture.store.nextUpload(besides: []) == nil)
    try accept(entries, fixture)
    let own = try #require(try fixture.store.nextUpload(besides: []))
    #expect(own.upload.attachment == id && own.upload.size == 150_000)
    #expect(try fixture.store.nextUpload(besides: [id]) == nil)
    let (other, refused) = try attach(fixture)
    try refuse(refused, fixture)
    #expect(try fixture.store.nextUpload(besides: [id]) == nil)
    #expect(try fixture.store.unsentAttachments().count == 1)
    #expect(try fixture.store.content(of: other, at: 0, count: 5) == Array(content.prefix(5)))
  }

  /// Found by the simulator: a device that waited for its confirmation said that no file was unsent.
  @Test("Bytes are sent to a record that a copy of the device brought in, before it is shown here")
  func bytesOfWhatACopyBroughtIn() throws {
    let fixture = try ReplicaFixture(seed: 7)
    let (id, entries) = try attach(fixture)
    try refuse(entries, fixture, .alreadyTaken)
    #expect(try fixture.store.record(id) == nil)
    #expect(try fixture.store.unsentAttachments().count == 1)
    #expect(try fixture.store.nextUpload(besides: [])?.upload.attachment == id)
    try fixture.store.carryOut(.sent(id, bytes: 150_000, isComplete: true))
    #expect(try fixture.store.unsentAttachments().count == 0)
    #expect(try fixture.store.nextUpload(besides: []) == nil)
  }

  @Test("Of an entry that a copy brought in in part, a file waits for what is written again of it")
  func bytesOfWhatIsWrittenAgain() throws {
    let fixture = try ReplicaFixture(seed: 8)
    let id = fixture.random.identifier()
    let note = CaseWork.note(
      id: fixture.random.identifier(), in: fixture.caseID, text: "A copy brings it in",
      on: try CalendarDay(dayNumber: 18_000))
    let entries = try fixture.store.write(
      [[note, try draft(fixture, id)]], attaching: NewAttachment(record: id, content: content), at: 7
    ) { fixture.random.identifier() }
    try refuse(entries, fixture, .alreadyTaken)
    #expect(try fixture.store.unsentAttachments().count == 1)
    #expect(try fixture.store.nextUpload(besides: []) == nil)
    let again = try fixture.store.pendingEntries(after: 1, limit: 9)
    #expect(again.map { $0.entry.changes.map(\.header.record) } == [[id]])
    try refuse(again, fixture)
    #expect(try fixture.store.unsentAttachments().count == 0)
    #expect(try fixture.store.nextUpload(besides: []) == nil)
  }

  @Test("What the server has counts as sent; one that was restored is offered it again")
  func aNewEpochIsOfferedTheBytesAgain() throws {
    let fixture = try ReplicaFixture(seed: 3)
    let (id, entries) = try attach(fixture)
    try accept(entries, fixture)
    try fixture.store.carryOut(.sent(id, bytes: 65_536, isComplete: false))
    #expect(try fixture.store.unsentAttachments().bytes == 150_000 - 65_536)
    #expect(try fixture.store.nextUpload(besides: [])?.stored == 65_536)
    try fixture.store.carryOut(.sent(id, bytes: 150_000, isComplete: true))
    #expect(try fixture.store.unsentAttachments().count == 0)
    #expect(try fixture.store.nextUpload(besides: []) == nil)
    #expect(try fixture.store.attachmentState(id)?.isAvailable == true)
    try fixture.store.updateMeta { $0.epoch = Identifier(high: 9, low: 9) }
    #expect(try fixture.store.nextUpload(besides: [])?.upload.attachment == id)
    #expect(try fixture.store.attachmentState(id)?.isAvailable == false)
    // Only what the server of this epoch has may be let go of.
    #expect(throws: StorageError(.unknownRecord, record: id)) {
      try fixture.store.releaseBackedUpContent(of: id)
    }
    try fixture.store.carryOut(.sent(id, bytes: 150_000, isComplete: true))
    try fixture.store.releaseBackedUpContent(of: id)
    #expect(try fixture.store.content(of: id, at: 0, count: 1) == [])
    #expect(try fixture.store.attachmentState(id)?.isOwn == false)
  }

  @Test("A refusal stays with its reason and is not tried again by itself")
  func refusalsStay() throws {
    let fixture = try ReplicaFixture(seed: 4)
    let (id, entries) = try attach(fixture)
    try accept(entries, fixture)
    try fixture.store.carryOut(.sendingRefused(id, .digestMismatch))
    #expect(try fixture.store.nextUpload(besides: []) == nil)
    #expect(try fixture.store.unsentAttachments() == .init(count: 0, bytes: 0, since: nil, refused: 1))
    #expect(try fixture.store.attachmentState(id)?.refusal == .digestMismatch)
    // The bytes that are here are the only ones.
    #expect(try fixture.store.content(of: id, at: 0, count: 999_999) == content)
  }

  @Test("What was refused for want of a right is offered again, in another session")
  func aRightMayComeBack() throws {
    let fixture = try ReplicaFixture(seed: 5)
    let (id, entries) = try attach(fixture)
    try accept(entries, fixture)
    for code in [ErrorCode.notAvailable, .forbidden] {
      try fixture.store.carryOut(.sendingRefused(id, code))
      #expect(try fixture.store.unsentAttachments().refused == 1)
      #expect(try fixture.store.nextUpload(besides: [])?.upload.attachment == id)
      #expect(try fixture.store.nextUpload(besides: [id]) == nil)
    }
    try fixture.store.carryOut(.sent(id, bytes: 0, isComplete: false))
    #expect(try fixture.store.unsentAttachments() == .init(count: 1, bytes: 150_000, since: 7, refused: 0))
  }

  /// The attachment of another device, as it was delivered.
  private func delivered(_ fixture: ReplicaFixture) throws -> Identifier {
    let id = fixture.random.identifier()
    let header = ChangeHeader(
      record: id, id: ChangeID(actor: fixture.other, number: 1), author: Identifier(high: 4, low: 4),
      writtenAt: 5, version: VersionVector(),
      creates: RecordFacts(
        tenant: fixture.server.tenant.id, caseID: fixture.caseID, kind: RecordKind.attachment.rawValue,
        created: 5, about: [fixture.caseID]))
    let payload = Payload(salt: fixture.random.identifier(), operations: try draft(fixture, id).operations)
    var group = fixture.server.newGroup()
    fixture.server.judge(
      [EncodedChange(header: header, payload: payload.encoded)], of: fixture.other, into: &group)
    _ = try fixture.store.apply(delivery: fixture.delivery(enters: [try fixture.enter(id)]))
    return id
  }

  @Test("What is asked for is gone on with from the byte that is here")
  func fetchingGoesOn() throws {
    let fixture = try ReplicaFixture(seed: 5)
    let id = try delivered(fixture)
    #expect(try fixture.store.awaited(besides: [], limit: 9) == [id])
    #expect(try fixture.store.awaited(besides: [id], limit: 9) == [])
    try fixture.store.carryOut(.available([id, fixture.random.identifier()]))
    #expect(try fixture.store.awaited(besides: [], limit: 9) == [])
    #expect(try fixture.store.nextFetch() == nil)
    try fixture.store.want(id, at: 3)
    let chunk = AttachmentChunk(attachment: id, offset: 0, content: Array(content.prefix(65_536)))
    try fixture.store.carryOut(.chunk(chunk))
    #expect(throws: StorageError(.gap, record: id)) { try fixture.store.carryOut(.chunk(chunk)) }
    try fixture.store.close()
    fixture.store = try ReplicaStore(home: fixture.home, seal: fixture.seal)
    let wanted = try #require(try fixture.store.nextFetch())
    #expect(wanted.present == 65_536 && wanted.size == 150_000)
    try fixture.store.carryOut(.fetchFailed(id, .bytesAwaited))
    #expect(try fixture.store.nextFetch() == nil)
    try fixture.store.want(id, at: 4)
    #expect(try fixture.store.nextFetch()?.present == 65_536)
    try fixture.store.carryOut(
      .chunk(AttachmentChunk(attachment: id, offset: 65_536, content: Array(content.dropFirst(65_536)))))
    try fixture.store.carryOut(.fetched(id))
    #expect(try fixture.store.attachmentState(id)?.isWhole == true)
    #expect(try fixture.store.content(of: id, at: 0, count: 999_999) == content)
    try fixture.store.want(id, at: 5)
    #expect(try fixture.store.nextFetch() == nil)
    #expect(throws: StorageError.self) { try fixture.store.want(fixture.random.identifier(), at: 5) }
  }

  @Test("What came and is not the file is dropped")
  func wrongBytesAreDropped() throws {
    let fixture = try ReplicaFixture(seed: 6)
    let id = try delivered(fixture)
    try fixture.store.want(id, at: 3)
    try fixture.store.carryOut(.chunk(AttachmentChunk(attachment: id, offset: 0, content: [1, 2, 3])))
    try fixture.store.carryOut(.fetchFailed(id, .digestMismatch))
    #expect(try fixture.store.attachmentState(id)?.present == 0)
    #expect(try fixture.store.content(of: id, at: 0, count: 9) == [])
    try fixture.store.want(id, at: 4)
    #expect(try fixture.store.nextFetch()?.present == 0)
  }
}
