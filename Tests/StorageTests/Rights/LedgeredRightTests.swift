import CRDT
import CaseModel
import Foundation
import Replication
import Testing
import WireProtocol

@testable import Storage

/// A right ends after a backup: a server that is restored from it knows so from its ledger, before anybody
/// connects.
@Suite struct LedgeredRightTests {
  /// How a right ends.
  enum Ending: CaseIterable {
    case participation, consent, withheldCase, withheldPerson, reclassified
  }

  /// Ends the right of somebody.
  ///
  /// - Returns: who has lost it.
  private func end(_ ending: Ending, in server: RightsServer) throws -> RightsServer.Member {
    let leader = server.leader
    switch ending {
    case .participation:
      try server.push([CaseWork.end(participant: server.part(of: server.worker), on: server.day)], by: leader)
    case .consent:
      try server.push(
        [CaseWork.withdraw(consent: server.record(server.consent), by: server.mother)], by: leader)
      return server.professional
    case .withheldCase, .withheldPerson:
      try server.push(
        [
          CaseWork.withhold(
            id: server.identifier(), in: server.caseID, from: server.worker.person,
            about: ending == .withheldPerson ? [server.child] : [], wholeCase: ending == .withheldCase)
        ], by: leader)
    case .reclassified:
      try server.push(
        [
          CaseWork.reclassify(
            id: server.identifier(), in: server.caseID, record: server.note, audience: [leader.person])
        ], by: leader)
    }
    return server.worker
  }

  @Test("What ended stays ended after a restore beside the ledger", arguments: Ending.allCases)
  func staysEnded(_ ending: Ending) throws {
    let server = try RightsServer()
    try server.backUp()
    #expect(try server.mayRead(server.worker) && server.mayRead(server.professional))
    let member = try end(ending, in: server)
    #expect(try !server.mayRead(member))
    let exits = try server.store().exits(of: member.actor)
    #expect(exits.map(\.record) == [server.note])
    try server.restore()
    for _ in 0..<2 {
      #expect(try !server.mayRead(member) && server.mayRead(server.leader))
      #expect(try server.store().exits(of: member.actor) == exits)
      #expect(try server.store().verify().isSound && !server.store().isInRecovery)
      // All is taken in: opening it once more has nothing to do.
      #expect(try server.reopen().ledgerReport == LedgerReport())
    }
  }

  /// The database alone was put back.
  @Test("What was taken away after the copy and given again is there; what was taken away is not")
  func gainsToo() throws {
    let server = try RightsServer()
    try server.copyFolder(to: "copy")
    _ = try end(.withheldCase, in: server)
    let withholding = try #require(
      try server.store().outstanding(
        for: ActorID(rawValue: 9), in: [.caseFile(server.caseID)], after: 0, all: true
      ).first { $0.reference.kind == .withholding })
    try server.push([CaseWork.lift(withholding: server.record(withholding.reference.id))], by: server.leader)
    _ = try end(.consent, in: server)
    try server.putFolderBack("copy")
    let store = try server.reopen()
    #expect(store.ledgerReport.takenChanges == 3 && store.ledgerReport.lostChanges == 0)
    #expect(try server.mayRead(server.worker) && !server.mayRead(server.professional))
    #expect(try store.exits(of: server.professional.actor).map(\.record) == [server.note])
  }

  @Test("A case that began after the copy is back whole, with who takes part in it")
  func wholeCase() throws {
    let server = try RightsServer()
    try server.copyFolder(to: "copy")
    let caseID = server.identifier()
    try server.push(
      CaseWork.open(
        case: caseID, label: "F02", on: server.day, creator: server.leader.person, as: .leader,
        identify: { _ in server.identifier() })
        + [
          CaseWork.note(
            id: server.identifier(), in: caseID, about: [server.child], text: "beside", on: server.day)
        ],
      by: server.leader)
    try server.push(
      [
        CaseWork.participant(
          id: server.identifier(), in: caseID, person: server.worker.person, role: .coreTeam)
      ], by: server.leader)
    let before = try server.store().load().governing
    try server.putFolderBack("copy")
    let store = try server.reopen()
    // An entry comes back whole: the note as well that is in one with the head of the case.
    #expect(store.ledgerReport.takenChanges == 4)
    let governing = try store.load().governing
    for member in [server.leader, server.worker, server.professional] {
      #expect(
        governing.scopes(of: member.person, at: server.now)
          == before.scopes(of: member.person, at: server.now))
    }
    #expect(governing.scopes(of: server.worker.person, at: server.now).contains(.caseFile(caseID)))
  }

  @Test("What was refused between two accepted changes leaves no gap in a chain")
  func refusedInBetween() throws {
    let server = try RightsServer()
    try server.copyFolder(to: "copy")
    let worker = try server.part(of: server.worker)
    let late = CaseWork.end(participant: worker, on: server.day)
    // It is not the worker's to end.
    #expect(try server.push([late], by: server.worker).refusal?.code == .forbidden)
    #expect(try server.push([late], by: server.leader).refusal == nil)
    try server.putFolderBack("copy")
    let store = try server.reopen()
    #expect(store.ledgerReport.takenChanges == 2 && store.ledgerReport.lostChanges == 0)
    #expect(try !server.mayRead(server.worker))
    let state = try #require(try store.record(worker.id)).state
    #expect(state.version[server.worker.actor] == 1)
  }

  /// A device that was put back wrote it again, under a new actor.
  @Test("What was refused and stood for another change is back with it")
  func refusedWithItsOrigin() throws {
    let server = try RightsServer()
    try server.copyFolder(to: "copy")
    let worker = try server.part(of: server.worker)
    let late = CaseWork.end(participant: worker, on: server.day)
    #expect(try server.push(server.standIn([late], by: server.worker), by: server.worker).refusal != nil)
    #expect(try server.push([late], by: server.leader).refusal == nil)
    try server.putFolderBack("copy")
    let store = try server.reopen()
    #expect(store.ledgerReport.takenChanges == 2 && store.ledgerReport.lostChanges == 0)
    #expect(try !server.mayRead(server.worker) && store.verify().isSound)
    #expect(try #require(try store.record(worker.id)).state.version[server.worker.actor] == 1)
  }

  /// The power failed between the ledger and the database: the device was told nothing, and pushes again.
  @Test("An entry that the ledger alone had is accepted once, when its device pushes it again")
  func pushedAgain() throws {
    let server = try RightsServer()
    let end = try server.entry(
      [CaseWork.end(participant: server.part(of: server.worker), on: server.day)], by: server.leader)
    try server.copyFolder(to: "copy")
    let first = try server.push(end, by: server.leader)
    try server.putFolderBack("copy")
    let position = try server.reopen().position
    #expect(try !server.mayRead(server.worker))
    let second = try server.push(end, by: server.leader)
    #expect(second.refusal == nil && second.receivedAt == first.receivedAt && second.seals.count == 1)
    #expect(try server.store().position == position)
    // Once: a number that was used is a fork, as ever.
    let again = JournalEntry(number: end.number + 1, changes: end.changes)
    #expect(throws: ProtocolError.self) { try server.push(again, by: server.leader) }
    try server.reopen()
    #expect(throws: ProtocolError.self) { try server.push(again, by: server.leader) }
    let device = try #require(try server.store().load().directory.devices[server.leader.actor])
    #expect(device.journal.entries == end.number)
    // The journal goes on, and the record's chain too.
    let next = try server.push(
      [CaseWork.note(id: server.identifier(), in: server.caseID, text: "next", on: server.day)],
      by: server.leader)
    #expect(next.refusal == nil && next.entry == end.number + 1)
    #expect(try server.store().verify().isSound)
  }

  @Test("What was refused there is refused when its device pushes it again")
  func refusedAgain() throws {
    let server = try RightsServer()
    // The first of the two alone would be accepted.
    let end = try server.entry(
      [
        CaseWork.note(id: server.identifier(), in: server.caseID, text: "beside", on: server.day),
        CaseWork.end(participant: server.part(of: server.worker), on: server.day),
      ], by: server.worker)
    try server.copyFolder(to: "copy")
    let first = try server.push(end, by: server.worker)
    try server.putFolderBack("copy")
    try server.reopen()
    let second = try server.push(end, by: server.worker)
    #expect(first.refusal?.code == .forbidden && second.refusal == first.refusal)
    #expect(second.receivedAt == first.receivedAt)
    #expect(try server.store().verify().isSound)
  }

  /// Found by the simulator (seed 2350144): the chain of an ordinary record had a gap in what the ledger gave
  /// back, and its device was told that it had forked.
  @Test("An entry of which the ledger gave back a part is whole when its device pushes it again")
  func pushedAgainBehindWhatWasLost() throws {
    for ends in [true, false] {
      let server = try RightsServer()
      let member = ends ? server.leader : server.worker
      let note = server.identifier()
      func change(_ drafts: [RecordDraft]) throws -> JournalEntry { try server.entry(drafts, by: member) }
      try server.copyFolder(to: "copy")
      let before = try change([CaseWork.note(id: note, in: server.caseID, text: "before", on: server.day)])
      try server.push(before, by: member)
      var title = RecordDraft.change(try server.record(note))
      title.write(Field.Note.title, "beside")
      let end = try change([title, CaseWork.end(participant: server.part(of: server.worker), on: server.day)])
      let first = try server.push(end, by: member)
      try server.putFolderBack("copy")
      #expect(try server.reopen().ledgerReport.takenChanges == 1)
      #expect(try server.push(before, by: member).refusal == nil)
      let second = try server.push(end, by: member)
      #expect((first.refusal == nil) == ends && second.refusal == first.refusal)
      #expect(second.receivedAt == first.receivedAt && second.seals.count == 2)
      #expect(try server.record(note).value(Field.Note.title) == (ends ? .text("beside") : nil))
      #expect(try server.mayRead(server.worker) == !ends && server.store().verify().isSound)
      let next = try server.push([title], by: member)
      #expect(next.refusal == nil && next.entry == end.number + 1)
    }
  }
}
