import Testing

/// What was opened on a laptop that never has a network, with real programs.
@Suite(.serialized) struct BundleKnowingCommandTests {
  private func checkpoints(_ who: String, _ place: Municipality) async throws -> [Int] {
    try await place.done(who, "knowing-log", "show", "--json").objects
      .compactMap { $0["checkpoint"]?["size"]?.integer.map(Int.init) }
  }

  @Test(arguments: [true, false])
  func whatWasOpenedIsToldByBundleAndTheLogsStandAsTheyWereSigned(isServed: Bool) async throws {
    let place = try await Municipality.atWork()
    let note = try await place.done("lene", "note", "add", "F01", "--text", "KANARIFUGL", "--json")
      .text("record")
    try await place.done("karin", "sync")
    let early = try await checkpoints("karin", place)
    try await place.done("karin", "note", "show", "F01", note)
    let written = try await place.done("karin", "bundle", "write", "k1.bundle", "--json")
    let openings = try #require(try written.object["openings"]?.integer)
    #expect(openings > 0)
    // The server signs whenever it begins.
    await place.stopServer()
    try await place.serveAgain()
    if !isServed { await place.stopServer() }
    for reply in ["k1.reply", "k2.reply"] {
      let taken = try await place.run(
        "kosd", ["bundle", "take", "k1.bundle", "--data", "tenant", "--reply", reply, "--json"])
      #expect(taken.exit == 0, "\(taken)")
    }
    try await place.done("karin", "bundle", "take", "k1.reply")
    let told = try await place.done("karin", "bundle", "write", "k2.bundle", "--json")
    #expect(try told.object["openings"] == .integer(0))
    let later = try await checkpoints("karin", place)
    #expect(later.count == 2 && later != early && zip(early, later).allSatisfy { $0 <= $1 }, "\(later)")
    // It stands in the log once, however often the bundle was taken.
    if isServed { await place.stopServer() }
    try await place.serveAgain()
    let rows = try await place.done("lene", "who-saw", note, "--json").objects
    let opened = rows.filter { $0["act"] == .string("opened") && $0["name"] == .string("Karin") }
    #expect(opened.count == 1, "\(rows)")
    // A session after it finds nothing.
    let synced = try await place.done("karin", "sync")
    #expect(!synced.error.contains("knowing-log accept"), "\(synced)")
    await place.close()
  }
}
