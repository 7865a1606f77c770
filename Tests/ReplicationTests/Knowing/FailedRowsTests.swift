import CRDT
import CaseModel
import Testing
import WireProtocol

@testable import Replication

/// Rows that cannot be written: nothing of what they tell is sent.
@Suite struct FailedRowsTests {
  @Test func whatHasNoRowIsNotSent() throws {
    var town = try Town(seed: 1)
    var random = SplitMix64(seed: 5)
    var terminal = Terminal(town.residents[Place.leader])
    _ = try terminal.connect(to: &town, fromCursor: false, using: &random)
    try town.commit()
    _ = try terminal.hear(&town)
    try terminal.follow(&town)
    let connection = try #require(terminal.connection)
    while var staged = town.machine.stage(at: town.now, in: town.store) {
      if !staged.group.isEmpty { try town.store.apply(staged.group) }
      town.machine.committed(&staged, SignatureCheck(invalid: []), in: town.store)
      town.machine.answer(staged, in: town.store)
    }
    let taken = town.machine.takeRows()
    let rows = try #require(taken)
    #expect(!rows.delivered.isEmpty && rows.position == town.machine.position)
    town.machine.failedToNote()
    let actions = town.machine.takeActions()
    #expect(actions.contains(.close(connection, .retry)))
    for case .send(_, let message) in actions {
      guard case .failure(let failure)? = message.body else {
        Issue.record("something was sent: \(message)")
        continue
      }
      #expect(failure.code == ErrorCode.retry.rawValue)
    }
    let more = town.machine.takeRows()
    #expect(more == nil)
  }
}
