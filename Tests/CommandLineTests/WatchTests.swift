import Testing

/// The coordinator sees live what concerns her.
@Suite(.serialized, .atWork) struct WatchTests {
  @Test func recordsArriveLive() async throws {
    let place = try Municipality.current
    try await place.done("karin", "sync")
    let watch = try place.start("karin", ["watch", "--json", "--until-events", "1"])
    let lines = try Lines(watch.output)
    _ = try await lines.next { $0.contains(#""event":"up_to_date""#) }
    try await place.done("poul", "note", "add", "F01", "--text", "set lige nu")
    let answer = await watch.answer()
    #expect(answer.exit == 0, "\(answer)")
    let objects = try answer.objects
    #expect(objects.prefix(2).map { $0["event"] } == [.string("connected"), .string("up_to_date")])
    for object in objects.prefix(2) { #expect(object.keys == ["event", "at"]) }
    let last = try #require(objects.last)
    #expect(last.keys == CommandStep.listed.union(["event", "at", "entered"]))
    #expect(last["event"] == .string("changed") && last["kind"] == .string("note"))
    #expect(last["text"] == .string("set lige nu"))
  }

  @Test func aCaseAndAnUpdateEnter() async throws {
    let place = try Municipality.current
    try await place.done("karin", "sync")
    let watch = try place.start("karin", ["watch", "--lang", "da"])
    let (told, notes) = (try Lines(watch.output), try Lines(watch.error))
    _ = try await notes.next { $0 == "kos: Alt er udvekslet." }
    try await place.done("lene", "case", "new", "--label", "F31")
    try await place.done("lene", "case", "allocate", "F31", "--coordinator", "Karin")
    _ = try await told.next { $0.contains("tildeling  Karin") }
    // While the watch has the connection, commands beside it write and have their work taken along.
    let beside = try await place.done("karin", "note", "add", "F31", "--text", "ved siden af", "--json")
    #expect(try beside.object["delivery"] == .string("sent"))
    try await place.hospital(on: "F31")
    try await place.done("hospital", "update", "send", "--text", "feber i nat")
    let line = try await told.next { $0.contains("opdatering  feber i nat") }
    #expect(line == "F31  opdatering  feber i nat")

    // The server goes and comes back; the watch reconnects by itself.
    await place.stopServer()
    _ = try await notes.next { $0.hasPrefix("kos: afbrudt") }
    try await place.serveAgain()
    try await place.done("hospital", "update", "send", "--text", "feber igen")
    _ = try await told.next { $0.contains("feber igen") }
    watch.process.signal(15)
    _ = await watch.answer()
  }

  @Test func aWatchEndsAfterItsTime() async throws {
    let place = try Municipality.current
    let answer = try await place.kos("poul", "watch", "--for", "0.3", language: "da")
    // Whether it had connected by then is the machine's affair.
    #expect(answer.exit == 0 && (answer.error.isEmpty || answer.error.hasPrefix("kos: ")), "\(answer)")
    let nobody = try await place.kos("nobody", "watch", "--for", "0.3", language: "da")
    #expect(nobody.exit == 2 && nobody.error.contains("kos enroll LINK"), "\(nobody)")
  }
}
