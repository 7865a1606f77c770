import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// What a device says was shown on it.
@Suite struct OpeningTests {
  private func opening(_ number: UInt64, purpose: String = "coordination") -> Opening {
    Opening(
      OpenedEvent(record: Identifier(high: 5, low: number), openedAt: 5, purpose: purpose),
      agentSalt: Identifier(high: 6, low: number), eventSalt: Identifier(high: 7, low: number))
  }

  private func push(_ openings: [Opening], _ house: House) throws -> [WireServerMessage.OneOf_Body] {
    let exchange = house.exchange
    let message = WireClientMessage.with {
      $0.opened = .with { $0.rows = openings.map(\.message) }
    }
    let connection = try #require(house.psychologist.connection)
    exchange.server.received(try message.serializedBytes(), on: connection)
    exchange.server.commit()
    return exchange.server.takeOutput().compactMap { output in
      if case .send(connection, let message) = output { message.body } else { nil }
    }
  }

  @Test func itIsInTheLogOnceHoweverOftenItIsPushed() throws {
    let house = try House()
    try house.exchange.connect(house.psychologist)
    house.exchange.run()
    for _ in 0..<2 {
      let answer = try push([opening(1), opening(2), opening(1)], house)
      guard case .opened(let taken)? = answer.first else {
        Issue.record("no answer: \(answer)")
        return
      }
      #expect(taken.rows == 3)
    }
    let rows = house.exchange.server.store.opened
    #expect(rows.map(\.opening) == [opening(1), opening(2)])
    #expect(rows.allSatisfy { $0.agent.person == house.psychologist.person })
    #expect(rows.allSatisfy { $0.agent.device == house.psychologist.actor })
  }

  @Test func whatIsNoRowEndsTheSession() throws {
    let tooMany = (0..<UInt64(Limits.openedRows) + 1).map { opening($0) }
    let without = opening(1, purpose: "")
    for (rows, code) in [(tooMany, ErrorCode.limitExceeded), ([without], .malformed)] {
      let house = try House()
      try house.exchange.connect(house.psychologist)
      house.exchange.run()
      guard case .failure(let failure)? = try push(rows, house).first else {
        Issue.record("no failure")
        return
      }
      #expect(failure.code == code.rawValue && failure.fatal)
      #expect(house.exchange.server.store.opened.isEmpty)
    }
  }

  /// Whoever looked at something reads and works on a server that is short of space, and with a device that
  /// waits for its confirmation; what she looked at is told later.
  @Test(arguments: [false, true])
  func whereNoneAreTakenTheSessionGoesOn(isShort: Bool) throws {
    let house = try House()
    let station = house.psychologist
    if isShort {
      house.exchange.server.isShortOfSpace = true
    } else {
      try house.fork(station)
    }
    try house.exchange.connect(station)
    house.exchange.run()
    guard case .opened(let taken)? = try push([opening(1)], house).first else {
      Issue.record("no answer")
      return
    }
    #expect(taken.rows == 0 && house.exchange.server.store.opened.isEmpty)
    #expect(house.exchange.server.sessions[try #require(station.connection)]?.device != nil)
  }

  @Test func rowsGoSomeAtATimeAndAreWaitedFor() throws {
    var exchange = OpeningExchange()
    let all = (0..<200).map { opening(UInt64($0)) }
    #expect(exchange.next(of: all) == nil)
    exchange.opened()
    #expect(exchange.next(of: []) == nil && exchange.isIdle)
    #expect(exchange.next(of: all)?.rows == all.prefix(Limits.openedRows).map(\.message))
    #expect(exchange.next(of: all) == nil && !exchange.isIdle)
    var other = exchange
    #expect(throws: ProtocolError(.unexpected)) { try other.received(.with { $0.rows = 3 }) }
    var putOff = exchange
    #expect(try exchange.received(.with { $0.rows = UInt32(Limits.openedRows) }))
    #expect(exchange.isIdle && exchange.next(of: all) != nil)
    _ = try exchange.received(.with { $0.rows = UInt32(Limits.openedRows) })
    // The server takes none now: nothing waits, and nothing is pushed any more in this session.
    #expect(try !putOff.received(.with { $0.rows = 0 }))
    #expect(putOff.isIdle && putOff.next(of: all) == nil)
    #expect(throws: ProtocolError(.unexpected)) { try exchange.received(.with { $0.rows = 0 }) }
    for _ in 0..<9 {
      let isOverdue = other.tick()
      #expect(!isOverdue)
      other.heard()
    }
    let isOverdue = (0..<4).map { _ in other.tick() }
    #expect(isOverdue.last == true && isOverdue.dropLast().allSatisfy { !$0 })
  }
}
