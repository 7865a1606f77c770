import CaseModel
import Glibc
import SyncClient
import TestProcesses
import Testing

extension EndToEnd {
  /// A server that holds its connections and does nothing.
  @Suite struct NoProgressTests {
    @Test(.timeLimit(.minutes(1))) func workDoesNotWaitForAServerThatStandsStill() async throws {
      let place = try await ServedPlace()
      let leader = place.leader
      leader.tick = .milliseconds(40)
      struct Done: Error {}
      var reasons: [String] = []
      var isWritten = false
      await #expect(throws: Done.self) {
        try await leader.watch(passphrase: Office.noPassphrase) { event in
          switch event {
          case .upToDate where !isWritten:
            place.kosd.process.signal(SIGSTOP)
            isWritten = true
            try leader.write([[CaseWork.person(id: leader.newIdentifier(), name: "Bo")]])
          case .upToDate: throw Done()
          case .disconnected(let reason):
            reasons.append(reason)
            place.kosd.process.signal(SIGCONT)
          case .connected, .changed, .refused, .healed, .unconfirmed, .attachmentsAvailable,
            .serverRecovers, .quarantineWaiting:
            break
          }
        }
      }
      #expect(reasons.first == "no_progress")
      #expect(try leader.status().pendingEntries == 0)
      try place.kosd.stop()
    }
  }
}
