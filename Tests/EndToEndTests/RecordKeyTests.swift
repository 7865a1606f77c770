import CaseModel
import Foundation
import SyncClient
import TestProcesses
import Testing

extension EndToEnd {
  /// `kosd keys` as processes of their own, beside a server that is used.
  @Suite struct RecordKeyTests {
    private struct Ground {
      let place: ServedPlace
      let key: String
      var keys: String { place.tenant + ".keys" }
      var backup: String { place.folder.path + "/keys-backup" }

      init() async throws {
        place = try await ServedPlace()
        key = place.folder.path + "/backup.key"
        try Data("a long enough passphrase\n".utf8).write(to: URL(filePath: key))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
      }

      func run(_ arguments: [String]) throws -> (output: String, end: ChildProcess.End) {
        let process = try ChildProcess(Products.path("kosd"), ["keys"] + arguments)
        return (try process.readToEnd(), process.wait())
      }

      func write(_ name: String) async throws {
        let leader = place.leader
        try leader.write([[CaseWork.person(id: leader.newIdentifier(), name: name)]])
        try await Office.sync(leader)
        #expect(try leader.status().pendingEntries == 0)
      }

      var wrapping: Data { get throws { try Data(contentsOf: URL(filePath: keys + ".wrapping")) } }
    }

    @Test(.timeLimit(.minutes(2)))
    func keysAreRotatedAndBackedUpBesideTheServerAndWithoutThemItDoesNotStart() async throws {
      let ground = try await Ground()
      let place = ground.place
      for number in 0..<20 { try await ground.write("before \(number)") }
      let wrapping = try ground.wrapping
      #expect(try ground.run(["rotate", "--data", place.tenant]).end == .exited(0))
      #expect(try ground.wrapping != wrapping)
      for number in 0..<5 { try await ground.write("between \(number)") }
      let made = try ground.run([
        "backup", "--data", place.tenant, "--to", ground.backup, "--key-file", ground.key, "--json",
      ])
      #expect(made.end == .exited(0) && made.output.contains(#""kept_days":35"#), "\(made)")
      // The server has all in memory; another device has it read what was wrapped anew.
      let karin = try await place.office.colleague("Karin", as: .familyCoordinator, of: place.leader)
      try await Office.sync(karin)
      #expect(try ground.run(["rotate", "--data", place.tenant]).end == .exited(0))
      try await ground.write("after")
      try await Office.sync(karin)

      try place.kosd.stop()
      for file in [ground.keys, ground.keys + ".wrapping"] {
        try FileManager.default.removeItem(atPath: file)
      }
      let lost = try Kosd(data: place.tenant, port: place.port, log: place.log)
      #expect(lost.process.wait() == .exited(1))
      #expect(try String(contentsOfFile: place.log, encoding: .utf8).contains("kosd keys restore"))
      let restore = ["restore", "--from", ground.backup, "--data", place.tenant, "--key-file", ground.key]
      #expect(try ground.run(restore).end == .exited(0))
      // Nothing is written over.
      #expect(try ground.run(restore).end == .exited(1))
      try place.startServer()
      let fresh = try await place.office.colleague("Poul", as: .familyCoordinator, of: place.leader)
      try await Office.sync(fresh)
      let names = Set(try fresh.records().compactMap { $0.text(Field.Person.name) })
      #expect(names.isSuperset(of: ["before 0", "before 19", "between 4", "after"]))
      try place.kosd.stop()
    }
  }
}
