import CRDT
import CaseModel
import Replication
import Storage
import WireProtocol

/// Files that people attach, and bytes that they ask for.
extension Simulation {
  /// Attaches a file to a case.
  func attach(_ device: DeviceNode, _ store: ReplicaStore) throws -> Draft? {
    guard let caseID = try anyCase(device, store) else { return nil }
    let id = random.identifier()
    let file = NewAttachment(record: id, content: content(of: id, in: caseID))
    oracle.attachments.add(id, file.content)
    let draft = CaseWork.attachment(
      id: id, in: caseID, name: text(in: id, .attachment, caseID), mediaType: "application/pdf",
      size: file.content.count, digest: file.digest.bytes, on: Self.day)
    return Draft(act: [draft], expectation: expectation(device, on: [caseID]), attachment: file)
  }

  /// Bytes that are known wherever they turn up: of no chunk, of one, or of several.
  private func content(of record: Identifier, in caseID: Identifier) -> [UInt8] {
    let chunk = Limits.chunkBytes
    let sizes = [
      0, 1 + random.below(4_000), chunk - 1, chunk, chunk + 1, 2 * chunk + random.below(3 * chunk),
    ]
    let size = random.pick(sizes) ?? 0
    var bytes = random.bytes(size)
    for start in stride(from: 0, to: size, by: chunk) {
      let number = random.next() & 0x3_ffff_ffff_ffff
      let word = Array(Canary.word(number).utf8)
      guard start + word.count <= size else { continue }
      oracle.add(number, Canary(record: record, kind: .attachment, home: caseID))
      bytes.replaceSubrange(start..<start + word.count, with: word)
    }
    return bytes
  }

  /// Asks for the bytes of somebody's file.
  func fetch(_ device: DeviceNode, _ store: ReplicaStore) throws -> Bool {
    let files = try store.records(kinds: [.attachment]).filter { file in
      try store.attachmentState(file.id).map { !$0.isOwn && !$0.isWanted && !$0.isWhole } ?? true
    }
    guard let file = random.pick(files.sorted { $0.id < $1.id }) else { return false }
    trace.note(at: now, 31, UInt64(device.index), words: "\(device.name): wants \(file.id)")
    try store.want(file.id, at: time(of: device))
    try advanceAttachments(device) { try $0.changed(replica: store) }
    connectSometimes(device)
    return true
  }
}
