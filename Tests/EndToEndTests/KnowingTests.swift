import CaseModel
import Replication
import Storage
import SyncClient
import TestProcesses
import Testing
import WireProtocol

extension EndToEnd {
  /// The log of what was delivered, as a real server keeps it.
  @Suite struct KnowingTests {
    private func verify(_ place: ServedPlace) throws -> (end: ChildProcess.End, said: String) {
      let process = try ChildProcess(
        Products.path("kosd"), ["verify", "--data", place.tenant, "--json"], errors: place.log)
      let said = try process.readLine() ?? ""
      return (process.wait(), said)
    }

    private func alter(_ place: ServedPlace, _ statement: String) throws {
      let program =
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute(sys.argv[2]); db.commit()"
      let process = try ChildProcess(
        "python3", ["-c", program, place.tenant + "/tenant.db", statement], errors: place.log)
      #expect(process.wait() == .exited(0))
    }

    /// What her device found of a log is no less a reason to ask than what stands in its rows.
    @Test(.timeLimit(.minutes(2)))
    func anAuditEndsWithWhatTheDeviceFound() async throws {
      let place = try await ServedPlace()
      let officer = try await place.office.colleague("Dorte", as: .dataProtectionOfficer, of: place.leader)
      try await Office.sync(officer)
      // The server signs whenever it begins.
      try place.kosd.stop()
      try place.startServer()
      try await Office.sync(officer)
      officer.close()
      let home = place.folder.path + "/Dorte"
      #expect(try audit(home) == .exited(0))
      let keys = try DeviceKeys(home: home, passphrase: Office.noPassphrase)
      let store = try ReplicaStore(home: home, seal: StoreSeal(keys.storeKeys))
      let shown = try #require(try store.meta().logs.newest.first)
      try store.keep([.contradicted(.rolledBack, by: shown)], at: 1)
      try store.close()
      #expect(try audit(home) == .exited(3))
      try place.kosd.stop()
    }

    private func audit(_ home: String) throws -> ChildProcess.End {
      let process = try ChildProcess(
        Products.path("kos"), ["knowing-log", "audit", "--json", "--home", home])
      _ = try process.readToEnd()
      return process.wait()
    }

    @Test(.timeLimit(.minutes(2)))
    func verifyFindsARowThatWasEditedOrRemoved() async throws {
      let place = try await ServedPlace()
      let karin = try await place.office.colleague("Karin", as: .familyCoordinator, of: place.leader)
      try await Office.sync(karin)
      let served = try verify(place)
      #expect(served.end == .exited(0) && served.said.contains(#""sound":true"#), "\(served.said)")
      try place.kosd.stop()
      let stopped = try verify(place)
      #expect(stopped.end == .exited(0) && !stopped.said.contains(#""log_rows":0"#), "\(stopped.said)")
      try alter(place, "UPDATE knowing_row SET recorded_at = recorded_at + 1 WHERE log = 1 AND place = 1")
      let edited = try verify(place)
      #expect(edited.end == .exited(1))
      #expect(edited.said.contains(#"{"fault":"knowing","row":1}"#), "\(edited.said)")
      try alter(place, "UPDATE knowing_row SET recorded_at = recorded_at - 1 WHERE log = 1 AND place = 1")
      #expect(try verify(place).end == .exited(0))
      try alter(place, "DELETE FROM knowing_row WHERE log = 1 AND place = 1")
      #expect(try verify(place).end == .exited(1))
    }
  }
}
