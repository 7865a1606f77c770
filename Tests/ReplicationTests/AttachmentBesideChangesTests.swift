import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// A large file on its way holds up nothing that is live.
@Suite struct AttachmentBesideChangesTests {
  private let content = [UInt8](repeating: 3, count: 8 * 65_536)

  private func attached() throws -> (house: House, id: Identifier) {
    let house = try House()
    let id = try house.attachment(of: content, by: house.coordinator)
    house.coordinator.bytes.attach(content, as: id)
    return (house, id)
  }

  @Test func whatIsWrittenDuringAnUploadIsJudgedAndDeliveredBetweenChunks() throws {
    let (house, id) = try attached()
    let exchange = house.exchange
    try exchange.connect(house.psychologist)
    exchange.run()
    try exchange.connectWithAttachments(house.coordinator)
    _ = exchange.step()
    #expect(exchange.takeLines(house.coordinator) == ["> upload 524288", "< stored 0"])
    _ = exchange.takeLines(house.psychologist)
    // Three chunks are on their way; the change is behind these and before all others.
    try exchange.write([house.note("he has a fever")], at: house.coordinator)
    _ = exchange.step()
    let sent = exchange.takeLines(house.coordinator)
    #expect(sent.prefix(4).dropLast() == ["> chunk 0+65536", "> chunk 65536+65536", "> chunk 131072+65536"])
    #expect(sent[3].hasPrefix("> push "))
    #expect(sent[4...].contains { $0.hasPrefix("< verdicts ") }, "\(sent)")
    let delivered = exchange.takeLines(house.psychologist)
    #expect(delivered.count == 1 && delivered[0].hasPrefix("< delivery "), "\(delivered)")
    #expect(exchange.server.store.attachment(id)?.stored == 3 * 65_536)
    exchange.run()
    #expect(exchange.server.store.attachment(id)?.isComplete == true)
  }

  /// Between two files the machine is not done, or a command would end with the second one unsent.
  @Test func twoFilesGoOneAfterTheOther() throws {
    let (house, first) = try attached()
    let exchange = house.exchange
    let small = [UInt8](repeating: 9, count: 100)
    let second = try house.attachment(of: small, by: house.coordinator)
    house.coordinator.bytes.attach(small, as: second)
    try exchange.connectWithAttachments(house.coordinator)
    var wasIdleBetween = false
    exchange.beforeArrival = { frame in
      guard Line.of(frame) == "< stored 524288, all" else { return }
      var machine = house.coordinator.attachments
      _ = try? machine?.received(frame.bytes, replica: house.coordinator.bytes)
      wasIdleBetween = machine?.isIdle ?? true
    }
    exchange.run()
    #expect(!wasIdleBetween && house.coordinator.attachments?.isIdle == true)
    for id in [first, second] { #expect(exchange.server.store.attachment(id)?.isComplete == true) }
  }

  @Test func whatArrivesDuringAFetchComesBetweenChunks() throws {
    let (house, id) = try attached()
    let exchange = house.exchange
    try exchange.connectWithAttachments(house.coordinator)
    exchange.run()
    let digest = AttachmentReplicaModel.digest(of: content)
    house.psychologist.bytes.wanted.append(
      Upload(attachment: id, size: UInt64(content.count), digest: digest))
    try exchange.connectWithAttachments(house.psychologist)
    _ = exchange.step()
    _ = exchange.takeLines(house.psychologist)
    try exchange.write([house.note("he has a fever")], at: house.coordinator)
    _ = exchange.step()
    let lines = exchange.takeLines(house.psychologist)
    let chunks = lines.count { $0.hasPrefix("< chunk ") }
    #expect(chunks <= Limits.outstandingChunks, "\(lines)")
    #expect(lines.contains { $0.hasPrefix("< delivery ") }, "\(lines)")
    #expect(house.psychologist.bytes.fetched.isEmpty)
    exchange.run()
    #expect(house.psychologist.bytes.contents[id] == content)
  }
}
