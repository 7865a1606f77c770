import CaseModel
import Foundation
import SyncClient
import TestProcesses
import Testing

extension EndToEnd {
  /// A server whose folder, ledger and keys were put back together shows another history of its log of what
  /// was delivered, and the device that kept a checkpoint of the first one finds it.
  @Suite struct SecondHistoryTests {
    private let parts = ["", ".ledger", ".keys", ".keys.wrapping"]

    private func keep(_ place: ServedPlace) throws {
      try copyFiles(of: place.tenant, to: place.tenant + ".kept")
      for part in parts.dropFirst() {
        try FileManager.default.copyItem(
          atPath: place.tenant + part, toPath: place.folder.path + "/kept" + part)
      }
    }

    private func putBack(_ place: ServedPlace) throws {
      for part in parts { try FileManager.default.removeItem(atPath: place.tenant + part) }
      try copyFiles(of: place.tenant + ".kept", to: place.tenant)
      for part in parts.dropFirst() {
        try FileManager.default.copyItem(
          atPath: place.folder.path + "/kept" + part, toPath: place.tenant + part)
      }
    }

    /// Lets somebody else be sent something, so that there are rows, and begins the server anew, which signs.
    private func grow(_ place: ServedPlace, _ name: String) async throws -> Replica {
      let colleague = try await place.office.colleague(name, as: .familyCoordinator, of: place.leader)
      try await Office.sync(colleague)
      try place.kosd.stop()
      try place.startServer()
      return colleague
    }

    @Test(.timeLimit(.minutes(3)))
    func aServerThatShowsASecondHistoryIsFound() async throws {
      let place = try await ServedPlace()
      let karin = try await grow(place, "Karin")
      try await Office.sync(place.leader)
      try place.kosd.stop()
      try keep(place)
      try place.startServer()
      _ = try await grow(place, "Poul")
      for replica in [place.leader, karin] {
        try await Office.sync(replica)
        #expect(try replica.status().logFindings.isEmpty)
      }

      try place.kosd.stop()
      try putBack(place)
      try place.startServer()
      // The log is shorter than it was.
      try await Office.sync(place.leader)
      let leaders = try #require(try place.leader.status().logFindings.first)
      #expect(leaders.log == "delivered" && leaders.code == "unproven", "\(leaders)")
      // It is as long as it was again, with other rows.
      _ = try await grow(place, "Lis")
      try await Office.sync(karin)
      let karins = try #require(try karin.status().logFindings.first)
      #expect(karins.code == "split_view" && karins.knownSize == karins.shownSize, "\(karins)")
      #expect(try karin.status().standing == .needsPerson)
      // Work goes on all the same, and the finding stays, beside what shows more.
      try place.leader.write([[CaseWork.person(id: place.leader.newIdentifier(), name: "afterwards")]])
      try await Office.sync(place.leader)
      #expect(try place.leader.status().logFindings.first == leaders)
      // Until a person has dealt with it: then the log is gone on with as the server shows it.
      #expect(try place.leader.accept(log: .delivered) && !place.leader.accept(log: .delivered))
      try await Office.sync(place.leader)
      let log = try #require(try place.leader.logs().first)
      #expect(log.finding == nil && log.settled.first?.code == "unproven")
      #expect(log.settled.first?.known?.size == leaders.knownSize)
      #expect(
        log.settled.first?.shown.size == leaders.shownSize && (log.newest?.size ?? 0) >= leaders.shownSize)
      try place.kosd.stop()
    }
  }
}
