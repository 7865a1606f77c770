import Foundation
import Testing

/// Two devices that compare what they know of the logs, with real programs.
@Suite(.serialized) struct LogComparisonCommandTests {
  /// What somebody's device knows of the logs, as a file.
  private func known(_ who: String, _ place: Municipality) async throws -> String {
    try place.write(try await place.done(who, "knowing-log", "show", "--json").output)
  }

  private func check(_ who: String, _ file: String, _ place: Municipality) async throws -> Answer {
    try await place.kos(who, "knowing-log", "check", file, "--json")
  }

  /// The server signs whenever it begins.
  private func sign(_ place: Municipality) async throws {
    await place.stopServer()
    try await place.serveAgain()
  }

  /// Somebody looks at something, tells the server, and learns how the logs stand then.
  private func look(_ who: String, _ record: String, _ place: Municipality) async throws {
    try await place.done(who, "note", "show", "F01", record)
    try await place.done(who, "sync")
    try await sign(place)
    try await place.done(who, "sync")
  }

  /// A case of which Karin and Poul hold two notes.
  private func ground() async throws -> (place: Municipality, notes: [String]) {
    let place = try await Municipality.atWork()
    var notes: [String] = []
    for text in ["den første", "den anden", "den tredje"] {
      notes.append(
        try await place.done("lene", "note", "add", "F01", "--text", text, "--json").text("record"))
    }
    for who in ["karin", "poul"] { try await place.done(who, "sync") }
    try await sign(place)
    for who in ["karin", "poul"] { try await place.done(who, "sync") }
    return (place, notes)
  }

  @Test func devicesOfAnHonestServerAgreeAndWithoutItTheyCannotTell() async throws {
    let (place, notes) = try await ground()
    let early = try await known("poul", place)
    try await look("karin", notes[0], place)
    let late = try await known("karin", place)
    // Poul's device is behind Karin's, and asks.
    let asked = try await check("poul", late, place)
    #expect(asked.exit == 0, "\(asked)")
    #expect(try asked.object["held"] == .integer(2) && asked.object["findings"] == .array([]))
    #expect(try await check("karin", early, place).exit == 0)
    await place.stopServer()
    // What needs no proof needs no server.
    let same = try await check("karin", late, place)
    #expect(try same.exit == 0 && same.object["held"] == .integer(2), "\(same)")
    let unproven = try await check("karin", early, place)
    #expect(unproven.exit == 9 && unproven.error.contains("could not be proved"), "\(unproven)")
    #expect(try unproven.object["unproven"]?.integer ?? 0 > 0 && unproven.object["offline"] != .null)
    let kept = try await place.done("karin", "knowing-log", "show", "--json").objects
    #expect(kept.allSatisfy { $0["finding"] == .null })
    let nothing = "{\"log\":\"opened\",\"checkpoint\":null}"
    let bundle = "{\"resourceType\":\"Bundle\",\"entry\":[]}"
    for text in [
      "", "{}", "{\"log\":\"opened\",\"checkpoint\":{\"body\":\"?\",\"signature\":\"\"}}", nothing, bundle,
    ] {
      #expect(try await check("karin", try place.write(text), place).exit == 2, "\(text)")
    }
    await place.close()
  }

  /// All that a server has: what lies beside its folder, as its ledger, is part of it.
  private func copyTenant(_ source: String, to target: String) throws {
    let files = FileManager.default
    try files.createDirectory(atPath: target, withIntermediateDirectories: true)
    for name in try files.contentsOfDirectory(atPath: source) where name.hasPrefix("tenant") {
      try? files.removeItem(atPath: target + "/" + name)
      try files.copyItem(atPath: source + "/" + name, toPath: target + "/" + name)
    }
  }

  /// What shows without the server is told and kept, whatever comes of asking it about the rest.
  @Test func aServerThatRefusesHidesNothing() async throws {
    let (place, notes) = try await ground()
    let early = try await known("poul", place)
    await place.stopServer()
    try copyTenant(place.folder, to: place.folder + "/other")
    try await place.serveAgain()
    try await look("karin", notes[0], place)
    let brought = try await known("karin", place)
    await place.stopServer()
    try copyTenant(place.folder + "/other", to: place.folder)
    try await place.serveAgain()
    try await look("poul", notes[0], place)
    let own = try await place.done("poul", "knowing-log", "show", "--json").objects
    await place.stopServer()
    // Whoever is there now refuses every session of this tenant.
    let stranger = try await Municipality.unserved(named: "Andetsteds")
    try await stranger.serve(port: String(try #require(place.url.split(separator: ":").last)))

    let open = try await check("poul", early, place)
    #expect(open.exit == 9 && open.error.contains("could not be proved"), "\(open)")
    #expect(try open.object["unproven"]?.integer ?? 0 > 0 && open.object["offline"] != .null)
    let both = try [brought, early].map { try String(contentsOfFile: $0, encoding: .utf8) }.joined()
    for _ in 0..<2 {
      let found = try await check("poul", try place.write(both), place)
      #expect(found.exit == 3 && found.error.contains("kept as evidence"), "\(found)")
      #expect(try found.object["findings"]?.array?.contains(.string("split_view")) == true)
      #expect(try found.object["unproven"]?.integer ?? 0 > 0 && found.object["offline"] != .null)
    }
    let opened = try #require(try await place.done("poul", "knowing-log", "show", "--json").objects.last)
    let evidence = try #require(opened["evidence"]?.array?.first)
    #expect(evidence["finding"] == .string("split_view"), "\(opened)")
    #expect(evidence["known"] == own.last?["checkpoint"] && evidence["shown"] == opened["shown"])
    await stranger.close()
    await place.close()
  }

  /// A server that is two: each device is shown a history that is consistent with all that it knows.
  @Test(arguments: [true, false]) func aServerThatTellsTwoStoriesIsFound(isSameSize: Bool) async throws {
    let (place, notes) = try await ground()
    await place.stopServer()
    try copyTenant(place.folder, to: place.folder + "/other")
    try await place.serveAgain()
    try await look("karin", notes[0], place)
    let brought = try await known("karin", place)
    await place.stopServer()
    try copyTenant(place.folder + "/other", to: place.folder)
    try await place.serveAgain()
    try await look("poul", notes[0], place)
    if !isSameSize { try await look("poul", notes[1], place) }
    let own = try await place.done("poul", "knowing-log", "show", "--json").objects

    let found = try await check("poul", brought, place)
    let code = isSameSize ? "split_view" : "two_histories"
    #expect(found.exit == 3, "\(found)")
    #expect(try found.object["findings"]?.array?.contains(.string(code)) == true, "\(found)")

    // Both are kept, and Poul is told until he has dealt with it; his work goes on.
    let shown = try await place.done("poul", "knowing-log", "show", "--json").objects
    let opened = try #require(shown.last)
    #expect(opened["finding"]?["finding"] == .string(isSameSize ? "split_view" : "unproven"), "\(shown)")
    #expect(opened["finding"]?["from_elsewhere"] == .boolean(true))
    #expect(opened["checkpoint"] == own.last?["checkpoint"])
    let evidence = try #require(opened["shown"]?["body"]?.string)
    #expect(try String(contentsOfFile: brought, encoding: .utf8).contains(evidence))
    let synced = try await place.done("poul", "sync")
    #expect(synced.error.contains("knowing-log accept"), "\(synced)")
    for log in ["delivered", "opened"] { _ = try await place.kos("poul", "knowing-log", "accept", log) }
    let after = try await place.done("poul", "sync")
    #expect(!after.error.contains("knowing-log accept"), "\(after)")
    let settled = try #require(
      try await place.done("poul", "knowing-log", "show", "--json").objects.last?["settled"]?.array?.first)
    #expect(settled["shown"]?["body"]?.string == evidence && settled["known"] == own.last?["checkpoint"])
    await place.close()
  }
}
