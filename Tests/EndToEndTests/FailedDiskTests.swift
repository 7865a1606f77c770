import CaseModel
import Storage
import SyncClient
import TestProcesses
import Testing

extension EndToEnd {
  /// A server whose disk fails under it.
  @Suite struct FailedDiskTests {
    /// A limit on the size of files stands for the disk: beyond it every write fails. The server says so and
    /// ends, instead of telling everybody to try again for ever; started anew it has all that it
    /// acknowledged.
    @Test(.timeLimit(.minutes(1))) func theServerEndsAndTheNextOneGoesOn() async throws {
      let place = try await ServedPlace { _ in
        ["/bin/bash", "-c", "trap '' XFSZ; ulimit -f 600; exec \"$0\" \"$@\""]
      }
      let leader = place.leader
      let long = String(repeating: "x", count: 4_000)
      try leader.write(
        (1...400).map { [CaseWork.person(id: leader.newIdentifier(), name: "\($0) \(long)")] })
      let outcome = try await leader.sync(passphrase: Office.noPassphrase, timeout: .seconds(30))
      #expect(outcome != .upToDate)
      #expect(place.kosd.process.wait() == .exited(1))
      #expect(place.kosd.logEnd().contains("failed"), "\(place.kosd.logEnd())")
      #expect(!place.kosd.logEnd().contains("xxxx"))

      let next = try Kosd(data: place.tenant, port: place.port, log: place.folder.path + "/next.log")
      try next.awaitListening()
      try await Office.sync(leader)
      #expect(try leader.status().refused.isEmpty)
      try next.stop()
      let store = try ServerStore(directory: place.tenant)
      #expect(store.verify().isSound)
      #expect(try store.counts().changes == 401)
      try store.close()
    }

    /// With less room than is kept free, people read on and are told to try again with their work.
    @Test(.timeLimit(.minutes(1))) func aDiskThatIsNearlyFullIsReadOn() async throws {
      let place = try await Workplace()
      let second = try await place.colleague("Karla", as: .familyCoordinator, invitedBy: place.leader)
      let write = { (name: String) in
        _ = try place.leader.write([[CaseWork.person(id: place.leader.newIdentifier(), name: name)]])
      }
      let known = { try second.records().compactMap { $0.text(Field.Person.name) } }
      try write("Before")
      try await place.sync(place.leader)
      try await place.restartServer(keepingFree: .max)
      try write("Meanwhile")
      #expect(try await place.sync(place.leader) == .refused("RETRY"))
      #expect(try await place.sync(second) == .upToDate)
      #expect(try known().contains("Before") && !known().contains("Meanwhile"))
      try await place.restartServer()
      #expect(try await place.sync(place.leader) == .upToDate)
      #expect(try await place.sync(second) == .upToDate)
      #expect(try known().contains("Meanwhile"))
      await place.close()
    }
  }
}
