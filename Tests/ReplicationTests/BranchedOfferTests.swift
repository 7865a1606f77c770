import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// Changes that are offered to a restored server, and under whose numbers it has others by now.
@Suite struct BranchedOfferTests {
  private let title = Field.Note.title

  /// A house in which the psychologist has the coordinator's third change of a note, while server and
  /// coordinator were both put back to when there was one, and went on otherwise.
  ///
  /// - Parameters:
  ///   - kept: which of the changes after the first came to the psychologist as changes, not within a state.
  ///   - last: how many changes the note had.
  ///   - rewritten: how many changes the coordinator wrote since.
  ///   - pending: what the psychologist wrote after the third, and did not send.
  private func branchedHouse(
    keeping kept: ClosedRange<Int>?, of last: Int = 3, rewritten: Int, pending: String? = nil
  ) throws -> (house: House, note: Identifier) {
    let house = try House()
    let exchange = house.exchange
    let (coordinator, psychologist) = (house.coordinator, house.psychologist)
    let note = exchange.identifier()
    try exchange.write([house.note("a note", id: note)], at: coordinator)
    try exchange.sync(coordinator)
    let earlier = (server: exchange.server, replica: coordinator.replica)
    for (number, text) in [(2, "second"), (3, "third"), (4, "fourth")] where number <= last {
      if kept?.lowerBound == number { try exchange.sync(psychologist) }
      try write(text, in: note, at: coordinator, house)
      try exchange.sync(coordinator)
    }
    try exchange.sync(psychologist)
    if let pending { try write(pending, in: note, at: psychologist, house) }
    exchange.server = earlier.server
    exchange.server.restart(seed: 99)
    coordinator.replica = earlier.replica
    for number in 0..<rewritten { try write("other \(number + 2)", in: note, at: coordinator, house) }
    try exchange.sync(coordinator)
    #expect(coordinator.faults.isEmpty && coordinator.replica.refused.isEmpty)
    // The psychologist finds the server out.
    for last in ["< failure RETRY", "< hello"] { #expect(try exchange.sync(psychologist).last == last) }
    return (house, note)
  }

  private func write(_ text: String, in note: Identifier, at station: Workstation, _ house: House) throws {
    var draft = RecordDraft.change(try #require(station.record(note)))
    draft.write(title, text)
    try house.exchange.write([draft], at: station)
  }

  /// What server and devices show as the note's title.
  private func titles(_ house: House, _ note: Identifier) throws -> Set<Value> {
    for _ in 0..<3 {
      for station in [house.coordinator, house.psychologist] { try house.exchange.sync(station) }
    }
    let titles = try #require(house.exchange.server.store.records[note]).state.values(title.id).map(\.value)
    for station in [house.coordinator, house.psychologist] {
      #expect(station.record(note)?.state.values(title.id).map(\.value) == titles, "\(station.name)")
      #expect(station.faults.isEmpty && station.replica.refused.isEmpty)
    }
    #expect(Set(titles).count == titles.count)
    return Set(titles)
  }

  /// The originals in the log, with the caps that they were brought in under.
  private func origins(_ house: House) -> [(ChangeID, [OriginCap])] {
    house.exchange.server.store.log.compactMap { judged in
      judged.change.origin.map { ($0.header.id, judged.change.header.originCaps) }
    }
  }

  @Test func aBranchWhoseBeginningIsKeptIsBroughtInAsItsAuthorSawIt() throws {
    let (house, note) = try branchedHouse(keeping: 2...3, rewritten: 1)
    let original = house.coordinator.actor
    let lines = try house.exchange.sync(house.psychologist)
    #expect(lines.contains("> offer 2") && lines.contains("< offered 2, 1 BRANCHED, 2 BRANCHED_EARLIER"))
    let caps = [OriginCap(actor: original, number: 1)]
    #expect(origins(house).map(\.0.number) == [2, 3])
    #expect(origins(house).last?.1 == caps)
    // The third replaced the second; neither had seen what the coordinator wrote in their place.
    #expect(try titles(house, note) == [.text("third"), .text("other 2")])
  }

  @Test(
    "Where nothing before it is kept, its author is taken to have seen nothing of that actor",
    arguments: [1, 2, 3])
  func aBranchThatBeganEarlierSupersedesNothing(rewritten: Int) throws {
    let (house, note) = try branchedHouse(keeping: 3...3, rewritten: rewritten)
    let original = house.coordinator.actor
    let lines = try house.exchange.sync(house.psychologist)
    #expect(lines.contains("> offer 1") && lines.contains("< offered 1, 1 BRANCHED_EARLIER"))
    #expect(origins(house).map(\.0) == [ChangeID(actor: original, number: 3)])
    #expect(origins(house).last?.1 == [OriginCap(actor: original, number: 0)])
    let last = rewritten + 1
    #expect(try titles(house, note) == [.text("third"), .text("other \(last)")])
  }

  @Test(
    "Work on a state whose numbers have other changes in the log supersedes none of these",
    arguments: [1, 2, 3])
  func workOnABranchThatIsKnownAsAStateSupersedesNothing(rewritten: Int) throws {
    let (house, note) = try branchedHouse(keeping: nil, rewritten: rewritten, pending: "mine")
    let lines = try house.exchange.sync(house.psychologist)
    #expect(!lines.contains { $0.hasPrefix("> offer") })
    #expect(try titles(house, note) == [.text("mine"), .text("other \(rewritten + 1)")])
  }

  @Test("What waits for something that is known as a state alone shows nothing of what is below it")
  func workOnWhatWaitsSupersedesNothing() throws {
    let (house, note) = try branchedHouse(keeping: 4...4, of: 4, rewritten: 1, pending: "mine")
    let lines = try house.exchange.sync(house.psychologist)
    #expect(lines.contains("< offered 1, 1 WAITS"))
    #expect(try titles(house, note) == [.text("mine"), .text("other 2")])
  }
}
