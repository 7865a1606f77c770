import CRDT
import CaseModel
import SyncClient
import TestProcesses
import Testing

extension EndToEnd {
  /// Who was sent a record, asked of a real server.
  @Suite struct WhoSawTests {
    /// A tenant with a case, whose coordinator is Karin and of whose team Poul is.
    private struct Ground {
      let place: ServedPlace
      let karin: Replica
      let poul: Replica
      let caseID: Identifier
      let assessment: Identifier

      init() async throws {
        place = try await ServedPlace()
        let leader = place.leader
        karin = try await place.office.colleague("Karin", as: .familyCoordinator, of: leader)
        poul = try await place.office.colleague("Poul", as: .coreTeam, of: leader)
        (caseID, assessment) = (leader.newIdentifier(), leader.newIdentifier())
        try await place.office.openCase(caseID, assessment: assessment, leader: leader, team: [karin, poul])
        try sign()
      }

      /// The server signs whenever it begins.
      func sign() throws {
        try place.kosd.stop()
        try place.startServer()
      }

      func ask(_ replica: Replica, since time: Int64 = 0) async throws -> KnowingReport {
        try await replica.whoSaw([assessment], since: time, passphrase: Office.noPassphrase)
      }
    }

    @Test(.timeLimit(.minutes(2)))
    func theCoordinatorIsToldWhoHasARecordAndByWhichRule() async throws {
      let ground = try await Ground()
      let report = try await ground.ask(ground.karin)
      let pouls = try #require(report.lines.first { $0.agent?.name == "Poul" }, "\(report)")
      #expect(pouls.act == .entered && pouls.rule == "participant")
      #expect(report.asOf != nil && report.unavailable.isEmpty)
      // Who wrote it was sent nothing.
      #expect(!report.lines.contains { $0.agent?.name == "Karin" })
      let later = try await ground.ask(ground.karin, since: pouls.recordedAt + 60_000)
      #expect(later.lines.isEmpty && later.unavailable.isEmpty)

      // Reading the history is a row of its own.
      _ = try await ground.poul.changes(
        of: [ground.assessment], passphrase: Office.noPassphrase, timeout: .seconds(30))
      try ground.sign()
      let again = try await ground.ask(ground.karin)
      #expect(again.lines.contains { $0.agent?.name == "Poul" && $0.act == .history })
      try ground.place.kosd.stop()
    }

    /// What somebody reads on her own device, without a connection, is in the log after her next session.
    @Test(.timeLimit(.minutes(2)))
    func theCoordinatorIsToldWhoOpenedARecord() async throws {
      let ground = try await Ground()
      try ground.poul.open([ground.assessment], for: Role.coreTeam.openingPurpose)
      #expect(try ground.poul.waitingOpenings() == 1)
      try await Office.sync(ground.poul)
      #expect(try ground.poul.waitingOpenings() == 0)
      try ground.sign()
      let report = try await ground.ask(ground.karin)
      let opened = report.lines.filter { if case .opened = $0.act { true } else { false } }
      let line = try #require(opened.first, "\(report)")
      guard case .opened("coordination", let at) = line.act else {
        Issue.record("\(line)")
        return
      }
      #expect(opened.count == 1 && line.agent?.name == "Poul" && at <= line.recordedAt)
      try ground.place.kosd.stop()
    }

    /// A device looks for what it said in the log that was signed since, and finds a server that left it out.
    @Test(.timeLimit(.minutes(2)), arguments: [false, true])
    func aDeviceLooksForItsOwnRows(isDropped: Bool) async throws {
      let ground = try await Ground()
      let poul = ground.poul
      try poul.open([ground.assessment], for: Role.coreTeam.openingPurpose)
      try await Office.sync(poul)
      try ground.place.kosd.stop()
      if isDropped { try run("DELETE FROM knowing_opened", on: ground.place.tenant + "/tenant.db") }
      try ground.place.startServer()
      try run("UPDATE opening SET taken_at = taken_at - 600000", on: poul.home + "/replica.db")
      try await Office.sync(poul)
      #expect(try poul.status().logFindings.map(\.code) == (isDropped ? ["row_dropped"] : []))
      #expect(try poul.logs().map { $0.finding != nil } == [false, isDropped])
      try run(
        "SELECT 1 / (count(*) = \(isDropped ? 0 : 1)) FROM opening WHERE is_found",
        on: poul.home + "/replica.db")
      // Once somebody has explained it, it is told again.
      #expect(try poul.accept(log: .opened) == isDropped && poul.waitingOpenings() == (isDropped ? 1 : 0))
      try await Office.sync(poul)
      #expect(try poul.waitingOpenings() == 0 && poul.status().logFindings.isEmpty)
      #expect(try poul.logs().map(\.settled.count) == [0, isDropped ? 1 : 0])
      try ground.place.kosd.stop()
    }

    private func run(_ statement: String, on database: String) throws {
      let program = """
        import sqlite3, sys
        db = sqlite3.connect(sys.argv[1], timeout=20)
        rows = db.execute(sys.argv[2]).fetchall()
        db.commit()
        sys.exit(1 if rows and rows[0][0] is None else 0)
        """
      let process = try ChildProcess("python3", ["-c", program, database, statement])
      #expect(process.wait() == .exited(0), "\(statement)")
    }

    @Test(.timeLimit(.minutes(2)))
    func whoMayNotKnowIsToldAsMuchAsOfWhatDoesNotExist() async throws {
      let ground = try await Ground()
      let pouls = try await ground.ask(ground.poul)
      #expect(pouls.lines.isEmpty && pouls.unavailable == [ground.assessment])
      let nothing = ground.karin.newIdentifier()
      let none = try await ground.karin.whoSaw([nothing], since: 0, passphrase: Office.noPassphrase)
      #expect(none.lines.isEmpty && none.unavailable == [nothing] && none.asOf == nil)
      try ground.place.kosd.stop()
    }

    @Test(.timeLimit(.minutes(2)))
    func aRowThatDoesNotStandInTheSignedLogIsNotTold() async throws {
      let ground = try await Ground()
      #expect(try await !ground.ask(ground.karin).lines.isEmpty)
      try ground.place.kosd.stop()
      try run(
        "UPDATE knowing_row SET recorded_at = recorded_at - 86400000 WHERE record IS NOT NULL",
        on: ground.place.tenant + "/tenant.db")
      try ground.place.startServer()
      await #expect(throws: ReplicaError(.refused(name: "BAD_SIGNATURE"))) {
        try await ground.ask(ground.karin)
      }
      try ground.place.kosd.stop()
    }
  }
}
