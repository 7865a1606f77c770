import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// What may not be read is not said to follow: a full delivery is the last one when only such a record is
/// left.
@Suite struct BlindDeliveryTests {
  @Test func aFullDeliveryIsTheLastWhenNothingReadableIsLeft() throws {
    let house = try House()
    let exchange = house.exchange
    let child = exchange.identifier()
    func note(_ text: String, about subjects: [Identifier]) -> RecordDraft {
      CaseWork.note(id: exchange.identifier(), in: house.caseID, about: subjects, text: text, on: house.day)
    }
    let withholding = CaseWork.withhold(
      id: exchange.identifier(), in: house.caseID, from: house.psychologist.person, about: [child])
    // What is newest is sent first: the withheld one lies behind what fills a delivery.
    for draft in [withholding, note("withheld", about: [child])] {
      try exchange.write([draft], at: house.leader)
    }
    for place in 0..<3 {
      let text = denseText(46_000, seed: UInt64(place))
      try exchange.write([note(text, about: [house.caseID])], at: house.leader)
    }
    try exchange.sync(house.leader)
    let lines = try exchange.sync(house.psychologist).filter { $0.hasPrefix("< delivery") }
    #expect(lines.count == 1 && lines.allSatisfy { $0.contains("enters 3") && !$0.contains("more") })
  }

  /// Her right ends while the rest waits for her to confirm what came first: nothing more comes, and she is
  /// told so.
  @Test func whoseRightEndsInTheMiddleIsToldThatNothingFollows() throws {
    let house = try House()
    let exchange = house.exchange
    let (leader, station) = (house.leader, house.psychologist)
    for place in 0..<24 {
      try exchange.write([house.note(denseText(46_000, seed: UInt64(place)))], at: leader)
    }
    try exchange.sync(leader)
    let part = try #require(
      leader.replica.records.first {
        $0.kind == .participant && $0.identifier(Field.Participant.person) == station.person
      })
    try exchange.connect(leader)
    exchange.run()
    try exchange.connect(station)
    while !exchange.transcript(station).contains(where: { $0.hasSuffix("more") }) {
      #expect(exchange.step())
    }
    try exchange.write([CaseWork.end(participant: part, on: house.day)], at: leader)
    exchange.run()
    let deliveries = exchange.transcript(station).filter { $0.hasPrefix("< delivery") }
    #expect(deliveries.contains { $0.hasSuffix("more") } && deliveries.last?.hasSuffix("more") == false)
    #expect(station.texts(.note, Field.Note.text).isEmpty && station.faults.isEmpty)
  }
}
