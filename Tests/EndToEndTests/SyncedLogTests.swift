import CaseModel
import Foundation
import SyncClient
import TestProcesses
import Testing

extension EndToEnd {
  /// A kill does not show a missing sync: the kernel keeps what a dead process wrote. So the system calls of
  /// the real programs are looked at: nothing is acknowledged before the disk was told to keep it.
  @Suite struct SyncedLogTests {
    @Test("kosd syncs its log between the receipt of a push and the verdict", .timeLimit(.minutes(1)))
    func serverSyncsBeforeTheVerdict() async throws {
      try Trace.checkPermission()
      let place = try await ServedPlace { Trace.wrapper(listing: $0.path + "/trace") }
      // In an open session, so that the push is all that is said.
      struct Done: Error {}
      var began: Double?
      var ended = 0.0
      await #expect(throws: Done.self) {
        try await place.leader.watch(passphrase: Office.noPassphrase) { event in
          guard case .upToDate = event else { return }
          if began != nil {
            ended = Date().timeIntervalSince1970
            throw Done()
          }
          began = Date().timeIntervalSince1970
          try place.leader.write([[CaseWork.person(id: place.leader.newIdentifier(), name: "Bo")]])
        }
      }
      try place.kosd.stop()

      let trace = try Trace(listing: place.folder.path + "/trace")
      let start = try #require(began)
      let calls = trace.calls.filter { $0.time > start && $0.time < ended && $0.result > 0 }
      let verdict = try #require(calls.first { $0.name == "sendto" && $0.target.contains("socket:") })
      let push = try #require(
        calls.last {
          ["recvfrom", "read"].contains($0.name) && $0.target == verdict.target && $0.began < verdict.began
        })
      let isSynced = trace.isLogSynced(of: "tenant.db", after: push, before: verdict)
      #expect(isSynced)
    }

    @Test("kos syncs its log before it says that it saved")
    func clientSyncsBeforeItSaysSo() async throws {
      try Trace.checkPermission()
      let place = try await ServedPlace()
      place.leader.close()
      let listing = place.folder.path + "/trace"
      let command =
        Trace.wrapper(listing: listing) + [
          try Products.path("kos"), "person", "add", "--name", "Bo", "--offline", "--json", "--home",
          place.folder.path + "/Lene",
        ]
      let kos = try ChildProcess(command[0], Array(command.dropFirst()))
      let said = try kos.readToEnd()
      #expect(kos.wait() == .exited(0))
      #expect(said.contains("\"saved\":true"))

      let trace = try Trace(listing: listing)
      let start = try #require(trace.calls.first)
      let word = try #require(
        trace.calls.first { $0.name == "write" && $0.target.hasPrefix("1<") && $0.text.contains("saved") })
      let isSynced = trace.isLogSynced(of: "replica.db", after: start, before: word)
      #expect(isSynced)
      try place.kosd.stop()
    }
  }
}
