import CRDT
import GRDB
import Replication
import Testing
import WireProtocol

@testable import Storage

/// Attachments' bytes in the server's store.
@Suite struct ServerAttachmentTests {
  private let actor = ActorID(rawValue: 77)

  private func fixture(_ seed: UInt64) throws -> ServerStoreTests.Fixture {
    try ServerStoreTests.Fixture(seed: seed)
  }

  /// A record to attach bytes to.
  private func record(in fixture: ServerStoreTests.Fixture) throws -> Identifier {
    try fixture.commit(entries: 4)
    return try #require(fixture.server.records.keys.min())
  }

  /// A group that stores bytes of an attachment from an offset on.
  private func group(
    _ fixture: ServerStoreTests.Fixture, _ id: Identifier, _ content: [UInt8], from start: Int, upTo end: Int,
    digest: Digest? = nil
  ) -> CommitGroup {
    var group = fixture.server.newGroup()
    let upload = Upload(
      attachment: id, size: UInt64(content.count), digest: digest ?? StoredContent.digest(of: content))
    var offset = start
    while offset < end {
      let next = min(end, offset + Limits.chunkBytes)
      group.attachments.chunks.append(
        AttachmentChunk(attachment: id, offset: UInt64(offset), content: Array(content[offset..<next])))
      offset = next
    }
    group.attachments.attachments[id] = StoredAttachment(
      upload: upload, actor: actor, stored: UInt64(end), isComplete: end == content.count)
    return group
  }

  @Test("Bytes come back from any offset, also after the store was opened anew", arguments: 0..<4)
  func bytesComeBack(seed: UInt64) throws {
    let fixture = try fixture(seed)
    var random = SeededGenerator(seed: seed)
    let id = try record(in: fixture)
    let content = (0..<200_000).map { _ in UInt8.random(in: 0 ... .max, using: &random) }
    try fixture.store.commit(group(fixture, id, content, from: 0, upTo: 131_072))
    #expect(try fixture.store.unfinishedUploads(of: actor) == 1)
    #expect(try fixture.store.attachment(id)?.stored == 131_072)
    try fixture.reopen()
    try fixture.store.commit(group(fixture, id, content, from: 131_072, upTo: 200_000))
    #expect(try fixture.store.unfinishedUploads(of: actor) == 0)
    #expect(try fixture.store.attachment(id)?.isComplete == true)
    for _ in 0..<50 {
      let offset = Int.random(in: 0...200_001, using: &random)
      let count = Int.random(in: 0...140_000, using: &random)
      let expected = Array(content.dropFirst(offset).prefix(count))
      #expect(try fixture.store.content(of: id, at: UInt64(offset), count: count) == expected)
    }
    #expect(try fixture.store.content(of: id, at: .max, count: 1) == [])
    #expect(try fixture.store.content(of: random.identifier(), at: 0, count: 1) == [])
    let report = fixture.store.verify()
    #expect(report.isSound && report.attachments == 1, "\(report)")
  }

  @Test("A restart of an attachment leaves nothing of what was before")
  func restartsLeaveNothing() throws {
    let fixture = try fixture(9)
    let id = try record(in: fixture)
    let (old, new) = ([UInt8](repeating: 1, count: 100_000), [UInt8](repeating: 2, count: 70_000))
    try fixture.store.commit(group(fixture, id, old, from: 0, upTo: 65_536))
    var again = group(fixture, id, new, from: 0, upTo: 70_000)
    again.attachments.restarted = [id]
    try fixture.store.commit(again)
    #expect(try fixture.store.content(of: id, at: 0, count: 200_000) == new)
    #expect(fixture.store.verify().isSound)
  }

  @Test("A group that fails leaves no bytes")
  func failedGroupsLeaveNothing() throws {
    let fixture = try fixture(10)
    let id = try record(in: fixture)
    let content = [UInt8](repeating: 3, count: 65_536)
    fixture.store.beforeCommit = { _ in throw StorageError(.diskFull) }
    #expect(throws: StorageError(.diskFull)) {
      try fixture.store.commit(group(fixture, id, content, from: 0, upTo: 65_536))
    }
    fixture.store.beforeCommit = nil
    #expect(try fixture.store.attachment(id) == nil)
    #expect(try fixture.store.content(of: id, at: 0, count: 1) == [])
    try fixture.store.commit(group(fixture, id, content, from: 0, upTo: 65_536))
    #expect(try fixture.store.content(of: id, at: 0, count: 65_536) == content)
  }

  @Test("What the disk damaged is found and never given out")
  func damageIsFound() throws {
    let fixture = try fixture(11)
    let id = try record(in: fixture)
    let content = [UInt8](repeating: 4, count: 100_000)
    try fixture.store.commit(group(fixture, id, content, from: 0, upTo: 100_000))
    try fixture.store.database.inDatabase { db in
      try db.execute(
        sql: "UPDATE attachment_chunk SET content = zeroblob(length(content)) WHERE start = 65536")
    }
    #expect(try fixture.store.content(of: id, at: 0, count: 65_536) == Array(content.prefix(65_536)))
    #expect(throws: StorageError(.damaged)) { try fixture.store.content(of: id, at: 65_536, count: 1) }
    #expect(fixture.store.verify().findings.map(\.fault) == [.attachment])
    #expect(fixture.store.verify().findings.first?.record == id)
  }
}
