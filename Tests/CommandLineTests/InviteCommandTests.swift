import Testing

/// An invitation that is not made leaves nothing behind.
@Suite struct InviteCommandTests {
  private func persons(_ who: String, _ place: Municipality) async throws -> [String] {
    try await place.done(who, "person", "list", "--json").objects.compactMap { $0["name"]?.string }
  }

  /// Whoever may not invite, or has no network, leaves nobody in the register; a link that is made leaves
  /// one.
  @Test func whoIsRefusedLeavesNobodyInTheRegister() async throws {
    let place = try await Municipality.atWork()
    let refused = try await place.kos("poul", "invite", "core-team", "--name", "Afvist")
    #expect(refused.exit == 3 && refused.error.contains("NOT_PERMITTED"), "\(refused)")
    try await place.done("lene", "sync")
    for who in ["poul", "lene"] { #expect(try await !persons(who, place).contains("Afvist"), "\(who)") }
    await place.stopServer()
    let offline = try await place.kos("karin", "invite", "parent", "--case", "F01", "--name", "Uden net")
    #expect(offline.exit == 5, "\(offline)")
    #expect(try await place.done("karin", "status", "--json").object["pending"] == .integer(0))
    try await place.serveAgain()
    #expect(try await !persons("karin", place).contains("Uden net"))
    let code = try await place.invite("karin", "parent", "Mor", "--case", "F01")
    #expect(try await persons("karin", place).contains("Mor"))
    try #require(try await place.enrol("mor", code: code).exit == 0)
    #expect(try await place.done("karin", "case", "show", "F01").output.contains("Mor"))
    await place.close()
  }
}
