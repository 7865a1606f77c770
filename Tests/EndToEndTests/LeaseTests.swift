import CaseModel
import Foundation
import Replication
import Storage
import SyncClient
import TestProcesses
import Testing

extension EndToEnd {
  /// A lease that ends, on a replica of a real server: shown is nothing, written and sent is everything.
  @Suite struct LeaseTests {
    private func kos(_ home: String, _ words: String...) throws -> ChildProcess.End {
      let process = try ChildProcess(
        Products.path("kos"), words + ["--home", home, "--json"], errors: home + ".errors")
      _ = try process.readToEnd()
      return process.wait()
    }

    /// Changes what a replica that nobody has open knows of itself.
    private func update(_ home: String, _ body: (inout ReplicaMeta) -> Void) throws -> ReplicaMeta {
      let keys = try DeviceKeys(home: home, passphrase: Office.noPassphrase)
      let store = try ReplicaStore(home: home, seal: StoreSeal(keys.storeKeys))
      defer { try? store.close() }
      return try store.updateMeta(body)
    }

    @Test func itLocksWhatIsShownUntilTheNextContact() async throws {
      let place = try await ServedPlace()
      let home = place.leader.home
      #expect(try !place.leader.lease().isOver)
      place.leader.close()
      let until = try #require(try update(home) { _ in }.lease?.until)
      let month = until - Int64(Date().timeIntervalSince1970 * 1_000)
      #expect(abs(month - 30 * 86_400_000) < 60_000)
      #expect(try kos(home, "case", "list") == .exited(0))

      // The device was told of a later time once, whatever its clock says now.
      _ = try update(home) { $0.knownTime = KnownTime(time: until) }
      for words in [
        ["case", "list"], ["person", "list"], ["conflicts"], ["explain"], ["report", "status"],
      ] {
        let process = try ChildProcess(
          Products.path("kos"), words + ["--home", home], errors: home + ".errors")
        #expect(try process.readToEnd().isEmpty, "\(words)")
        #expect(process.wait() == .exited(8), "\(words)")
      }
      #expect(try kos(home, "status-meeting", "--offline") == .exited(0))
      #expect(try kos(home, "status") == .exited(0))
      let locked = try Replica(home: home)
      #expect(try locked.status().lease.isOver && locked.status().pendingEntries == 1)
      locked.close()

      #expect(try kos(home, "sync") == .exited(0))
      #expect(try kos(home, "case", "list") == .exited(0))
      let open = try Replica(home: home)
      #expect(try !open.status().lease.isOver && open.status().pendingEntries == 0)
      open.close()
    }
  }
}
