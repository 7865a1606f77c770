import CaseModel
import SyncClient
import TestProcesses
import Testing

extension EndToEnd {
  /// Somebody writes while another session of the same replica is open.
  @Suite struct WakingTests {
    /// The session before still listens for a moment after its end, and must not keep a wake-up to itself.
    @Test(.timeLimit(.minutes(1))) func whatIsWrittenRightAfterASessionBeganIsSent() async throws {
      let place = try await Workplace()
      let leader = place.leader
      struct Done: Error {}
      for round in 0..<15 {
        try await place.sync(leader)
        var isWritten = false
        await #expect(throws: Done.self) {
          try await leader.watch(passphrase: Workplace.noPassphrase) { event in
            guard case .upToDate = event else { return }
            if isWritten { throw Done() }
            isWritten = true
            try leader.write([[CaseWork.person(id: leader.newIdentifier(), name: "\(round)")]])
          }
        }
        #expect(try leader.status().pendingEntries == 0)
      }
      await place.close()
    }
  }
}
