import CaseModel
import Foundation
import Storage
import SyncClient
import TestProcesses
import Testing

extension EndToEnd {
  /// A `kosd` that cannot serve says why, ends with an error, and harms nothing.
  @Suite struct StartFailureTests {
    /// A folder with a tenant that has some content, served by nobody.
    private struct Ground {
      let folder: TemporaryFolder
      let port: Int
      var tenant: String { folder.path + "/tenant" }
      var database: URL { URL(filePath: tenant + "/tenant.db") }

      init() throws {
        folder = try TemporaryFolder("kos-start")
        port = try FreePort.find()
        _ = try Kosd.initialise(data: folder.path + "/tenant", tenant: "Prøve", leader: "Lene", port: port)
      }

      /// Starts `kosd serve` and gives back what it says when it does not serve.
      func failure(wrapper: [String] = [], port: Int? = nil) throws -> String {
        let log = folder.path + "/failure.log"
        try? FileManager.default.removeItem(atPath: log)
        let kosd = try Kosd(data: tenant, port: port ?? self.port, log: log, wrapper: wrapper)
        let said = try kosd.process.readToEnd()
        let end = kosd.process.wait()
        #expect(end == .exited(1), "\(end)")
        #expect(!said.contains("listens"))
        return try String(contentsOfFile: log, encoding: .utf8)
      }

      /// What must not change: the database and the keys, byte for byte.
      func content() throws -> [Data] {
        try ["tenant.db", "tenant.keys"].map { try Data(contentsOf: URL(filePath: tenant + "/" + $0)) }
      }

      func isSound() throws -> Bool {
        let store = try ServerStore(directory: tenant)
        defer { try? store.close() }
        return store.verify().isSound
      }
    }

    @Test("A damaged database", arguments: [0, 4_096, 20_000])
    func damaged(offset: Int) throws {
      let ground = try Ground()
      var bytes = try Data(contentsOf: ground.database)
      let range = offset..<min(offset + 4_096, bytes.count)
      bytes.replaceSubrange(range, with: Data(repeating: 0xa5, count: range.count))
      try bytes.write(to: ground.database)
      let before = try ground.content()
      let said = try ground.failure()
      #expect(said.contains(offset == 0 ? "is no tenant's database" : "is damaged"), "\(said)")
      #expect(try ground.content() == before)
    }

    @Test("A database that was cut off")
    func truncated() throws {
      let ground = try Ground()
      let bytes = try Data(contentsOf: ground.database)
      try bytes.prefix(bytes.count / 2).write(to: ground.database)
      let before = try ground.content()
      let said = try ground.failure()
      #expect(said.contains("is damaged"), "\(said)")
      #expect(try ground.content() == before)
    }

    @Test("A database of a newer kosd")
    func newerSchema() throws {
      let ground = try Ground()
      let change = "PRAGMA user_version = 99; UPDATE meta SET value = 99 WHERE key = 'compatibility';"
      let python = try ChildProcess(
        "python3",
        [
          "-c", "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.argv[2])",
          ground.database.path, change,
        ])
      try #require(python.wait() == .exited(0))
      let before = try ground.content()
      let said = try ground.failure()
      #expect(said.contains("A newer kosd wrote the tenant"), "\(said)")
      #expect(try ground.content() == before)
    }

    @Test("A folder that may not be written")
    func readOnly() throws {
      let ground = try Ground()
      let before = try ground.content()
      func setModes(folder: Int, files: Int) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: ground.tenant)
        for name in names {
          try FileManager.default.setAttributes(
            [.posixPermissions: files], ofItemAtPath: ground.tenant + "/" + name)
        }
        try FileManager.default.setAttributes([.posixPermissions: folder], ofItemAtPath: ground.tenant)
      }
      try setModes(folder: 0o500, files: 0o400)
      // Modes bind root only without the capabilities to overrule them.
      let capabilities = "-dac_override,-dac_read_search"
      let said = try ground.failure(
        wrapper: geteuid() == 0
          ? ["setpriv", "--inh-caps=" + capabilities, "--bounding-set=" + capabilities] : [])
      #expect(said.contains("cannot be read and written"), "\(said)")
      try setModes(folder: 0o700, files: 0o600)
      #expect(try ground.content() == before)
      #expect(try ground.isSound())
    }

    @Test("A port in use, and a folder in use; whoever was there first goes on")
    func inUse() async throws {
      let place = try await ServedPlace()
      let other = try Ground()
      #expect(try other.failure(port: place.port).contains("port cannot be used"))
      #expect(try other.isSound())

      let log = place.folder.path + "/second.log"
      let second = try Kosd(data: place.tenant, port: other.port, log: log)
      _ = try second.process.readToEnd()
      #expect(second.process.wait() == .exited(1))
      let said = try String(contentsOfFile: log, encoding: .utf8)
      #expect(said.contains("Another kosd has the tenant"), "\(said)")

      try place.leader.write([[CaseWork.person(id: place.leader.newIdentifier(), name: "Bo")]])
      try await Office.sync(place.leader)
      place.leader.close()
      try place.kosd.stop()
      let store = try ServerStore(directory: place.tenant)
      #expect(store.verify().isSound)
      try store.close()
    }

    @Test("No tenant, and a tenant where one is to be made")
    func missingAndExisting() throws {
      let ground = try Ground()
      let before = try ground.content()
      #expect(throws: ProcessFailure.self) {
        try Kosd.initialise(data: ground.tenant, tenant: "Anden", leader: "Lise", port: ground.port)
      }
      #expect(try ground.content() == before)
      try FileManager.default.removeItem(atPath: ground.tenant)
      #expect(try ground.failure().contains("There is no tenant"))
    }
  }
}
