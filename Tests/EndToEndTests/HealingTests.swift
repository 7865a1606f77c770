import CRDT
import CaseModel
import Foundation
import SyncClient
import TestProcesses
import Testing

extension EndToEnd {
  /// A server that is restored, or set back behind its back, on real sockets and files.
  @Suite struct HealingTests {
    private func names(_ replica: Replica) throws -> Set<String> {
      Set(try replica.records().compactMap { $0.text(Field.Person.name) })
    }

    private func write(_ name: String, at replica: Replica) throws {
      try replica.write([[CaseWork.person(id: replica.newIdentifier(), name: name)]])
    }

    @Test func aDatabaseThatWasCopiedBackIsFoundOutAndHealed() async throws {
      let place = try await Workplace()
      let karin = try await place.colleague("Karin", as: .familyCoordinator, invitedBy: place.leader)
      try await place.sync(karin)
      let copy = place.folder + "/copy"
      try await place.restartServer { try FileManager.default.copyItem(atPath: $0, toPath: copy) }
      try write("after the copy", at: place.leader)
      #expect(try await place.sync(place.leader) == .upToDate)
      #expect(try await place.sync(karin) == .upToDate)
      try await place.restartServer { directory in
        try FileManager.default.removeItem(atPath: directory)
        try FileManager.default.copyItem(atPath: copy, toPath: directory)
      }
      try write("written since", at: place.leader)
      for _ in 0..<2 {
        #expect(try await place.sync(place.leader) == .upToDate)
        #expect(try await place.sync(karin) == .upToDate)
      }
      for replica in [place.leader, karin] {
        #expect(try names(replica).isSuperset(of: ["after the copy", "written since"]))
        #expect(try replica.status().confirmation == nil)
        #expect(try replica.status().refused.isEmpty)
      }
      await place.close()
    }

    @Test func aRestoredReplicaSendsItsWorkAndReadsOnceItIsConfirmed() async throws {
      let place = try await Workplace()
      let karin = try await place.colleague("Karin", as: .familyCoordinator, invitedBy: place.leader)
      try await place.sync(karin)
      let home = karin.home
      karin.close()
      let copy = place.folder + "/karin-copy"
      try copyFiles(of: home, to: copy)
      let original = try Replica(home: home)
      for _ in 0..<2 { try await place.sync(original) }
      let restored = try Replica(home: copy)
      try write("from the restored replica", at: restored)
      #expect(try await place.sync(restored) == .upToDate)
      let digits = try #require(try restored.status().confirmation)
      try write("for the others", at: place.leader)
      try await place.sync(place.leader)
      try await place.sync(restored)
      #expect(try names(place.leader).contains("from the restored replica"))
      #expect(try !names(restored).contains("for the others"))
      // Whoever invited the person may say that it is hers.
      try await place.leader.confirm(
        digits: try #require(UInt32(digits)), of: restored.profile.person,
        passphrase: Workplace.noPassphrase)
      #expect(try await place.sync(restored) == .upToDate)
      #expect(try names(restored).isSuperset(of: ["for the others", "from the restored replica"]))
      #expect(try restored.status().confirmation == nil)
      await place.close()
    }

    @Test func aDeviceThatWasEnrolledSinceIsKnownToADatabaseThatWasSetBack() async throws {
      let place = try await Workplace()
      let copy = place.folder + "/copy"
      try await place.restartServer { try FileManager.default.copyItem(atPath: $0, toPath: copy) }
      let karin = try await place.colleague("Karin", as: .familyCoordinator, invitedBy: place.leader)
      try write("by somebody new", at: karin)
      #expect(try await place.sync(karin) == .upToDate)
      try await place.restartServer { directory in
        try FileManager.default.removeItem(atPath: directory)
        try FileManager.default.copyItem(atPath: copy, toPath: directory)
      }
      #expect(!place.server.opening.isInRecovery && !place.server.opening.lines.isEmpty)
      for _ in 0..<2 {
        #expect(try await place.sync(karin) == .upToDate)
        #expect(try await place.sync(place.leader) == .upToDate)
      }
      #expect(try names(place.leader).contains("by somebody new"))
      #expect(try karin.status().confirmation == nil)
      await place.close()
    }

    @Test func withoutTheLedgerWorkIsTakenAndNothingIsDeliveredUntilALeaderSaysSo() async throws {
      let place = try await Workplace()
      let karin = try await place.colleague("Karin", as: .familyCoordinator, invitedBy: place.leader)
      try await place.sync(karin)
      try await place.restartServer { try FileManager.default.removeItem(atPath: $0 + ".ledger") }
      #expect(place.server.opening.isInRecovery)
      try write("in recovery", at: karin)
      #expect(try await place.sync(karin) == .refused("IN_RECOVERY"))
      #expect(try karin.status().pendingEntries == 0)
      #expect(try karin.status().lastFailure == "IN_RECOVERY")
      #expect(try await place.sync(place.leader) == .refused("IN_RECOVERY"))
      #expect(try !names(place.leader).contains("in recovery"))
      await #expect(throws: ReplicaError(.refused(name: "NOT_PERMITTED"))) {
        try await karin.endRecovery(passphrase: Workplace.noPassphrase)
      }
      try await place.leader.endRecovery(passphrase: Workplace.noPassphrase)
      for replica in [place.leader, karin] { #expect(try await place.sync(replica) == .upToDate) }
      #expect(try names(place.leader).contains("in recovery"))
      try await place.restartServer()
      #expect(!place.server.opening.isInRecovery)
      await place.close()
    }
  }
}
