import CRDT
import CaseModel
import Foundation
import Testing
import WireProtocol

@testable import Replication
@testable import Storage

/// What two persons have erased from the register is nowhere at the server, and stays so.
@Suite struct RegisterErasureTests {
  private let server: RightsServer
  private let second: RightsServer.Member
  /// Of the register, without an account.
  private let person: Identifier

  init() throws {
    server = try RightsServer()
    second = try server.enrol("Anden", as: .leader)
    person = server.identifier()
    try server.push([CaseWork.person(id: person, name: RandomWriter.canary)], by: server.leader)
    var group = try server.emptyGroup()
    group.holdings = [
      Holding(actor: server.worker.actor, record: person, generation: 1, position: group.position)
    ]
    group.ledger = [.entered(server.worker.actor, [.init(record: person, generation: 1)])]
    try server.store().commit(group)
  }

  private func propose(_ records: [Identifier]? = nil) throws -> Identifier {
    let id = server.identifier()
    let draft = CaseWork.eraseFromRegister(
      id: id, records: records ?? [person], ground: "left long ago")
    #expect(try server.push([draft], by: server.leader).refusal == nil)
    return id
  }

  @discardableResult
  private func confirm(_ id: Identifier, by member: RightsServer.Member? = nil) throws -> EntryVerdict {
    let member = member ?? second
    return try server.push([CaseWork.confirm(server.record(id), by: member.person)], by: member)
  }

  private func erase() throws { #expect(try confirm(propose()).refusal == nil) }

  private func renamed(_ name: String) throws -> RecordDraft {
    var draft = RecordDraft.change(try server.record(person))
    draft.write(Field.Person.name, name)
    return draft
  }

  private func mayRead(_ record: Identifier, _ member: RightsServer.Member) throws -> Bool {
    let reference = try #require(try server.store().reference(record))
    return may(member.person, .read, reference, at: server.now, in: try server.store().load().governing)
      .isAllowed
  }

  /// The names of files in which some text stands.
  private func files(with text: String) throws -> [String] {
    try server.close()
    return try FileManager.default.subpathsOfDirectory(atPath: server.directory.path("")).filter { name in
      let bytes = FileManager.default.contents(atPath: server.directory.path(name)) ?? Data()
      return bytes.firstRange(of: Data(text.utf8)) != nil
    }
  }

  @Test("It is gone with the commit, from every device that has it, and from the files")
  func gone() throws {
    let id = try propose()
    #expect(try confirm(id, by: server.leader).refusal?.code == .forbidden)
    #expect(try confirm(id, by: server.worker).refusal?.code == .forbidden)
    #expect(try mayRead(person, server.worker) && server.store().isErased(person) == false)
    #expect(try confirm(id).refusal == nil)
    let store = try server.store()
    #expect(store.isErased(person))
    #expect(throws: StorageError.self) { try store.record(person) }
    // Whoever created it holds it as well.
    for member in [server.worker, server.leader] {
      #expect(try store.exits(of: member.actor).map(\.record) == [person])
      #expect(try !mayRead(person, member))
    }
    #expect(try store.exits(of: server.professional.actor).isEmpty)
    #expect(store.verify().isSound && store.verify().erasedRecords == 1)
    #expect(try files(with: RandomWriter.canary).isEmpty)
    #expect(try server.reopen().isErased(person))
    #expect(try !mayRead(person, server.worker))
  }

  @Test("Who has an account, takes part or is given something is not erased before that ended")
  func stillNamed() throws {
    let part = server.identifier()
    try server.push(
      [CaseWork.participant(id: part, in: server.caseID, person: person, role: .coreTeam)], by: server.leader)
    let id = try propose()
    #expect(try confirm(id).refusal?.code == .forbidden)
    #expect(try !server.store().isErased(person))
    try server.push([CaseWork.end(participant: server.record(part), on: server.day)], by: server.leader)
    #expect(try confirm(id).refusal == nil)
    #expect(try server.store().isErased(person))
    for account in [server.worker, server.leader] {
      try server.push(
        [CaseWork.person(id: account.person, name: "Konto")], by: server.leader)
      #expect(try confirm(propose([account.person])).refusal?.code == .forbidden)
    }
    #expect(try !server.store().isErased(server.worker.person))
  }

  @Test("What governs and what is of a case is not erased from the register")
  func notErased() throws {
    let basis = server.identifier()
    try server.push(
      [CaseWork.legalBasis(id: basis, code: "x", roles: [.leader], types: [.social], daysMax: 1)],
      by: server.leader)
    for (records, ground) in [([basis], "x"), ([person], ""), ([], "x")] {
      let draft = CaseWork.eraseFromRegister(id: server.identifier(), records: records, ground: ground)
      #expect(try server.push([draft], by: server.leader).refusal?.code == .forbidden, "\(records)")
    }
    #expect(try confirm(propose([server.note])).refusal == nil)
    #expect(try server.mayRead(server.worker) && server.store().isErased(server.note) == false)
    let ofCase = CaseWork.erase(
      id: server.identifier(), in: server.caseID, records: [person], ground: "of the register")
    try server.push([ofCase], by: server.leader)
    #expect(try confirm(ofCase.id).refusal == nil)
    #expect(try mayRead(person, server.worker) && server.store().isErased(person) == false)
  }

  @Test("Work that was written without a network is refused, and nothing is given to who was erased")
  func lateWork() throws {
    let late = try server.entry([renamed("late")], by: server.worker)
    let other = try server.enrol("Tredje", as: .coreTeam)
    let again = try server.entry([CaseWork.person(id: person, name: RandomWriter.canary)], by: other)
    try erase()
    #expect(try server.push(late, by: server.worker).refusal?.code == .erased)
    let part = CaseWork.participant(
      id: server.identifier(), in: server.caseID, person: person, role: .coreTeam)
    #expect(try server.push([part], by: server.leader).refusal?.code == .forbidden)
    #expect(try server.push(again, by: other).refusal?.code == .erased)
    try server.reopen()
    let note = CaseWork.note(id: server.identifier(), in: server.caseID, text: "after", on: server.day)
    #expect(try server.push([note], by: server.worker).refusal == nil)
    #expect(try server.store().verify().isSound)
    #expect(try files(with: RandomWriter.canary).isEmpty)
  }

  @Test("A server that is set back erases it again, and takes it from nobody")
  func setBack() throws {
    let change = try server.entry([renamed("one")], by: server.worker)
    let verdict = try server.push(change, by: server.worker)
    try server.backUp()
    try server.copyFolder(to: "copy")
    try erase()
    for restored in [false, true] {
      try server.setBack(toBackup: restored)
      let store = try server.store()
      #expect(store.isErased(person) && !store.isInRecovery, "\(restored)")
      #expect(try !mayRead(person, server.worker))
      #expect(try store.exits(of: server.worker.actor).map(\.record) == [person])
      #expect(try server.giveBack(change, verdict, by: server.worker) == [.offerThere])
      #expect(throws: StorageError.self) { try store.record(person) }
      #expect(store.verify().isSound)
    }
  }

  @Test("A power failure between the ledger and the database leaves it erased")
  func cutOff() throws {
    try server.copyFolder(to: "copy")
    try erase()
    try server.putFolderBack("copy")
    let store = try server.reopen()
    #expect(store.isErased(person))
    #expect(try store.exits(of: server.worker.actor).map(\.record) == [person])
    #expect(store.verify().isSound)
  }

  @Test("Who had an account is called nothing any more, also by a server that is set back")
  func account() throws {
    let name = "NAVNET-STÅR-I-KONTOEN"
    let gone = try server.enrol(name, as: .coreTeam)
    try server.push([CaseWork.person(id: gone.person, name: name)], by: server.leader)
    let id = try propose([gone.person])
    #expect(try confirm(id).refusal?.code == .forbidden)
    var ended = gone.account
    ended.endedAt = server.now
    var group = try server.emptyGroup()
    group.accounts = [ended]
    try server.store().commit(group)
    try server.copyFolder(to: "copy")
    #expect(try confirm(id).refusal == nil)
    for setBack in [false, true] {
      if setBack {
        try server.putFolderBack("copy")
        try server.reopen()
      }
      let known = try server.store().load().directory.account(of: gone.person)
      #expect(known?.personName == "" && known?.endedAt != nil, "\(setBack)")
    }
  }

  @Test("A code that was open when its person was erased opens nothing, and she gets no other")
  func openCode() throws {
    var wish = GroupStage.InvitationWish(
      code: 4_711, verifier: Digest(hashing: [1]), role: .coreTeam, person: person,
      personName: RandomWriter.canary, caseID: nil, isRemote: false)
    var stage = try server.stage()
    _ = try stage.invite(wish, by: server.leader.account.id)
    try server.store().commit(stage.group)
    try erase()
    #expect(try server.store().load().directory.codes[4_711]?.personName == "")
    var later = try server.stage()
    let key = try SigningKey(secret: Array(repeating: 99, count: 32)).publicKey
    let enrolment = GroupStage.Enrolment(
      code: 4_711, isProved: true, signingKey: key, agreementKey: Array(repeating: 98, count: 32),
      deviceName: "x", newDevice: server.identifier())
    #expect(throws: ProtocolError(.codeRefused)) { try later.enrol(enrolment) }
    wish = GroupStage.InvitationWish(
      code: 4_712, verifier: wish.verifier, role: .coreTeam, person: person, personName: "x", caseID: nil,
      isRemote: false)
    #expect(throws: ProtocolError(.notPermitted)) { try later.invite(wish, by: server.leader.account.id) }
  }

  @Test("It is erased where the erasure itself comes back from devices, in a recovery without a ledger")
  func offeredBack() throws {
    try server.copyFolder(to: "copy")
    let proposal = server.identifier()
    let draft = CaseWork.eraseFromRegister(id: proposal, records: [person], ground: "left")
    let proposed = try server.entry([draft], by: server.leader)
    let first = try server.push(proposed, by: server.leader)
    let word = try server.entry([CaseWork.confirm(server.record(proposal), by: second.person)], by: second)
    let last = try server.push(word, by: second)
    try server.putFolderBack("copy")
    _ = try server.reopenWithoutLedger()
    var offers: [OfferedChange] = []
    for (entry, verdict, member) in [(proposed, first, server.leader), (word, last, second)] {
      let change = try #require(entry.changes.first)
      offers.append(
        OfferedChange(
          change: change,
          previous: Chain.start(tenant: server.tenant.id, record: proposal, actor: member.actor),
          stamp: ChangeStamp(
            receivedAt: verdict.receivedAt, isAccepted: true, seal: try #require(verdict.seals.first))))
    }
    var stage = try server.stage()
    #expect(try stage.take(back: offers) == [.offerTaken, .offerTaken])
    try stage.decideExits()
    try server.store().commit(stage.group)
    #expect(try server.store().isErased(person))
  }
}
