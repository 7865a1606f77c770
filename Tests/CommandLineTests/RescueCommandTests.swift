import Foundation
import Glibc
import Testing

/// A passphrase that is lost, a replica that is locked, and what becomes of the work in them, with real
/// processes on both sides.
@Suite struct RescueCommandTests {
  private static let canary = "KANARIEFUGL"

  /// A municipality in which Poul, who is of the team of F01, has a passphrase in a file.
  private func place() async throws -> (Municipality, passphrase: String, recoveryCode: String) {
    let place = try await Municipality.withLeader()
    try await place.colleague("karin", "coordinator", "Karin")
    let file = try place.write("rigtig hest\n")
    let code = try await place.invite("lene", "core-team", "Poul")
    let enrolled = try await place.enrol("poul", code: code, ["--passphrase-file", file])
    try await place.done("lene", "case", "new", "--label", "F01")
    try await place.done("lene", "case", "allocate", "F01", "--coordinator", "Karin", "--team", "Poul")
    try await place.done("poul", "sync")
    return (place, file, try enrolled.text("recovery_code"))
  }

  private func writeOffline(_ count: Int, _ place: Municipality) async throws {
    for number in 1...count {
      try await place.done(
        "poul", "note", "add", "F01", "--text", "\(Self.canary) \(number)", "--offline")
    }
  }

  private func notes(_ who: String, _ place: Municipality) async throws -> Set<String> {
    try await place.done(who, "sync")
    let list = try await place.done(who, "note", "list", "F01", "--json")
    return Set(try list.objects.compactMap { $0["text"]?.string })
  }

  private func isAnywhere(_ text: String, in folder: String) throws -> Bool {
    let files = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []
    return files.contains { name in
      let path = folder + "/" + name
      // A pipe would wait for its other end.
      guard
        (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
          == .typeRegular
      else { return false }
      return FileManager.default.contents(atPath: path)?.range(of: Data(text.utf8)) != nil
    }
  }

  @Test func fortyChangesUnderALostPassphraseAllArrive() async throws {
    let (place, passphrase, _) = try await place()
    try await writeOffline(40, place)
    try FileManager.default.removeItem(atPath: passphrase)
    let locked = try await place.kos("poul", "sync")
    #expect(locked.exit == 7, "\(locked)")
    #expect(try !isAnywhere(Self.canary, in: place.home("poul")))

    await place.stopServer()
    let offline = try await place.kos("poul", "rescue")
    #expect(offline.exit == 5, "\(offline)")
    try await place.serveAgain()
    let first = try await place.done("poul", "rescue", "--json").object
    #expect(
      first.keys == [
        "items", "unsent", "unsealed", "accepted", "waiting", "refused", "known", "useless", "files",
        "files_complete", "files_unsealed", "bytes", "codes",
      ])
    #expect(first["unsent"] == .integer(40) && first["unsealed"] == .integer(0))
    #expect(first["accepted"] == .integer(40) && first["known"] == .integer(0))
    let expected = Set((1...40).map { "\(Self.canary) \($0)" })
    #expect(try await notes("karin", place) == expected)

    // Again: nothing arrives twice.
    let second = try await place.kos("poul", "rescue", language: "da")
    #expect(second.exit == 0 && second.output.contains("40 antaget, heraf 40 kendt i forvejen"), "\(second)")
    let list = try await place.done("karin", "note", "list", "F01", "--json")
    #expect(try list.objects.count == 40)

    // The author goes on with a new device in the same folder, which says what lies in the old one.
    try await place.done("lene", "people", "end", "Poul", "--reason", "left")
    let code = try await place.invite("lene", "core-team", "Poul")
    let occupied = try await place.enrol("poul", code: code)
    #expect(occupied.exit == 2, "\(occupied)")
    let replaced = try await place.enrol("poul", code: code, ["--unprotected", "--replace"])
    let old = place.home("poul") + ".replaced-1"
    #expect(
      replaced.exit == 0 && replaced.error.contains("40 unsent pieces, 40 of them sealed"), "\(replaced)")
    #expect(replaced.error.contains("kos rescue --home \(old)"))
    let third = try await place.done("poul", "rescue", "--home", old, "--json").object
    #expect(third["known"] == .integer(40))
    let nothing = try await place.done("poul", "rescue")
    #expect(nothing.output.contains("There is nothing to hand over here"), "\(nothing)")

    // Neither log nor database holds a word of it.
    await place.stopServer()
    for name in try FileManager.default.contentsOfDirectory(atPath: place.folder) where name.hasPrefix("kosd")
    {
      #expect(
        FileManager.default.contents(atPath: place.folder + "/" + name)?.range(of: Data(Self.canary.utf8))
          == nil)
    }
    #expect(try !isAnywhere(Self.canary, in: place.folder + "/tenant"))
    await place.close()
  }

  /// Two files, one of several pieces; the record of one is at the server already.
  @Test func filesUnderALostPassphraseArriveWhole() async throws {
    let (place, passphrase, _) = try await place()
    let large = place.home("poul") + "-stor.bin"
    let bytes = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
    #expect(FileManager.default.createFile(atPath: large, contents: bytes))
    let small = place.home("poul") + "-\(Self.canary).txt"
    let words = Data("\(Self.canary) i en fil".utf8)
    #expect(FileManager.default.createFile(atPath: small, contents: words))
    var records: [String] = []
    for file in [large, small] {
      let added = try await place.done("poul", "attachment", "add", "F01", file, "--offline", "--json")
      records.append(try added.text("record"))
    }
    try FileManager.default.removeItem(atPath: passphrase)
    #expect(try !isAnywhere("\(Self.canary) i en fil", in: place.home("poul")))
    let first = try await place.done("poul", "rescue", "--json").object
    #expect(first["files"] == .integer(2) && first["files_complete"] == .integer(2), "\(first)")
    #expect(first["bytes"] == .integer(Int64(bytes.count + "\(Self.canary) i en fil".utf8.count)))
    #expect(first["accepted"] == .integer(2) && first["files_unsealed"] == .integer(0))
    try await place.done("karin", "sync")
    for (record, original) in zip(records, [large, small]) {
      let out = place.home("karin") + "-ud"
      try? FileManager.default.removeItem(atPath: out)
      try await place.done("karin", "attachment", "get", record, "--out", out)
      #expect(
        FileManager.default.contents(atPath: out) == FileManager.default.contents(atPath: original))
    }
    // Again: nothing is brought twice, and it says the same.
    let again = try await place.kos("poul", "rescue", language: "da")
    #expect(again.exit == 0 && again.output.contains("Af 2 filer har serveren 2 hel"), "\(again)")
    #expect(try !isAnywhere(Self.canary + " i en fil", in: place.folder + "/tenant"))
    await place.close()
  }

  @Test func aStolenDiskHandsOverNothing() async throws {
    let (place, _, _) = try await place()
    try await writeOffline(2, place)
    let devices = try await place.done("lene", "people", "list", "--json").output
    #expect(devices.contains("Poul"))
    try await place.done("lene", "people", "end", "Poul", "--reason", "stolen")
    let answer = try await place.kos("poul", "rescue", "--json")
    #expect(answer.exit == 3 && answer.error.contains("\"refused\""), "\(answer)")
    #expect(try await notes("karin", place).isEmpty)
    let mute = try await place.kos("poul", "rescue", language: "da")
    #expect(mute.exit == 3 && mute.error.contains("Afvist"), "\(mute)")
    let nobody = try await place.kos("nobody", "rescue")
    #expect(nobody.exit == 2, "\(nobody)")
    await place.close()
  }

  @Test func whatWasSentNeedsNoRescue() async throws {
    let (place, _, _) = try await place()
    try await writeOffline(1, place)
    try await place.done("poul", "sync")
    let answer = try await place.done("poul", "rescue", "--json").object
    #expect(answer["items"] == .integer(0) && answer["unsent"] == .integer(0))
    await place.close()
  }

  @Test func aRecoveryCodeSetsANewPassphrase() async throws {
    let (place, passphrase, recoveryCode) = try await place()
    try await writeOffline(1, place)
    try FileManager.default.removeItem(atPath: passphrase)
    let other = try place.write("ny hest\n")
    let wrong = try Terminal.Visit(place, "poul", ["unlock", "--recover", "--passphrase-file", other])
    try await wrong.answer("Recovery code: ", with: "AAAAA-BBBBB")
    #expect(try await wrong.end().exit == 7)
    let visit = try Terminal.Visit(
      place, "poul", ["unlock", "--recover", "--passphrase-file", other, "--json"])
    try await visit.answer("Recovery code: ", with: recoveryCode.lowercased())
    let opened = try await visit.end()
    #expect(opened.exit == 0, "\(opened)")
    #expect(try opened.object.keys == ["unlocked", "recovered", "asks", "lock_after_minutes"])
    #expect(try opened.object["recovered"] == .boolean(true))
    #expect(try await notes("poul", place) == ["\(Self.canary) 1"])
    let plain = try await place.done("poul", "unlock")
    #expect(plain.output.contains("The replica is open"), "\(plain)")
    await place.close()
  }

  @Test func whoLocksEndsWhatShows() async throws {
    let (place, _, _) = try await place()
    let watch = try place.start("poul", ["watch", "--json"])
    _ = try await Lines(watch.output).next { $0.contains(#""event":"up_to_date""#) }
    let locked = try await place.done("poul", "lock", "--json").object
    #expect(locked.keys == ["locked", "asks", "lock_after_minutes"])
    #expect(locked["asks"] == .boolean(false) && locked["lock_after_minutes"] == .integer(60))
    let ended = await watch.answer()
    #expect(ended.exit == 7 && ended.error.contains("The replica is locked"), "\(ended)")
    let later = try await place.kos("poul", "lock", "--after", "5", language: "da")
    #expect(later.exit == 0 && later.output.contains("efter 5 minutter"), "\(later)")
    let never = try await place.kos("poul", "lock", "--after", "0")
    #expect(never.exit == 2, "\(never)")
    let nobody = try await place.kos("nobody", "lock")
    #expect(nobody.exit == 2, "\(nobody)")
    await place.close()
  }

  /// Nobody touched it for longer than was said: it closes what a person opened.
  @Test func whatNobodyUsesCloses() async throws {
    let (place, _, _) = try await place()
    let code = try await place.invite("lene", "core-team", "Berta")
    let enrol = try Terminal.Visit(
      place, "berta", ["enroll", "--server", place.url, "--code", code, "--json"])
    try await enrol.answer("Passphrase: ", with: "en hest")
    try await enrol.answer("Passphrase again: ", with: "en hest")
    #expect(try await enrol.end().exit == 0)
    try await place.done("berta", "lock", "--after", "1")
    let watch = try Terminal.Visit(place, "berta", ["watch", "--json"])
    try await watch.answer("Passphrase: ", with: "en hest")
    // As if the last use were two minutes ago, from when it has begun to look.
    let used = place.home("berta") + "/used"
    let begun = Date.now
    let lines = try Lines(watch.output)
    _ = try await lines.next { $0.contains(#""event":"up_to_date""#) }
    try FileManager.default.setAttributes(
      [.modificationDate: begun.addingTimeInterval(-120)], ofItemAtPath: used)
    #expect(try await watch.end().exit == 7)
    await place.close()
  }
}
