import SyncClient
import TestProcesses
import Testing

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
