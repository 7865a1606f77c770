import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// Changes that are offered to a restored server, and what they have to do with work that came under other
/// names, or that has not come yet.
@Suite struct StandingOfferTests {
  private let notes = Field.Assessment.childNotes

  /// The server is the one that it was before, in a new epoch.
  private func restore(_ exchange: Exchange, to earlier: ServerModel) throws {
    exchange.server = earlier
    exchange.server.restart(seed: 99)
    try exchange.server.beginEpoch()
  }

  /// Into the new epoch, and through the comparison.
  private func heal(_ station: Workstation, _ exchange: Exchange) throws -> [String] {
    for _ in 0..<4 {
      let lines = try exchange.sync(station)
      if lines.contains(where: { $0.hasPrefix("> inventory") }) { return lines }
    }
    return []
  }

  private func expectTexts(_ texts: Set<String>, _ house: House) throws {
    for _ in 0..<3 {
      for station in [house.coordinator, house.psychologist] { try house.exchange.sync(station) }
    }
    for station in [house.coordinator, house.psychologist] {
      let values = station.record(house.assessment)?.state.values(notes.id).map(\.value) ?? []
      #expect(values.count == texts.count && Set(values) == Set(texts.map(Value.text)), "\(station.name)")
      #expect(station.faults.isEmpty && station.replica.refused.isEmpty)
      #expect(station.replica.pendingEntries(after: 0, limit: 1).isEmpty)
    }
  }

  /// Found by drawing lives (seed 906): what followed work that its device had brought in waited for good.
  @Test func whatFollowsAChangeThatStandsUnderAnotherNameIsBroughtIn() throws {
    let house = try House()
    let exchange = house.exchange
    let earlier = exchange.server
    try exchange.write([house.annotation(notes, "first", at: house.coordinator)], at: house.coordinator)
    let put = house.coordinator.replica
    try exchange.write([house.annotation(notes, "second", at: house.coordinator)], at: house.coordinator)
    for station in [house.coordinator, house.psychologist] { try exchange.sync(station) }
    try restore(exchange, to: earlier)
    house.coordinator.replica = put
    #expect(try heal(house.coordinator, exchange).contains("> push 1"))
    let lines = try heal(house.psychologist, exchange)
    #expect(lines.contains("> offer 2") && lines.contains("< offered 2, 1 STANDS, 2 BRANCHED_EARLIER"))
    #expect(lines.contains("< verdicts 1, cursor"))
    try expectTexts(["first", "second"], house)
  }

  /// Found by drawing lives (seed 906): it was listed no more once the server had sent the record's state.
  @Test func whatWaitsIsOfferedAgainThoughTheStateLacksIt() throws {
    let house = try House()
    let exchange = house.exchange
    let note = exchange.identifier()
    try exchange.write([house.note("a note", id: note)], at: house.coordinator)
    try exchange.sync(house.coordinator)
    let earlier = exchange.server
    try write("second", in: note, house)
    try exchange.sync(house.coordinator)
    let put = house.coordinator.replica
    try exchange.sync(house.psychologist)
    try write("third", in: note, house)
    for station in [house.coordinator, house.psychologist] { try exchange.sync(station) }
    try restore(exchange, to: earlier)
    house.coordinator.replica = put
    for _ in 0..<2 {
      // The second change came to the psychologist within a state.
      #expect(try heal(house.psychologist, exchange).contains("< offered 1, 1 WAITS"))
    }
    #expect(try heal(house.coordinator, exchange).contains("> offer 2"))
    #expect(try heal(house.psychologist, exchange).contains("< offered 1"))
    for station in [house.coordinator, house.psychologist] {
      for _ in 0..<2 { try exchange.sync(station) }
      #expect(station.record(note)?.state.values(Field.Note.title.id).map(\.value) == [.text("third")])
      #expect(station.faults.isEmpty && station.replica.refused.isEmpty)
    }
    #expect(!house.psychologist.replica.isHealing)
  }

  private func write(_ title: String, in note: Identifier, _ house: House) throws {
    var draft = RecordDraft.change(try #require(house.coordinator.record(note)))
    draft.write(Field.Note.title, title)
    try house.exchange.write([draft], at: house.coordinator)
  }

  /// Found by drawing lives (seed 360): the characters named a change that the log never has, and were not
  /// seen.
  @Test func charactersBesideThoseOfAChangeThatStandsUnderAnotherNameAreThere() throws {
    let house = try House()
    let exchange = house.exchange
    let earlier = exchange.server
    let note = exchange.identifier()
    try exchange.write([house.note("written twice", id: note)], at: house.coordinator)
    let copy = Workstation(cloning: house.coordinator)
    // The device writes it again under a new actor, and goes on with that.
    try exchange.server.beginEpoch()
    #expect(try heal(house.coordinator, exchange).contains("< verdicts 1, cursor"))
    let shown = try #require(house.coordinator.record(note))
    var editor = TextEditor(shown.state.text(Field.Note.text.id))
    editor.insert("!", at: editor.count)
    var draft = RecordDraft.change(shown)
    draft.edit(Field.Note.text, editor.finish())
    try exchange.write([draft], at: house.coordinator)
    // The server loses it, and the copy brings the original in.
    try restore(exchange, to: earlier)
    #expect(try heal(copy, exchange).contains("< verdicts 1, cursor"))
    let lines = try heal(house.coordinator, exchange)
    #expect(lines.contains("< offered 1, 1 STANDS"))
    #expect(lines.contains { $0.hasPrefix("< verdicts 1") && !$0.contains("AWAITED") })
    let state = try #require(exchange.server.store.records[note]?.state)
    #expect(state.text(Field.Note.text.id).string == "written twice!")
    #expect(house.coordinator.replica.refused.isEmpty && house.coordinator.faults.isEmpty)
    for _ in 0..<3 { try exchange.sync(house.psychologist) }
    #expect(house.psychologist.texts(.note, Field.Note.text) == ["written twice!"])
  }
}
