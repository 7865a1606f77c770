import CRDT
import CaseModel
import SyncClient
import Testing

/// A device that was away for long.
@Suite struct CatchingUpTests {
  /// What waits is more than the server may queue for one peer, and of one record alone more than fits into a
  /// message.
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
}
