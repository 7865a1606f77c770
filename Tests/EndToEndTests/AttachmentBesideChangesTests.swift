import CRDT
import CaseModel
import Glibc
import SyncClient
import TestProcesses
import Testing

extension EndToEnd {
  /// What is written while a large file is on its way, over the real programs.
  @Suite struct AttachmentBesideChangesTests {
    private struct Arrived: Error {}

    /// A file of 60 MB goes up; a note that is written in the middle arrives at a colleague before the file
    /// is whole. The server stands still while the note is written, so that the file cannot be done first.
    @Test(.timeLimit(.minutes(5))) func aNoteOvertakesAFile() async throws {
      let place = try await AttachmentPlace(byteCount: 60_000_000, canary: "kanarie")
      let (karin, poul) = (place.karin, place.poul)
      try place.attach(as: "film.mp4")
      let kos = try ChildProcess(
        Products.path("kos"), ["sync", "--home", karin.home, "--json"])
      while try karin.standing(ofAttachment: place.attachment).sent < 1_000_000 {
        try #require(try kos.readLine() != nil)
      }
      let note = karin.newIdentifier()
      let day = karin.today()
      var isWritten = false
      await #expect(throws: Arrived.self) {
        try await poul.watch(passphrase: Office.noPassphrase) { event in
          switch event {
          case .upToDate where !isWritten:
            isWritten = true
            place.served.kosd.process.signal(SIGSTOP)
            try karin.write([[CaseWork.note(id: note, in: place.caseID, text: "feber", on: day)]])
            place.served.kosd.process.signal(SIGCONT)
          case .changed(let records, _) where records.contains(note):
            place.served.kosd.process.signal(SIGSTOP)
            throw Arrived()
          default: break
          }
        }
      }
      let sent = try karin.standing(ofAttachment: place.attachment).sent
      #expect(sent >= 1_000_000 && sent < 60_000_000, "\(sent)")
      #expect(try poul.standing(ofAttachment: place.attachment).place == .awaited)
      place.served.kosd.process.signal(SIGCONT)
      _ = try kos.readToEnd()
      #expect(kos.wait() == .exited(0))
      #expect(try karin.standing(ofAttachment: place.attachment).place == .sent)
      try place.served.kosd.stop()
    }
  }
}
