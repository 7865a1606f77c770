import Testing

/// A code that is sent by mail, with real processes on both sides.
@Suite struct RemoteInvitationTests {
  private func digits(_ answer: Answer) throws -> String {
    let text = try #require(try answer.object["confirmation"]?.string)
    #expect(text.count == 6 && text.allSatisfy(\.isNumber))
    return text
  }

  private func today(_ who: String, _ place: Municipality) async throws -> Bool {
    try await place.done(who, "today", "--json").objects.contains { $0["why"] == .string("device_waits") }
  }

  @Test func theDeviceWorksOnceItsDigitsWereReadOut() async throws {
    let place = try await Municipality.atWork()
    try await place.done("karin", "note", "add", "F01", "--text", "kun til os")
    let invited = try await place.done(
      "karin", "invite", "core-team", "--case", "F01", "--name", "Ida", "--remote", "--json")
    #expect(try invited.object["remote"] == .boolean(true))
    let short = try await place.done("lene", "invite", "core-team", "--name", "Nær", "--json")
    let far = try #require(try invited.object["expires_at"]?.integer)
    let near = try #require(try short.object["expires_at"]?.integer)
    #expect((604_000_000...604_900_000).contains(far - near + 900_000))
    let told = try await place.kos(
      "lene", "invite", "core-team", "--name", "Jo", "--remote", language: "da")
    #expect(told.exit == 0 && told.output.contains("Bed Jo om at ringe"), "\(told)")

    // She enrols, is told to ring, and gets nothing.
    let enrolled = try await place.enrol("ida", code: try invited.text("code"))
    #expect(enrolled.exit == 0, "\(enrolled)")
    let read = try digits(enrolled)
    let first = try await place.kos("ida", "sync", language: "da")
    #expect(first.exit == 0 && first.error.contains("læs \(read) og serverens adresse"), "\(first)")
    #expect(try await place.done("ida", "case", "list", "--json").output.isEmpty)
    let status = try await place.done("ida", "status")
    #expect(status.output.contains("read out \(read)"), "\(status)")
    // Whoever has the code too is too late.
    let late = try await place.enrol("tyv", code: try invited.text("code"))
    #expect(late.exit == 3, "\(late)")

    // Karin hears of it, and others do not.
    let synced = try await place.done("karin", "sync")
    #expect(synced.error.contains("1 device waits for you to confirm it"), "\(synced)")
    #expect(try await place.done("karin", "status", "--json").object["devices_waiting"] == .integer(1))
    #expect(try await today("karin", place))
    let listed = try await place.done("karin", "device", "list")
    #expect(listed.error.contains("of Ida waits to be confirmed"), "\(listed)")
    let people = try await place.done("karin", "people", "--json").objects
    #expect(people.first { $0["name"] == .string("Ida") }?["unconfirmed"] == .integer(1))
    try await place.done("poul", "sync")
    #expect(try await !today("poul", place))

    let wrong = read == "123456" ? "654321" : "123456"
    let mistyped = try await place.kos("karin", "device", "confirm", wrong, "--of", "Ida")
    #expect(mistyped.exit == 3, "\(mistyped)")
    let stranger = try await place.kos("poul", "device", "confirm", read, "--of", "Ida")
    #expect(stranger.exit == 3, "\(stranger)")
    // A voice that she knows, and digits of somebody else's device.
    let other = try await place.kos("karin", "device", "confirm", read, "--of", "Poul")
    #expect(other.exit == 3, "\(other)")
    let address = try #require(place.url.split(separator: "/").last)
    #expect(invited.output.contains("link") && status.output.contains(address), "\(status)")
    let confirmed = try await place.done("karin", "device", "confirm", read, "--of", "Ida")
    #expect(confirmed.output.contains("The device of Ida is confirmed"), "\(confirmed)")
    try await place.done("ida", "sync")
    #expect(try await place.done("ida", "note", "list", "F01").output.contains("kun til os"))
    #expect(try await place.done("ida", "status", "--json").object["confirmation"] == .null)
    try await place.done("karin", "sync")
    #expect(try await !today("karin", place))
    await place.close()
  }

  /// A server that is started anew, and one whose device was confirmed, know what they knew.
  @Test func aServerThatStartsAnewKnowsWhoWaits() async throws {
    let place = try await Municipality.atWork()
    let code = try await place.invite("lene", "core-team", "Ida", "--remote")
    await place.killServer()
    try await place.serveAgain()
    let enrolled = try await place.enrol("ida", code: code)
    #expect(enrolled.exit == 0, "\(enrolled)")
    await place.killServer()
    try await place.serveAgain()
    let read = try digits(enrolled)
    #expect(try await place.done("ida", "status", "--json").object["confirmation"] == .string(read))
    try await place.done("ida", "sync")
    try await place.done("lene", "device", "confirm", read, "--of", "Ida")
    await place.killServer()
    try await place.serveAgain()
    try await place.done("ida", "sync")
    #expect(try await place.done("ida", "status", "--json").object["confirmation"] == .null)
    await place.close()
  }
}
