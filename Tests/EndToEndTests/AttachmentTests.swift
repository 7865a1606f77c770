import CRDT
import CaseModel
import Foundation
import SyncClient
import TestProcesses
import Testing

extension EndToEnd {
  /// A file of 20 MB on its way from one device to another over the real server, with everybody killed in the
  /// middle.
  @Suite struct AttachmentTests {
    private static let fileName = "kanarie-filnavn.pdf"
    private static let canary = "kanarie-indhold"

    @Test(.timeLimit(.minutes(5))) func whoeverIsKilledGoesOnWhereTheBytesStood() async throws {
      let place = try await AttachmentPlace(byteCount: 20_000_000, canary: Self.canary)
      try place.attach(as: Self.fileName)
      let sent = try await sending(place)
      #expect(sent > 0)
      try await fetching(place)
      let hospital = try await place.hospital()
      try expectNothing(of: place, at: hospital)
      try place.served.kosd.stop()
      let log = try String(contentsOfFile: place.served.log, encoding: .utf8)
      for word in [Self.fileName, "kanarie", Self.canary] { #expect(!log.contains(word), "\(word)") }
    }

    /// - Returns: how many bytes the server had when it was killed, as far as the device knew.
    private func sending(_ place: AttachmentPlace) async throws -> UInt64 {
      let karin = place.karin
      // The sender dies.
      let first = try place.run("Karin", ["sync"], killedAfter: 3_000_000)
      #expect(first.end == .killed(9))
      let sentByFirst = try karin.standing(ofAttachment: place.attachment).sent
      #expect(sentByFirst >= 3_000_000 && sentByFirst < 20_000_000)
      #expect(try karin.attachmentBacklog().bytes == 20_000_000 - sentByFirst)
      #expect(try karin.status().standing == .unsent)
      // The next one goes on there, and the server dies under it.
      let second = try place.run("Karin", ["sync"], killingServerAfter: 9_000_000)
      #expect(second.end == .exited(5))
      #expect(second.firstProgress >= sentByFirst, "\(second.firstProgress) < \(sentByFirst)")
      let acknowledged = try karin.standing(ofAttachment: place.attachment).sent
      #expect(acknowledged >= 9_000_000 && acknowledged < 20_000_000)
      // Nothing that was acknowledged is lost, and nothing is sent twice but what was on its way.
      try place.served.startServer()
      var resumedAt: UInt64?
      let outcome = try await karin.sync(
        passphrase: Office.noPassphrase, timeout: .seconds(60),
        onProgress: { resumedAt = resumedAt ?? $0.bytes })
      #expect(outcome == .upToDate)
      let begin = try #require(resumedAt)
      #expect(begin >= acknowledged, "\(begin) < \(acknowledged)")
      #expect(karin.traffic.sentBytes < 20_000_000 - Int(begin) + 300_000)
      #expect(try karin.standing(ofAttachment: place.attachment).place == .sent)
      #expect(try karin.status().standing == .upToDate)
      return acknowledged
    }

    private func fetching(_ place: AttachmentPlace) async throws {
      let poul = place.poul
      try await Office.sync(poul)
      #expect(try poul.standing(ofAttachment: place.attachment).place == .available)
      let out = place.served.folder.path + "/fetched.pdf"
      let words = ["attachment", "get", place.attachment.description, "--out", out]
      // The reader dies.
      #expect(try place.run("Poul", words, killedAfter: 3_000_000).end == .killed(9))
      let here = try poul.standing(ofAttachment: place.attachment).present
      #expect(here >= 3_000_000 && here < 20_000_000)
      #expect(!FileManager.default.fileExists(atPath: out))
      // The server dies.
      let second = try place.run("Poul", words, killingServerAfter: 9_000_000)
      #expect(second.end == .exited(5) && second.firstProgress > here)
      #expect(!FileManager.default.fileExists(atPath: out))
      let hereNow = try poul.standing(ofAttachment: place.attachment).present
      try place.served.startServer()
      let third = try place.run("Poul", words)
      #expect(third.end == .exited(0))
      #expect(third.firstProgress == hereNow + 65_536)
      let attributes = try FileManager.default.attributesOfItem(atPath: out)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
      #expect(FileManager.default.contents(atPath: out).map(Array.init) == place.content)
      // What is there is not written over.
      #expect(try place.run("Poul", words).end == .exited(2))
    }

    /// Nothing of the file is on the machine of an outside reporter.
    private func expectNothing(of place: AttachmentPlace, at hospital: Replica) throws {
      hospital.close()
      var looked = 0
      for name in try FileManager.default.contentsOfDirectory(atPath: hospital.home) {
        guard let bytes = FileManager.default.contents(atPath: hospital.home + "/" + name) else { continue }
        looked += bytes.count
        for word in [Self.fileName, Self.canary] {
          #expect(bytes.range(of: Data(word.utf8)) == nil, "\(word) in \(name)")
        }
        #expect(bytes.range(of: Data(place.attachment.bytes)) == nil, "\(name)")
      }
      #expect(looked > 4_096)
      // The same search finds its record where it should be; the file itself is sealed there.
      let own = try #require(FileManager.default.contents(atPath: place.poul.home + "/replica.db"))
      let log = FileManager.default.contents(atPath: place.poul.home + "/replica.db-wal") ?? Data()
      #expect((own + log).range(of: Data(place.attachment.bytes)) != nil)
      #expect((own + log).range(of: Data(Self.canary.utf8)) == nil)
      #expect(try place.poul.standing(ofAttachment: place.attachment).place == .here)
    }
  }
}
