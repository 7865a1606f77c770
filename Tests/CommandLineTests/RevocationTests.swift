import Testing

/// Ending the access of devices and people, with real processes on both sides.
@Suite struct RevocationTests {
  /// A municipality in which Karin has a second device, and the id of the first.
  private func place() async throws -> (Municipality, first: String) {
    let place = try await Municipality.atWork()
    let link = try await place.done("karin", "device", "add", "--json")
    #expect(try await place.enrol("karin2", code: try link.text("code")).exit == 0)
    try await place.done("karin2", "sync")
    let devices = try await place.done("karin2", "device", "list", "--json").objects
    #expect(devices.count == 2 && devices.count { $0["this_one"] == .boolean(true) } == 1)
    let first = try #require(devices.first { $0["this_one"] == .boolean(false) }?["device"]?.string)
    return (place, first)
  }

  @Test func aReplacedDeviceSaysSoOnEveryCommandAndHasNothingLeft() async throws {
    let (place, first) = try await place()
    try await place.done("karin", "note", "add", "F01", "--text", "skrevet i god tid")
    try await place.done("karin", "note", "add", "F01", "--text", "skrevet for sent", "--offline")
    let revoked = try await place.done(
      "karin2", "device", "revoke", first, "--reason", "replaced", "--json")
    #expect(try revoked.text("outcome") == "revoked" && revoked.text("device") == first)
    let again = try await place.done("karin2", "device", "revoke", first, "--reason", "replaced")
    #expect(again.output.contains("had ended before"))

    // What it holds is shown until it hears of it; then it hands over what it has, and wipes.
    #expect(try await place.kos("karin", "case", "list").exit == 0)
    let sync = try await place.kos("karin", "sync")
    #expect(sync.exit == 3 && sync.error.contains("The access of this device ended on "), "\(sync)")
    for words in [
      ["case", "list"], ["case", "show", "F01"], ["note", "add", "F01", "--text", "x"], ["watch"],
    ] {
      for (language, told) in ["en": "is wiped here", "da": "er slettet her"] {
        let answer = try await place.kos("karin", words, language: language)
        #expect(answer.exit == 3 && answer.error.contains(told), "\(words): \(answer)")
        #expect(answer.output.isEmpty, "\(words): \(answer)")
      }
    }
    let status = try await place.done("karin", "status", "--json").object
    #expect(status["standing"] == .string("blocked"))
    #expect(status["access_ended"]?["reason"] == .string("replaced"))
    #expect(status["access_ended"]?["sealed_items"] != .integer(0))
    #expect(status["pending"] == .integer(0))
    // Its person works on, on the other one.
    try await place.done("karin2", "sync")
    let synced = try await place.done("karin2", "note", "list", "F01", "--json").output
    #expect(synced.contains("skrevet i god tid") && !synced.contains("skrevet for sent"))
    let listed = try await place.done("karin2", "device", "list").output
    #expect(listed.contains("replaced") && listed.contains("this one"))
    await place.close()
  }

  @Test func aStolenDeviceIsTurnedAwayAndAServerThatStartsAnewKnowsIt() async throws {
    let (place, first) = try await place()
    try await place.done("karin", "note", "add", "F01", "--text", "af tyven", "--offline")
    // Her leader may say so too.
    try await place.done(
      "lene", "device", "revoke", first, "--person", "Karin", "--reason", "stolen")
    await place.killServer()
    try await place.serveAgain()
    let sync = try await place.kos("karin", "sync")
    #expect(sync.exit == 3 && sync.error.contains("stolen"), "\(sync)")
    #expect(try await place.kos("karin", "note", "list", "F01").exit == 3)
    let status = try await place.done("karin", "status", "--json").object
    #expect(status["access_ended"]?["reason"] == .string("stolen"))
    try await place.done("karin2", "sync")
    #expect(try await !place.done("karin2", "note", "list", "F01", "--json").output.contains("af tyven"))
    await place.close()
  }

  @Test func whoLeavesIsEndedAndMayComeBack() async throws {
    let place = try await Municipality.atWork()
    let people = try await place.done("lene", "people", "--json").objects
    #expect(Set(people.compactMap { $0["name"]?.string }) == ["Karin", "Poul"])
    #expect(people.allSatisfy { $0["devices"] == .integer(1) && $0["ended"] == .boolean(false) })
    #expect(try await place.done("poul", "people", "--json").output.isEmpty)
    let ended = try await place.done("lene", "people", "end", "Poul", "--reason", "left", "--json")
    #expect(try ended.object["devices"] == .integer(1))
    #expect(try await place.kos("poul", "sync").exit == 3)
    #expect(try await place.done("lene", "people").output.contains("ended"))
    // The case goes on without her.
    try await place.done("karin", "note", "add", "F01", "--text", "efter hun stoppede")
    let code = try await place.invite("lene", "core-team", "Poul")
    #expect(try await place.enrol("poul2", code: code).exit == 0)
    try await place.done("poul2", "sync")
    #expect(
      try await place.done("poul2", "note", "list", "F01", "--json").output.contains("efter hun stoppede"))
    await place.close()
  }

  /// Refused work in a case that one has left is kept for the municipality, and told no more.
  @Test func workInACaseThatOneLeftDoesNotKeepTheStatusFromBeingTold() async throws {
    let place = try await Municipality.atWork()
    let note = ["assessment", "note", "F01", "--domain", "parenting", "--text"]
    #expect(try await place.kos("karin", note + ["først"]).exit == 0)
    try await place.done("poul", "sync")
    #expect(try await place.kos("poul", note + ["skrevet for sent", "--offline"]).exit == 0)
    try await place.done("karin", "participant", "end", "F01", "--person", "Poul")
    try await place.done("poul", "sync")
    let status = try await place.done("poul", "status", "--json").object
    #expect(status["pending"] == .integer(0) && status["refused"] == .array([]))
    #expect(status["access_ended"] == .null && status["lease_over"] == .boolean(false))
    await place.close()
  }

  @Test func whatMayNotBeEndedIsNot() async throws {
    let (place, first) = try await place()
    for (who, words, exit, told) in [
      ("poul", ["device", "revoke", first, "--reason", "stolen"], Int32(2), "There is no device"),
      ("poul", ["device", "revoke", first, "--person", "Karin", "--reason", "stolen"], 2, "is not among"),
      ("poul", ["people", "end", "Lene", "--reason", "left"], 2, "is not among"),
      ("karin2", ["device", "revoke", first, "--reason", "left"], 3, "not yours to give"),
      ("karin2", ["device", "revoke", first, "--reason", "lost"], 2, "is no reason"),
      ("lene", ["device", "revoke", "this", "--reason", "replaced"], 3, "without a leader"),
      ("lene", ["people", "end", "Lene", "--reason", "left"], 3, "Nothing was changed"),
    ] {
      let answer = try await place.kos(who, words)
      #expect(answer.exit == exit && answer.error.contains(told), "\(words): \(answer)")
    }
    #expect(try await place.kos("karin", "sync").exit == 0)
    await place.close()
  }
}
