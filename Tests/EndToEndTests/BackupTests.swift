import CaseModel
import Foundation
import SyncClient
import TestProcesses
import Testing

extension EndToEnd {
  /// `kosd backup` and `kosd restore` as processes of their own, beside a server that is used and killed.
  @Suite struct BackupTests {
    private struct Ground {
      let place: ServedPlace
      let backup: String
      private let key: String

      init() async throws { try self.init(try await ServedPlace()) }

      init(_ served: ServedPlace) throws {
        place = served
        backup = place.folder.path + "/backup"
        key = place.folder.path + "/backup.key"
        try Data("a long enough passphrase\n".utf8).write(to: URL(filePath: key))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
      }

      func startBackup() throws -> ChildProcess {
        try ChildProcess(
          Products.path("kosd"), ["backup", "--data", place.tenant, "--to", backup, "--key-file", key])
      }

      func startRestore(_ options: [String] = []) throws -> ChildProcess {
        try ChildProcess(
          Products.path("kosd"),
          ["restore", "--from", backup, "--data", place.tenant, "--key-file", key] + options)
      }

      func startDrill(_ options: [String]) throws -> ChildProcess {
        try ChildProcess(
          Products.path("kosd"), ["drill", "--data", place.tenant, "--key-file", key] + options)
      }

      func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

      /// What lies in the tenant's folder and beside it that a finished server would not have left.
      func leftovers() throws -> [String] {
        let files = FileManager.default
        let inside = exists(place.tenant) ? try files.contentsOfDirectory(atPath: place.tenant) : []
        let beside = try files.contentsOfDirectory(atPath: place.folder.path)
        return inside.filter { $0.contains("backup") && $0 != "tenant.backups" }
          + beside.filter { $0.contains("restoring") }
          + beside.filter { $0.hasSuffix(".new") }
      }
    }

    private func names(_ replica: Replica) throws -> Set<String> {
      Set(try replica.records().compactMap { $0.text(Field.Person.name) })
    }

    private func write(_ name: String, at replica: Replica) throws {
      try replica.write([[CaseWork.person(id: replica.newIdentifier(), name: name)]])
    }

    @Test(.timeLimit(.minutes(2)))
    func aBackupMadeUnderLoadIsRestoredAfterAKillAndTheDevicesGiveBackWhatCameSince() async throws {
      let ground = try await Ground()
      let place = ground.place
      let leader = place.leader
      let karin = try await place.office.colleague("Karin", as: .familyCoordinator, of: leader)
      try await Office.sync(karin)
      for number in 0..<20 { try write("before \(number)", at: leader) }
      try await Office.sync(leader)

      let making = try ground.startBackup()
      var steps: [String] = []
      var meanwhile = 0
      reading: while true {
        while making.hasSpoken {
          guard let line = try making.readLine() else { break reading }
          steps.append(line)
        }
        meanwhile += 1
        try write("meanwhile \(meanwhile)", at: leader)
        try await Office.sync(leader)
      }
      #expect(making.wait() == .exited(0))
      #expect(
        steps.dropLast() == ["copying", "verifying", "sealing", "done"].map { "kosd backup: \($0)" })
      #expect(steps.last?.contains("all sound") == true)
      #expect(meanwhile > 0)
      // Nothing is written over.
      #expect(try ground.startBackup().wait() == .exited(1))

      try write("after the backup", at: leader)
      try await Office.sync(leader)
      try await Office.sync(karin)
      try write("not sent when the server was lost", at: leader)
      #expect(place.kosd.process.endNow() == .killed(SIGKILL))
      #expect(try ground.startRestore().wait() == .exited(1))
      try FileManager.default.removeItem(atPath: place.tenant)
      #expect(try ground.startRestore(["--dry-run"]).wait() == .exited(0))
      #expect(!ground.exists(place.tenant))
      #expect(try ground.startRestore().wait() == .exited(0))
      #expect(try ground.leftovers() == [])

      let kosd = try Kosd(data: place.tenant, port: place.port, log: place.log)
      try kosd.awaitListening()
      for replica in [leader, karin, leader] { try await Office.sync(replica) }
      for replica in [leader, karin] {
        let names = try names(replica)
        #expect(names.contains("after the backup") && names.contains("not sent when the server was lost"))
        #expect(names.filter { $0.hasPrefix("before") }.count == 20)
        #expect(names.filter { $0.hasPrefix("meanwhile") }.count == meanwhile)
        let status = try replica.status()
        #expect(status.pendingEntries == 0 && status.refused.isEmpty && status.confirmation == nil)
        #expect(status.healing?.isGoingOn == false)
      }
      #expect(try leader.status().healing?.returnedChanges ?? 0 > 0)
      try kosd.stop()
    }

    @Test(.timeLimit(.minutes(2)))
    func aBackupKilledAtAnyStepLeavesNoneAndHarmsNothing() async throws {
      let ground = try await Ground()
      for step in ["copying", "verifying", "sealing"] {
        try kill(at: "kosd backup: \(step)", { try ground.startBackup() }, undo: ground.backup)
        #expect(!ground.exists(ground.backup), "killed at \(step)")
        try write("after a kill at \(step)", at: ground.place.leader)
        try await Office.sync(ground.place.leader)
      }
      #expect(try ground.startBackup().wait() == .exited(0))
      #expect(try ground.leftovers() == [])

      try ground.place.kosd.stop()
      try FileManager.default.removeItem(atPath: ground.place.tenant)
      for step in ["opening", "verifying"] {
        try kill(at: "kosd restore: \(step)", { try ground.startRestore() }, undo: ground.place.tenant)
        #expect(!ground.exists(ground.place.tenant), "killed at \(step)")
      }
      #expect(try ground.startRestore().wait() == .exited(0))
      #expect(try ground.leftovers() == [])
      let kosd = try Kosd(data: ground.place.tenant, port: ground.place.port, log: ground.place.log)
      try kosd.awaitListening()
      try await Office.sync(ground.place.leader)
      #expect(try ground.place.leader.status().healing?.returnedChanges == 0)
      try kosd.stop()
    }

    /// Kills a process when it has said a line. One that was done sooner is undone and started again.
    private func kill(at line: String, _ start: () throws -> ChildProcess, undo path: String) throws {
      for _ in 0..<20 {
        let process = try start()
        while let said = try process.readLine(), said != line {}
        if process.endNow() == .killed(SIGKILL) { return }
        try FileManager.default.removeItem(atPath: path)
      }
      Issue.record("never killed at \(line)")
    }

    @Test(.timeLimit(.minutes(2)))
    func aDrillRestoresTheNewestBackupBesideTheServerAndLeavesNothing() async throws {
      let ground = try await Ground()
      let making = try ground.startBackup()
      #expect(making.wait() == .exited(0))
      try write("since the backup", at: ground.place.leader)
      try await Office.sync(ground.place.leader)
      let before = try Data(contentsOf: URL(filePath: ground.place.tenant + ".ledger"))
      let drill = try ground.startDrill(["--json"])
      let line = try drill.readLine() ?? ""
      #expect(drill.wait() == .exited(0))
      #expect(line.contains(#""took_ms":"#) && line.contains(#""ledger_entries_since":"#), "\(line)")
      #expect(try Data(contentsOf: URL(filePath: ground.place.tenant + ".ledger")) == before)
      #expect(!ground.exists(ground.place.tenant + ".drill"))
      try write("after the drill", at: ground.place.leader)
      try await Office.sync(ground.place.leader)

      var bytes = try Data(contentsOf: URL(filePath: ground.backup))
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: URL(filePath: ground.backup))
      #expect(try ground.startDrill([]).wait() == .exited(1))
      #expect(!ground.exists(ground.place.tenant + ".drill"))
      try ground.place.kosd.stop()
    }

    @Test(.timeLimit(.minutes(2)))
    func bytesOfAnAttachmentThatCameAfterTheBackupAreSentAgain() async throws {
      let place = try await AttachmentPlace(byteCount: 200_000, canary: "kanarie-indhold")
      let ground = try Ground(place.served)
      #expect(try ground.startBackup().wait() == .exited(0))
      try place.attach(as: "brev.pdf")
      try await Office.sync(place.karin)
      try await Office.sync(place.poul)
      #expect(place.served.kosd.process.endNow() == .killed(SIGKILL))
      try FileManager.default.removeItem(atPath: place.served.tenant)
      #expect(try ground.startRestore().wait() == .exited(0))
      try place.served.startServer()
      for replica in [place.karin, place.poul, place.karin] { try await Office.sync(replica) }
      let outcome = try await place.poul.fetch(
        attachment: place.attachment, passphrase: Office.noPassphrase, timeout: .seconds(60))
      #expect(outcome == .here)
      var bytes: [UInt8] = []
      try place.poul.readAttachment(place.attachment) { bytes += $0 }
      #expect(bytes == place.content)
      try place.served.kosd.stop()
    }
  }
}
