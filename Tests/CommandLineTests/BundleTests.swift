import Foundation
import Glibc
import Testing

/// Bundles, carried between a laptop and the server's machine by a test.
@Suite(.serialized) struct BundleTests {
  /// A tenant with Karin, who coordinates the case F01.
  private func place() async throws -> Municipality {
    let place = try await Municipality.withLeader()
    try await place.colleague("karin", "coordinator", "Karin")
    try await place.done("lene", "case", "new", "--label", "F01")
    try await place.done("lene", "case", "allocate", "F01", "--coordinator", "Karin")
    try await place.done("karin", "sync")
    return place
  }

  private func take(_ file: String, _ place: Municipality, to reply: String) async throws -> Answer {
    try await place.run("kosd", ["bundle", "take", file, "--data", "tenant", "--reply", reply, "--json"])
  }

  private func notes(_ who: String, _ place: Municipality) async throws -> [String] {
    let list = try await place.done(who, "note", "list", "F01", "--json")
    return try list.objects.compactMap { $0["text"]?.string }.sorted()
  }

  /// With the server running beside it, and with none.
  @Test(arguments: [true, false]) func workGoesThereAndVerdictsAndNewsComeBack(isServed: Bool) async throws {
    let place = try await place()
    try await place.done("karin", "note", "add", "F01", "--text", "KANARIFUGL hjemme", "--offline")
    try await place.done("lene", "case", "new", "--label", "F02")
    try await place.done("lene", "case", "allocate", "F02", "--coordinator", "Karin")
    if !isServed { await place.stopServer() }
    let written = try await place.done("karin", "bundle", "write", "k1.bundle", "--json")
    #expect(
      try written.object.keys == ["file", "size", "entries", "changes", "openings", "attachments_unsent"])
    #expect(try written.object["entries"] == .integer(1))
    let taken = try await take("k1.bundle", place, to: "k1.reply")
    #expect(taken.exit == 0, "\(taken)")
    #expect(
      try taken.object.keys == [
        "entries", "changes", "refused", "deliveries", "reply_bytes", "confirmed",
      ])
    #expect(try taken.object["entries"] == .integer(1) && taken.object["refused"] == .integer(0))
    for name in ["k1.bundle", "k1.reply"] {
      let path = place.folder + "/" + name
      let bytes = try #require(FileManager.default.contents(atPath: path))
      #expect(bytes.range(of: Data("KANARIFUGL".utf8)) == nil)
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
      #expect(mode?.intValue == 0o600)
    }
    let received = try await place.done("karin", "bundle", "take", "k1.reply", "--json")
    #expect(
      try received.object.keys == [
        "outcome", "accepted", "refused", "records", "unsent", "unsent_since", "confirmation",
      ])
    #expect(try received.object["outcome"] == .string("taken") && received.object["accepted"] == .integer(1))
    #expect(try received.object["unsent"] == .integer(0))
    let cases = try await place.done("karin", "case", "list", "--json")
    #expect(try cases.objects.count == 2)
    let again = try await place.kos("karin", "bundle", "take", "k1.reply", language: "da")
    #expect(again.exit == 0 && again.output.contains("Pakken er taget ind før"), "\(again)")
    // The server goes on, and so does the network.
    if !isServed { try await place.serveAgain() }
    try await place.done("karin", "note", "add", "F02", "--text", "over nettet")
    try await place.done("lene", "sync")
    #expect(try await notes("lene", place) == ["KANARIFUGL hjemme"])
    let log = try String(contentsOfFile: place.folder + "/tenant/tenant.keys", encoding: .utf8)
    #expect(!taken.output.contains(log.split(separator: "\n")[1]))
    await place.close()
  }

  @Test func aBundleThatIsLateOrOldOrElsewhereDoesNoHarm() async throws {
    let place = try await place()
    try await place.done("karin", "note", "add", "F01", "--text", "ad begge veje", "--offline")
    try await place.done("karin", "bundle", "write", "late.bundle")
    try await place.done("karin", "sync")
    #expect(try await take("late.bundle", place, to: "late.reply").exit == 0)
    #expect(try await take("late.bundle", place, to: "later.reply").exit == 0)
    let older = try await place.kos("karin", "bundle", "take", "late.reply", "--json")
    #expect(try older.exit == 0 && older.object["outcome"] == .string("older"), "\(older)")
    #expect(try older.object["accepted"] == .integer(0) && older.object["unsent"] == .integer(0))
    #expect(try await notes("karin", place) == ["ad begge veje"])
    try await place.done("lene", "sync")
    #expect(try await notes("lene", place) == ["ad begge veje"])

    // What is not for whom it is given to.
    let others = try await place.kos("lene", "bundle", "take", "late.reply")
    #expect(others.exit == 3 && others.error.contains("for another device"), "\(others)")
    let wrongWay = try await place.kos("karin", "bundle", "take", "late.bundle")
    #expect(wrongWay.exit == 2 && wrongWay.error.contains("on its way to the server"), "\(wrongWay)")
    let wrongSide = try await take("late.reply", place, to: "none.reply")
    #expect(wrongSide.exit == 1 && wrongSide.error.contains("a delivery for a device"), "\(wrongSide)")
    let there = try await take("late.bundle", place, to: "late.reply")
    #expect(there.exit == 1 && there.error.contains("There is a file late.reply already"), "\(there)")
    let written = try await place.kos("karin", "bundle", "write", "late.bundle")
    #expect(written.exit == 2 && written.error.contains("late.bundle is there"), "\(written)")
    let missing = try await place.kos("karin", "bundle", "take", "nowhere.reply", language: "da")
    #expect(missing.exit == 2 && missing.error.contains("nowhere.reply findes ikke"), "\(missing)")
    let foreign = try await place.kos("karin", "bundle", "take", "tenant/tenant.keys")
    #expect(foreign.exit == 2 && foreign.error.contains("is no bundle"), "\(foreign)")

    let elsewhere = try await Municipality.withLeader()
    let path = place.folder + "/late.bundle"
    let other = try await take(path, elsewhere, to: "late.reply")
    #expect(other.exit == 1 && other.error.contains("is for another tenant"), "\(other)")
    #expect(!FileManager.default.fileExists(atPath: elsewhere.folder + "/late.reply"))
    await elsewhere.close()
    await place.close()
  }

  @Test func aDamagedFileSaysWhereAndNothingOfItIsTaken() async throws {
    let place = try await place()
    try await place.done("karin", "note", "add", "F01", "--text", "i en pakke", "--offline")
    try await place.done("karin", "bundle", "write", "k.bundle")
    let whole = try #require(FileManager.default.contents(atPath: place.folder + "/k.bundle"))
    var turned = whole
    turned[whole.count - 20] ^= 4
    let damages: [(name: String, bytes: Data)] = [
      ("cut", Data(whole.dropLast(9))), ("turned", turned), ("longer", whole + [0]),
    ]
    for (name, bytes) in damages {
      try bytes.write(to: URL(fileURLWithPath: place.folder + "/\(name).bundle"))
      let refused = try await take("\(name).bundle", place, to: "\(name).reply")
      #expect(refused.exit == 1 && refused.error.contains("is damaged from byte"), "\(refused)")
      #expect(!FileManager.default.fileExists(atPath: place.folder + "/\(name).reply"))
    }
    try await place.done("lene", "sync")
    #expect(try await notes("lene", place).isEmpty)
    #expect(try await take("k.bundle", place, to: "k.reply").exit == 0)
    let reply = try #require(FileManager.default.contents(atPath: place.folder + "/k.reply"))
    try reply.dropLast(5).write(to: URL(fileURLWithPath: place.folder + "/cut.reply"))
    let cut = try await place.kos("karin", "bundle", "take", "cut.reply", "--json")
    #expect(cut.exit == 2, "\(cut)")
    #expect(try cut.failure["message"]?.string?.contains("is damaged from byte") == true)
    #expect(try await place.done("karin", "status", "--json").object["pending"] == .integer(1))
    try await place.done("karin", "bundle", "take", "k.reply")
    #expect(try await place.done("karin", "status", "--json").object["pending"] == .integer(0))
    await place.close()
  }

  /// Each step is killed somewhere, and done again.
  @Test func killsLoseNothingAndCountNothingTwice() async throws {
    let place = try await place()
    var random = SystemRandomNumberGenerator()
    var expected: [String] = []
    for round in 0..<4 {
      for _ in 0..<2 {
        let text = "notat \(expected.count)"
        expected.append(text)
        try await place.done("karin", "note", "add", "F01", "--text", text, "--offline")
      }
      let (bundle, reply) = ("k\(round).bundle", "k\(round).reply")
      func isThere(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: place.folder + "/" + name)
      }
      func kill(_ program: String, _ words: [String], alsoServer: Bool = false) async throws {
        let running = try place.start(program, words, as: "karin")
        usleep(UInt32.random(in: 0..<60_000, using: &random))
        if alsoServer { await place.killServer() } else { running.process.signal(SIGKILL) }
        _ = await running.answer()
        if alsoServer { try await place.serveAgain() }
      }
      try await kill("kos", ["bundle", "write", bundle])
      if !isThere(bundle) { try await place.done("karin", "bundle", "write", bundle) }
      let taking = ["bundle", "take", bundle, "--data", "tenant", "--reply", reply]
      try await kill("kosd", taking)
      if !isThere(reply) { try await kill("kosd", taking, alsoServer: true) }
      if !isThere(reply) {
        let taken = try await take(bundle, place, to: reply)
        #expect(taken.exit == 0, "\(taken)")
      }
      try await kill("kos", ["bundle", "take", reply])
      let received = try await place.done("karin", "bundle", "take", reply, "--json")
      #expect(try received.object["unsent"] == .integer(0), "\(received)")
    }
    try await place.done("karin", "sync")
    try await place.done("lene", "sync")
    #expect(try await notes("karin", place) == expected.sorted())
    #expect(try await notes("lene", place) == expected.sorted())
    let names = try FileManager.default.contentsOfDirectory(atPath: place.folder)
    for name in names where name.hasSuffix(".kos-part") {
      // What a kill left is replaced by the next attempt under the same name.
      #expect(name.hasPrefix("k"))
    }
    await place.close()
  }

  /// A device that waits to be told the tenant's key, one in another epoch, and a server that was restored.
  @Test func afterARestoreTheNetworkSetsItRight() async throws {
    let place = try await place()
    try await place.done("karin", "note", "add", "F01", "--text", "før gendannelsen")
    let key = try place.write("en lang nøgle til sikkerhedskopier\n")
    let backup = try await place.run(
      "kosd", ["backup", "--data", "tenant", "--to", "b.kos", "--key-file", key])
    #expect(backup.exit == 0, "\(backup)")
    try await place.done("karin", "note", "add", "F01", "--text", "i pakken", "--offline")
    try await place.done("karin", "bundle", "write", "k.bundle")
    #expect(try await take("k.bundle", place, to: "before.reply").exit == 0)
    await place.stopServer()
    try FileManager.default.removeItem(atPath: place.folder + "/tenant")
    let restored = try await place.run(
      "kosd", ["restore", "--from", "b.kos", "--data", "tenant", "--key-file", key])
    #expect(restored.exit == 0, "\(restored)")
    let refused = try await take("k.bundle", place, to: "k.reply")
    #expect(refused.exit == 1 && refused.error.contains("EPOCH_MISMATCH"), "\(refused)")
    try await place.serveAgain()
    try await place.done("karin", "sync")
    // The reply of the time before is for an actor that the device has left.
    let late = try await place.kos("karin", "bundle", "take", "before.reply")
    #expect(late.exit == 3 && late.error.contains("from before a restore"), "\(late)")
    try await place.done("karin", "note", "add", "F01", "--text", "efter", "--offline")
    try await place.done("karin", "bundle", "write", "new.bundle")
    #expect(try await take("new.bundle", place, to: "new.reply").exit == 0)
    try await place.done("karin", "bundle", "take", "new.reply")
    try await place.done("lene", "sync")
    #expect(try await notes("lene", place) == ["efter", "før gendannelsen", "i pakken"])
    await place.close()
  }
}
