import CRDT
import CaseModel
import Storage
import SyncClient
import TestProcesses
import Testing

extension EndToEnd {
  /// A device whose cursor is worth nothing any more.
  @Suite struct LostCursorTests {
    @Test func theNextSessionAsksWithoutACursor() async throws {
      let place = try await Workplace()
      let karin = try await place.colleague("Karin", as: .familyCoordinator, invitedBy: place.leader)
      try await place.sync(karin)
      let keys = try DeviceKeys(home: karin.home, passphrase: Office.noPassphrase)
      let store = try ReplicaStore(home: karin.home, seal: StoreSeal(keys.storeKeys))
      try store.updateMeta { $0.cursor = [1, 2, 3] }
      try store.close()
      let missed = place.leader.newIdentifier()
      try place.leader.write([[CaseWork.person(id: missed, name: "while it was lost")]])
      try await place.sync(place.leader)

      #expect(try await place.sync(karin) == .refused("MALFORMED"))
      #expect(try await place.sync(karin) == .upToDate)
      #expect(try karin.records().contains { $0.id == missed })
      await place.close()
    }
  }
}
