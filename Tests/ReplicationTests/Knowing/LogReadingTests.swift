import CRDT
import CaseModel
@testable import Replication
import Testing
import WireProtocol

/// What a server tells of its logs to whoever holds them against what was signed.
@Suite struct LogReadingTests {
  /// A house whose server has a log of what was opened, signed at 600 rows and with some more behind.
  private func house(_ edit: (inout LogModel) -> Void = { _ in }) throws -> House {
    let house = try House()
    let tenant = house.exchange.tenant
    var log = LogModel(.opened, tenant: tenant.id, key: tenant.signingKey)
    for size in [32, 512, 576, 600] {
      log.grow(to: size)
      log.sign()
    }
    log.grow(to: 607)
    edit(&log)
    house.exchange.server.store.logs = [.opened: log]
    return house
  }

  private func ask(
    _ station: Workstation, _ house: House, _ fill: (inout WireClientMessage) -> Void
  ) throws -> WireServerMessage.OneOf_Body? {
    if station.connection == nil {
      try house.exchange.connect(station)
      house.exchange.run()
    }
    let connection = try #require(station.connection)
    house.exchange.server.received(try WireClientMessage.with(fill).serializedBytes(), on: connection)
    house.exchange.server.commit()
    let answers = house.exchange.server.takeOutput().compactMap { output in
      if case .send(connection, let message) = output { message.body } else { nil }
    }
    return answers.first
  }

  private func compare(
    _ station: Workstation, _ house: House, _ first: UInt64, _ second: UInt64, log: UInt32 = 2
  ) throws -> WireComparison? {
    let answer = try ask(station, house) {
      $0.comparison = .with { ($0.log, $0.first, $0.second) = (log, first, second) }
    }
    guard case .comparison(let told)? = answer else { return nil }
    return told
  }

  private func page(_ station: Workstation, _ house: House, to size: UInt64) throws -> WireLogPage? {
    let answer = try ask(station, house) {
      $0.log = .with { ($0.request, $0.log, $0.from, $0.size) = (7, 2, 0, size) }
    }
    guard case .log(let told)? = answer else { return nil }
    return told
  }

  @Test func nothingIsToldOfWhatIsBeyondTheNewestCheckpoint() throws {
    let house = try house()
    let log = try #require(house.exchange.server.store.logs[.opened])
    let poul = house.psychologist
    for (first, second) in [(0, 600), (32, 512), (31, 599), (600, 600)] as [(UInt64, UInt64)] {
      let told = try #require(try compare(poul, house, first, second))
      let proof = WireConsistencyProof(try log.consistencyProof(from: first, to: second))
      #expect(told.code == 0 && told.proof == proof && told.log == 2)
    }
    let nothing = WireComparison.with { ($0.log, $0.code) = (2, ErrorCode.notAvailable.rawValue) }
    for (first, second) in [(0, 601), (600, 607), (601, 600), (5, 4), (0, .max)] as [(UInt64, UInt64)] {
      #expect(try compare(poul, house, first, second) == nothing)
    }
    let none = try #require(try compare(poul, house, 0, 0, log: 1))
    #expect(none.code == ErrorCode.notAvailable.rawValue)
    #expect(try compare(poul, house, 0, 0, log: 3) == nil)
  }

  @Test func whoIsSentNoContentIsToldNothing() throws {
    let house = try house()
    let officer = try house.exchange.newcomer("Dorte", as: .dataProtectionOfficer)
    try house.exchange.sync(officer)
    let token = officer.replica.token
    try house.exchange.sync(officer)
    officer.replica.token = token
    for _ in 0..<3 { try house.exchange.sync(officer) }
    #expect(!officer.replica.isConfirmed)
    #expect(try compare(officer, house, 32, 512)?.code == ErrorCode.notAvailable.rawValue)
    #expect(try page(officer, house, to: 512)?.code == ErrorCode.notAvailable.rawValue)
  }

  /// Who may not read the logs is told what is told of a size that was never signed.
  @Test func theDataProtectionOfficerReadsAllOfItAndNobodyElse() throws {
    let house = try house()
    let officer = try house.exchange.newcomer("Dorte", as: .dataProtectionOfficer)
    try house.exchange.sync(officer)
    let whole = try #require(try page(officer, house, to: 600))
    #expect(whole.code == 0 && whole.rows.count == Limits.logPageRows && whole.checkpoints.count == 2)
    #expect(try whole.serializedData().count < Limits.messageBytes)
    let nothing = WireLogPage.with { ($0.request, $0.code) = (7, ErrorCode.notAvailable.rawValue) }
    #expect(try page(officer, house, to: 601) == nothing)
    for station in [house.leader, house.coordinator, house.psychologist] {
      #expect(try page(station, house, to: 600) == nothing)
      #expect(try page(station, house, to: 601) == nothing)
    }
  }

  /// All of it, as the officer's client reads it.
  private func inspect(
    _ house: House, kept: [SignedCheckpoint] = []
  ) throws -> (rows: [LogRow?], result: LogInspection.Result) {
    let officer = try house.exchange.newcomer("Dorte", as: .dataProtectionOfficer)
    try house.exchange.sync(officer)
    let log = try #require(house.exchange.server.store.logs[.opened])
    let key = try VerifyingKey(bytes: log.key.publicKey)
    var inspection = LogInspection(upTo: [try #require(log.signed.last)], kept: kept, key: key)
    var rows: [LogRow?] = []
    while let question = inspection.request() {
      guard case .log(let told)? = try ask(officer, house, { $0.log = question }) else { break }
      let page = try inspection.receive(told)
      #expect(page.first == UInt64(rows.count))
      rows += page.rows
      #expect(page.read == UInt64(rows.count) && page.total == 600)
    }
    return (rows, try #require(inspection.results.first))
  }

  @Test func anHonestLogIsReadToItsEnd() throws {
    let house = try house { log in
      log.rows[3] = log.rows[3]?.blindingEvent()
      log.rows[599] = log.rows[599]?.blindingAgent()
    }
    let (rows, result) = try inspect(house)
    #expect(rows.count == 600 && rows[7] == LogModel.row(7))
    #expect(result.faults.isEmpty && result.faultCount == 0 && result.proven == 600)
    #expect(result.checkpoints == 4 && result.blinded == 1 && result.padding == 0)
  }

  @Test func theFirstPlaceThatDoesNotHoldIsNamed() throws {
    typealias Case = (
      name: String, proven: UInt64, faults: [LogInspection.Fault], edit: (inout LogModel) -> Void
    )
    let cases: [Case] = [
      ("altered", 40, [.rows(.alteredRow(40))], { $0.rows[40] = LogModel.row(9_999) }),
      ("gone", 41, [.rows(.alteredRow(41))], { $0.rows[41] = nil }),
      (
        "remade", 32, [.rows(.alteredRows(32..<512))],
        { log in
          log.rows[40] = LogModel.row(9_999)
          log.leaves[40] = LogModel.row(9_999).leafHash(in: .opened)
        }
      ),
      (
        "swapped", 32, [.rows(.alteredRows(32..<512))],
        { log in
          log.rows.swapAt(40, 41)
          log.leaves.swapAt(40, 41)
        }
      ),
    ]
    for (name, proven, faults, edit) in cases {
      let (_, result) = try inspect(try house(edit))
      #expect(result.faults == faults && result.proven == proven, "\(name)")
    }
  }

  /// Whoever remakes the tree, and signs it, cannot remake what others keep.
  @Test func whatADeviceKeepsShowsATreeThatWasRemade() throws {
    let honest = try #require(try house().exchange.server.store.logs[.opened])
    let house = try house { log in
      let old = log
      log = LogModel(.opened, tenant: old.tenant, key: old.key)
      for place in 0..<600 { log.append(LogModel.row(place == 40 ? 9_999 : UInt64(place))) }
      log.sign()
    }
    #expect(try inspect(house).result.faults.isEmpty)
    let kept = try inspect(house, kept: [honest.signed[0], honest.signed[1]]).result
    #expect(kept.faults == [.rows(.alteredRows(32..<512))] && kept.proven == 32)
    // A log that ends before what somebody keeps.
    var longer = honest
    longer.sign()
    let missing = try inspect(try self.house(), kept: longer.signed).result
    #expect(missing.faults == [.rows(.missingRows(600..<607))])
    // What is not the tenant's counts nowhere, and where the server keeps it, it is a fault.
    var foreign = LogModel(
      .opened, tenant: honest.tenant, key: try SigningKey(secret: [UInt8](repeating: 8, count: 32)))
    foreign.grow(to: 64, telling: 3)
    foreign.sign()
    #expect(try inspect(try self.house(), kept: foreign.signed).result.faults.isEmpty)
    let planted = try inspect(try self.house { $0.signed.insert(foreign.signed[0], at: 1) }).result
    #expect(planted.faults == [.checkpoint(64)] && planted.proven == 600)
  }

  /// A server that keeps one of the logs to itself does not pass for one whose logs hold.
  @Test func aLogThatTheServerLeavesOutIsNamed() throws {
    let opened = try #require(try house().exchange.server.store.logs[.opened])
    let key = try VerifyingKey(bytes: opened.key.publicKey)
    var delivered = LogModel(.delivered, tenant: opened.tenant, key: opened.key)
    delivered.sign()
    let newest = try #require(opened.signed.last)
    let one = LogInspection(upTo: [newest], kept: [], key: key)
    #expect(one.standing.notShown == [.delivered] && one.standing.results.isEmpty)
    let both = LogInspection(upTo: delivered.signed + [newest], kept: [], key: key)
    #expect(both.standing.notShown.isEmpty)
  }

  /// Whatever ends the reading: what was found until then is there to be told.
  @Test func whatIsFoundIsToldBeforeTheEnd() throws {
    let log = try #require(try house().exchange.server.store.logs[.opened])
    let key = try VerifyingKey(bytes: log.key.publicKey)
    var inspection = LogInspection(upTo: [try #require(log.signed.last)], kept: [], key: key)
    _ = inspection.request()
    let page = WireLogPage.with {
      $0.request = 1
      $0.rows = (0..<UInt64(40)).map { place in
        WireLoggedRow(AuditRow(row: place == 7 ? nil : LogModel.row(place), leaf: log.leaves[Int(place)]))
      }
      $0.checkpoints = [WireSignedCheckpoint(log.signed[0])]
    }
    _ = try inspection.receive(page)
    let result = try #require(inspection.standing.results.first)
    #expect(inspection.results.isEmpty && result.faults == [.rows(.alteredRow(7))])
    #expect(result.faultCount == 1 && result.read == 40 && result.proven == 7)
  }

  /// Checkpoints far ahead would wait for their rows; the page's own, and the newest that was shown, do not.
  @Test func aCheckpointThatAPageDoesNotReachIsRefused() throws {
    let log = try #require(try house().exchange.server.store.logs[.opened])
    let key = try VerifyingKey(bytes: log.key.publicKey)
    let newest = try #require(log.signed.last)
    let rows = (0..<UInt64(32)).map {
      WireLoggedRow(AuditRow(row: LogModel.row($0), leaf: log.leaves[Int($0)]))
    }
    var foreign = LogModel(
      .opened, tenant: log.tenant, key: try SigningKey(secret: [UInt8](repeating: 8, count: 32)))
    foreign.grow(to: 512)
    foreign.sign()
    for (checkpoints, count, isPage) in [
      ([log.signed[0]], 32, true), ([log.signed[0], newest], 32, true), ([log.signed[0]], 31, false),
      ([log.signed[1]], 32, false), ([foreign.signed[0]], 32, true),
    ] as [([SignedCheckpoint], Int, Bool)] {
      var inspection = LogInspection(upTo: [newest], kept: [], key: key)
      _ = inspection.request()
      let page = WireLogPage.with {
        ($0.request, $0.rows) = (1, Array(rows.prefix(count)))
        $0.checkpoints = checkpoints.map(WireSignedCheckpoint.init)
      }
      if isPage {
        #expect(try inspection.receive(page).rows.count == count)
      } else {
        #expect(throws: ProtocolError.malformed) { try inspection.receive(page) }
      }
    }
  }

  @Test func aServerThatDoesNotGoOnIsNotAskedForEver() throws {
    let log = try #require(try house().exchange.server.store.logs[.opened])
    let key = try VerifyingKey(bytes: log.key.publicKey)
    let rows = (0..<601).map { WireLoggedRow(AuditRow(row: LogModel.row($0), leaf: nil)) }
    for (edit, code) in [
      ({ $0.rows = [] }, ErrorCode.malformed), ({ $0.request = 9 }, .malformed),
      ({ $0.rows = rows }, .limitExceeded), ({ $0.rows[0].leaf = .init([1]) }, .malformed),
      ({ $0.code = ErrorCode.notAvailable.rawValue }, .notAvailable),
    ] as [((inout WireLogPage) -> Void, ErrorCode)] {
      var inspection = LogInspection(upTo: [try #require(log.signed.last)], kept: [], key: key)
      let question = inspection.request()
      let again = inspection.request()
      #expect(question?.size == 600 && again == nil && !inspection.isIdle)
      var page = WireLogPage.with { ($0.request, $0.rows) = (1, [rows[0]]) }
      edit(&page)
      #expect(throws: ProtocolError(code)) { try inspection.receive(page) }
    }
  }
}
