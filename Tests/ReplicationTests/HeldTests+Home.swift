import CRDT
import CaseModel
import Testing

extension HeldTests {
  /// A house with a note that its psychologist may edit, and a mother who takes part.
  struct Home {
    let house: House
    let mother: Workstation
    let note: Identifier
    var exchange: Exchange { house.exchange }
    var author: Workstation { house.psychologist }

    init() throws {
      let house = try House()
      self.house = house
      mother = try house.exchange.newcomer("Mor", as: .parent)
      note = house.exchange.identifier()
      try house.exchange.write([house.note("first", id: note)], at: house.coordinator)
      try house.exchange.write(
        [
          CaseWork.participant(
            id: house.exchange.identifier(), in: house.caseID, person: mother.person, role: .parent)
        ], at: house.leader)
      for station in [house.coordinator, house.leader, house.psychologist, mother, house.coordinator] {
        try house.exchange.sync(station)
      }
    }

    /// Writes a text after what a note says.
    func edit(_ text: String, at station: Workstation) throws {
      let record = try #require(station.record(note))
      let before = record.text(Field.Note.text) ?? ""
      try exchange.write(CaseWork.edit(note: record, to: before + " " + text), at: station)
    }

    /// The coordinator releases the note.
    @discardableResult
    func release(to person: Identifier? = nil) throws -> Identifier {
      let id = exchange.identifier()
      try exchange.write(
        [
          CaseWork.release(
            id: id, in: house.caseID, to: person ?? mother.person, records: [note], about: [house.caseID])
        ], at: house.coordinator)
      try exchange.sync(house.coordinator)
      return id
    }

    func reclassify(
      about: [Identifier] = [], types: [InformationType] = [], roles: [Role] = [],
      excluding: [Identifier] = []
    ) throws -> Identifier {
      let id = exchange.identifier()
      try exchange.write(
        [
          CaseWork.reclassify(
            id: id, in: house.caseID, record: note, about: about, types: types, roles: roles,
            excluding: excluding)
        ], at: house.coordinator)
      try exchange.sync(house.coordinator)
      return id
    }

    func text(_ station: Workstation) -> String? { station.record(note)?.text(Field.Note.text) }

    /// How much waits at the server.
    var waiting: Int { exchange.server.store.quarantine.waiting.count }

    func isAccepted(_ lines: [String]) -> Bool {
      lines.contains { $0.hasPrefix("< verdicts") }
        && !lines.contains { $0.contains("WIDENED") || $0.contains("held") }
    }

    /// Somebody writes offline, and the note is released before she sends it.
    static func held() throws -> Home {
      let home = try Home()
      try home.edit(HeldTests.canary, at: home.author)
      try home.release()
      try home.exchange.sync(home.mother)
      #expect(home.text(home.mother) == "first")
      let lines = try home.exchange.sync(home.author)
      #expect(lines.contains { $0.hasPrefix("< verdicts") && $0.contains("WIDENED held") }, "\(lines)")
      return home
    }
  }
}
