import CRDT
import CaseModel
import SyncClient
import Testing

extension EndToEnd {
  /// A device that was away for long.
  @Suite struct CatchingUpTests {
    /// What waits is more than the server may queue for one peer, and of one record alone more than fits into
    /// a message.
    @Test func whatWaitsMayBeMoreThanOneQueueOrMessageHolds() async throws {
      let place = try await Workplace()
      let leader = place.leader
      let colleague = try await place.colleague("Karin", as: .familyCoordinator, invitedBy: leader)
      let long = String(repeating: "x", count: 2_000)
      let renamed = leader.newIdentifier()
      try leader.write([[CaseWork.person(id: renamed, name: "at first")]])
      try await place.sync(leader)
      try await place.sync(colleague)

      let person = try #require(try leader.records().first { $0.id == renamed })
      let names = (1...300).map { "\($0) \(long)" }
      try leader.write(
        names.map { name in
          var draft = RecordDraft.change(person)
          draft.write(Field.Person.name, name)
          return [draft]
        })
      try leader.write((1...500).map { [CaseWork.person(id: leader.newIdentifier(), name: "\($0) \(long)")] })
      #expect(try await place.sync(leader) == .upToDate)

      #expect(try await place.sync(colleague) == .upToDate)
      let hers = Dictionary(uniqueKeysWithValues: try colleague.records().map { ($0.id, $0.state) })
      let his = Dictionary(uniqueKeysWithValues: try leader.records().map { ($0.id, $0.state) })
      // Not shown when they differ: it would be a megabyte.
      let areEqual = hers == his
      #expect(areEqual, "\(hers.count) of \(his.count) records")
      #expect(his[renamed]?.value(Field.Person.name.id) == names.last.map { .text($0) })
      await place.close()
    }

    /// Each of these states fits into a message, and no two of them together, nor one beside many small ones.
    @Test func largeStatesArriveOneByOne() async throws {
      let place = try await Workplace()
      let karin = try await place.colleague("Karin", as: .familyCoordinator, invitedBy: place.leader)
      try await place.sync(karin)
      let caseID = karin.newIdentifier()
      try karin.write([
        CaseWork.open(
          case: caseID, label: "F03", on: place.day, creator: karin.profile.person, as: .familyCoordinator,
          identify: { _ in karin.newIdentifier() })
      ])
      let long = String(repeating: "ord ", count: 6_000)
      let fields = Field.Assessment.all.filter { $0.valueType == .text }.prefix(9)
      for _ in 0..<3 {
        let id = karin.newIdentifier()
        try karin.write([[CaseWork.assessment(id: id, in: caseID, notes: [:], on: place.day)]])
        let assessment = try #require(try karin.records().first { $0.id == id })
        try karin.write(
          fields.map { field in
            var draft = RecordDraft.change(assessment)
            draft.write(field, long)
            return [draft]
          })
        try karin.write(
          (0..<60).map { number in
            [
              CaseWork.contact(
                id: karin.newIdentifier(), in: caseID, form: "call", by: nil,
                text: "\(number) " + long.prefix(999), on: place.day)
            ]
          })
      }
      try await place.sync(karin)
      let other = try await place.colleague(
        "Karin's other", as: .familyCoordinator, invitedBy: karin, person: karin.profile.person)
      #expect(try await place.sync(other) == .upToDate)
      let here = Dictionary(uniqueKeysWithValues: try karin.records().map { ($0.id, $0.state) })
      let there = Dictionary(uniqueKeysWithValues: try other.records().map { ($0.id, $0.state) })
      let areEqual = here == there
      #expect(areEqual, "\(there.count) of \(here.count) records")
      await place.close()
    }
  }
}
