import CRDT
import CaseModel
import Replication
import SwiftProtobuf
import Testing
import WireProtocol

/// What the server does not take of attachments, and does not give out.
@Suite struct AttachmentRefusalTests {
  private let content = [UInt8](repeating: 5, count: 70_000)

  /// Sends a message as a device that is connected, and gives what comes back.
  private func say(
    _ house: House, _ station: Workstation, _ fill: (inout WireClientMessage) -> Void
  ) throws -> [String] {
    guard let connection = station.connection else { return ["not connected"] }
    _ = house.exchange.takeLines(station)
    var message = WireClientMessage()
    fill(&message)
    let bytes: [UInt8] = try message.serializedBytes()
    house.exchange.send(Frame(connection: connection, direction: .toServer, bytes: bytes))
    house.exchange.run()
    return house.exchange.lines[connection, default: []].filter { $0.hasPrefix("<") }
  }

  private func upload(_ id: Identifier, size: UInt64? = nil, digest: Digest? = nil) -> WireUpload {
    .with {
      $0.attachment = .init(id.bytes)
      $0.size = size ?? UInt64(content.count)
      $0.digest = .init((digest ?? AttachmentReplicaModel.digest(of: content)).bytes)
    }
  }

  private func chunk(_ id: Identifier, _ offset: UInt64, _ bytes: [UInt8]) -> WireChunk {
    .with {
      $0.attachment = .init(id.bytes)
      $0.offset = offset
      $0.content = .init(bytes)
    }
  }

  private func fetch(_ id: Identifier, _ offset: UInt64) -> WireFetch {
    .with {
      $0.attachment = .init(id.bytes)
      $0.offset = offset
    }
  }

  private func connected(_ station: (House) -> Workstation) throws -> (House, Workstation, Identifier) {
    let house = try House()
    let id = try house.attachment(of: content, by: house.coordinator)
    let station = station(house)
    try house.exchange.connect(station)
    house.exchange.run()
    return (house, station, id)
  }

  @Test func onlyWhoAttachedItSendsTheBytes() throws {
    let (house, psychologist, id) = try connected(\.psychologist)
    #expect(try say(house, psychologist) { $0.upload = upload(id) } == ["< not stored FORBIDDEN"])
    // A note is no attachment, and a case that one has no part in has none.
    #expect(
      try say(house, psychologist) { $0.upload = upload(house.assessment) } == ["< not stored NOT_AVAILABLE"])
    #expect(
      try say(house, psychologist) { $0.upload = upload(house.exchange.identifier()) } == [
        "< not stored NOT_AVAILABLE"
      ])
    let stranger = try house.exchange.newcomer("Per", as: .coreTeam)
    try house.exchange.connect(stranger)
    house.exchange.run()
    #expect(try say(house, stranger) { $0.upload = upload(id) } == ["< not stored NOT_AVAILABLE"])
    #expect(try say(house, stranger) { $0.fetch = fetch(id, 0) } == ["< no chunk 0 NOT_AVAILABLE"])
    #expect(
      try say(house, stranger) { $0.availability.attachments = [.init(id.bytes)] } == ["< available 0"])
    #expect(house.exchange.server.store.attachments.states.isEmpty)
  }

  /// Policy is asked for each chunk: who is taken out of the case in the middle gets no further one.
  @Test func whoLosesTheRightInTheMiddleGetsNoMore() throws {
    let (house, psychologist, id) = try connected(\.psychologist)
    house.coordinator.bytes.attach(content, as: id)
    try house.exchange.connectWithAttachments(house.coordinator)
    house.exchange.run()
    #expect(try say(house, psychologist) { $0.fetch = fetch(id, 0) } == ["< chunk 0+65536"])
    let file = CaseFile(id: house.caseID, records: house.coordinator.replica.records)
    let part = try #require(file.participants.first { $0.part.person == psychologist.person })
    try house.exchange.write([CaseWork.end(participant: part.record, on: house.day)], at: house.coordinator)
    house.exchange.run()
    #expect(
      try say(house, psychologist) { $0.fetch = fetch(id, 65_536) } == ["< no chunk 65536 NOT_AVAILABLE"])
  }

  @Test func whatIsNoChunkEndsTheSession() throws {
    let cases: [(String, [(House, Identifier) -> WireClientMessage.OneOf_Body], ErrorCode)] = [
      ("before the upload", [{ .chunk(chunk($1, 0, [1])) }], .unexpected),
      (
        "more than declared",
        [
          { .upload(upload($1, size: 10)) }, { .chunk(chunk($1, 0, [UInt8](repeating: 1, count: 11))) },
        ], .malformed
      ),
      (
        "beyond the end", [{ .upload(upload($1, size: 10)) }, { .chunk(chunk($1, 10, [1])) }], .malformed
      ),
      (
        "a chunk that is not full", [{ .upload(upload($1)) }, { .chunk(chunk($1, 0, [1])) }], .malformed
      ),
      ("an empty one", [{ .upload(upload($1)) }, { .chunk(chunk($1, 0, [])) }], .malformed),
      (
        "one too large",
        [{ .upload(upload($1)) }, { .chunk(chunk($1, 0, [UInt8](repeating: 1, count: 65_537))) }], .malformed
      ),
      ("an offset near 2^64", [{ .upload(upload($1)) }, { .chunk(chunk($1, .max, [1])) }], .malformed),
      ("an upload without a digest", [{ _, _ in .upload(WireUpload()) }], .malformed),
    ]
    for (name, bodies, code) in cases {
      let (house, coordinator, id) = try connected(\.coordinator)
      let connection = try #require(coordinator.connection)
      for body in bodies { _ = try say(house, coordinator) { $0.body = body(house, id) } }
      #expect(house.exchange.closed[connection] == code, "\(name)")
    }
  }

  @Test func noMoreIsOnItsWayThanIsAgreed() throws {
    let (house, coordinator, id) = try connected(\.coordinator)
    let connection = try #require(coordinator.connection)
    let big = UInt64(10 * Limits.chunkBytes)
    _ = try say(house, coordinator) { $0.upload = upload(id, size: big) }
    let piece = [UInt8](repeating: 1, count: Limits.chunkBytes)
    for number in 0...Limits.outstandingChunks {
      var message = WireClientMessage()
      message.chunk = chunk(id, UInt64(number * Limits.chunkBytes), piece)
      house.exchange.send(
        Frame(connection: connection, direction: .toServer, bytes: try message.serializedBytes()))
    }
    house.exchange.run()
    #expect(house.exchange.closed[connection] == .limitExceeded)
  }

  @Test func whatIsTooLargeOrTooManyOrThereAlreadyIsRefused() throws {
    let (house, coordinator, id) = try connected(\.coordinator)
    let tooLarge = UInt64(Limits.attachmentBytes) + 1
    #expect(
      try say(house, coordinator) { $0.upload = upload(id, size: tooLarge) } == ["< not stored TOO_LARGE"])
    // Other bytes may be declared until all are there.
    #expect(try say(house, coordinator) { $0.upload = upload(id, size: 9) } == ["< stored 0"])
    #expect(try say(house, coordinator) { $0.upload = upload(id) } == ["< stored 0"])
    _ = try say(house, coordinator) { $0.chunk = chunk(id, 0, Array(content.prefix(65_536))) }
    #expect(
      try say(house, coordinator) { $0.chunk = chunk(id, 65_536, Array(content.dropFirst(65_536))) }.last
        == "< stored 70000, all")
    #expect(try say(house, coordinator) { $0.upload = upload(id) } == ["< stored 70000, all"])
    #expect(
      try say(house, coordinator) { $0.upload = upload(id, size: 9) } == ["< not stored ATTACHMENT_EXISTS"])
    house.exchange.cut(coordinator)
    var more: [Identifier] = []
    for _ in 0...Limits.unfinishedUploads {
      more.append(try house.attachment(of: content, by: house.coordinator))
    }
    try house.exchange.connect(coordinator)
    house.exchange.run()
    for id in more.dropLast() {
      #expect(try say(house, coordinator) { $0.upload = upload(id) } == ["< stored 0"])
    }
    #expect(
      try say(house, coordinator) { $0.upload = upload(more[more.count - 1]) } == [
        "< not stored TOO_MANY_UPLOADS"
      ])
  }

  /// A group that could not be written has not happened: neither the bytes nor what was computed of them.
  @Test func bytesThatCouldNotBeWrittenAreSentAgain() throws {
    let (house, coordinator, id) = try connected(\.coordinator)
    house.exchange.cut(coordinator)
    coordinator.bytes.attach(content, as: id)
    try house.exchange.connectWithAttachments(coordinator)
    _ = house.exchange.step()
    house.exchange.server.isDiskFull = true
    house.exchange.run()
    #expect(house.exchange.server.store.attachment(id)?.stored ?? 0 == 0)
    house.exchange.server.isDiskFull = false
    try house.exchange.connectWithAttachments(coordinator)
    house.exchange.run()
    #expect(house.exchange.server.store.attachment(id)?.isComplete == true)
    #expect(house.exchange.server.store.content(of: id, at: 0, count: 99_999) == content)
  }
}
