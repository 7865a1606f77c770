import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// Files of which a device sent nothing, or not all.
extension RescueTests {
  /// A file of a psychologist's whose record the server has, as pieces on her disk.
  private func file(
    _ house: House, of count: Int, as station: Workstation? = nil,
    altering: (inout WireSignedBytes) -> Void = { _ in }
  ) throws -> (id: Identifier, content: [UInt8], disk: Disk) {
    let author = station ?? house.psychologist
    let content = house.exchange.random.bytes(count)
    let id = try house.attachment(of: content, by: author)
    let upload = Upload(
      attachment: id, size: UInt64(count), digest: AttachmentReplicaModel.digest(of: content))
    let signature = author.identity.signature(for: upload)
    var disk = Disk(pass: RescuePass(author.identity, serverURL: "ws://x", authorityFile: nil), items: [])
    for start in stride(from: 0, to: max(count, 1), by: Limits.chunkBytes) {
      let piece = SignedBytes(
        upload: upload, signature: signature, offset: UInt64(start),
        content: Array(content[start..<min(start + Limits.chunkBytes, count)]))
      var item = try WireSealedItem(serializedBytes: piece.item)
      altering(&item.bytes)
      disk.items.append(try seal(try item.serializedBytes(), house, as: author.actor))
    }
    return (id, content, disk)
  }

  private func stored(_ id: Identifier, _ house: House) throws -> StoredAttachment? {
    house.exchange.server.store.attachment(id)
  }

  @Test(arguments: [0, 1, Limits.chunkBytes, Limits.chunkBytes + 1, 3 * Limits.chunkBytes - 7])
  func aFileArrivesWholeHoweverOftenItIsHandedOver(_ count: Int) throws {
    let house = try House()
    let (id, content, disk) = try file(house, of: count)
    for attempt in 0..<2 {
      let (answers, code, _) = try rescue(disk, house)
      #expect(code == nil && answers.count == disk.items.count)
      #expect(
        answers.last?.file?.isComplete == true && answers.allSatisfy { !$0.isUseless && $0.code == nil })
      #expect(answers.last?.file?.bytes == UInt64(count), "\(attempt)")
    }
    let there = house.exchange.server.store.content(of: id, at: 0, count: max(count, 1))
    #expect(try there == content && stored(id, house)?.isComplete == true)
  }

  @Test func anAttemptThatWasBrokenOffGoesOn() throws {
    let house = try House()
    let (id, _, disk) = try file(house, of: 3 * Limits.chunkBytes)
    var some = disk
    some.items = Array(disk.items.prefix(2))
    _ = try rescue(some, house)
    #expect(try stored(id, house)?.stored == UInt64(2 * Limits.chunkBytes))
    let answers = try rescue(disk, house).answers
    #expect(answers.map { $0.file?.bytes } == [2, 2, 3].map { UInt64($0 * Limits.chunkBytes) })
    #expect(answers.map { $0.file?.isComplete } == [false, false, true])
    // A piece that is missing brings none after it.
    let (other, _, gap) = try file(house, of: 3 * Limits.chunkBytes)
    var holed = gap
    holed.items.remove(at: 1)
    let told = try rescue(holed, house).answers
    #expect(told.map { $0.file?.bytes } == [1, 1].map { UInt64($0 * Limits.chunkBytes) })
    #expect(try stored(other, house)?.isComplete == false)
  }

  /// Whoever has the disk knows the tenant's key: he can seal what he likes.
  @Test func bytesThatTheDeviceDidNotSignAreNotTaken() throws {
    let house = try House()
    let changes: [(inout WireSignedBytes) -> Void] = [
      { $0.signature[0] ^= 1 }, { $0.upload.size += 1 }, { $0.upload.digest[0] ^= 1 },
      { $0.upload.attachment[0] ^= 1 }, { $0.signature = .init() },
    ]
    for change in changes {
      let (id, _, disk) = try file(house, of: 9, altering: change)
      let (answers, code, _) = try rescue(disk, house)
      #expect(code == nil && answers.map(\.code) == [.notProven] && answers.allSatisfy(\.isUseless))
      #expect(try stored(id, house) == nil)
    }
    // Other bytes under the right signature have another digest.
    let (id, _, altered) = try file(house, of: 9) { $0.content[0] ^= 1 }
    let answers = try rescue(altered, house).answers
    #expect(answers.map(\.code) == [.digestMismatch] && answers.first?.file?.bytes == 0)
    #expect(try stored(id, house)?.stored == 0)
    // A stranger's file under the device's pass.
    let (_, _, strange) = try file(house, of: 9, as: house.coordinator)
    let mixed = Disk(
      pass: RescuePass(house.psychologist.identity, serverURL: "ws://x", authorityFile: nil),
      items: strange.items)
    #expect(try rescue(mixed, house).answers.map(\.code) == [.notOpened])
  }

  /// What may not be read any more is not taken, as of a session.
  @Test func bytesOfWhatTheirAuthorMayNotReadAreRefused() throws {
    let house = try House()
    let (id, _, disk) = try file(house, of: 9)
    let part = try #require(
      house.leader.replica.records.first {
        $0.kind == .participant && $0.identifier(Field.Participant.person) == house.psychologist.person
      })
    try house.exchange.write([CaseWork.end(participant: part, on: house.day)], at: house.leader)
    try house.exchange.sync(house.leader)
    let (answers, code, _) = try rescue(disk, house)
    #expect(code == nil && answers.map(\.code) == [.notAvailable] && answers.first?.isUseless == false)
    #expect(try stored(id, house) == nil)
  }
}
