import CRDT
import CaseModel
import SyncClient
import TestProcesses
import Testing

extension EndToEnd {
  /// Story 3: consent, then sharing, and its end while the one who had it works without a network.
  @Suite struct StoryThreeTests {
    private static let canary = "kanarie-skrevet-uden-net"

    /// Two custody holders sign; Hanne reads exactly the types they named. Mor withdraws while Hanne is
    /// offline and writing: at contact her copy goes, her note waits, the coordinator takes it in, and the
    /// logs show who was sent what, by which rule, until when.
    @Test(.timeLimit(.minutes(10))) func consentIsSharedWithdrawnAndAccountedFor() async throws {
      let place = try await ConsentPlace()
      defer { place.close() }
      let health = try place.note("kanarie-anna-sundhed", "health", about: "Anna")
      try place.note("kanarie-anna-socialt", "social", about: "Anna")
      try place.act(
        "Karin", "share", "F01", "--with", "Hanne", "--about", "Anna", "--type", "health", "--for",
        "coordination", "--evidence-text", "underskrevet i dag", "--months", "6", "--signed-by", "Far")
      #expect(try place.held("Hanne") == [] && place.held("Ib") == [])
      try place.kos("Mor", "sync")
      try place.act("Mor", "consent", "sign", place.reference("Mor"), "1")
      #expect(try place.held("Hanne") == [health] && place.held("Ib") == [])
      // What she reads is written down, and a contact before the visit tells the server what she knows.
      try place.kos("Hanne", "note", "list", place.reference("Hanne"))
      for _ in 0..<2 { try place.kos("Hanne", "sync") }

      let written = try place.kos(
        "Hanne", "note", "add", place.reference("Hanne"), "--type", "health", "--text", Self.canary,
        "--offline", "--json")
      let note = try #require(written["record"] as? String)
      try place.act("Mor", "consent", "withdraw", place.reference("Mor"), "1")

      let synced = try place.kos("Hanne", "sync", "--json")
      #expect(synced["quarantined"] as? Int == 1 && synced["refused"] as? Int == 0)
      #expect(try place.held("Hanne") == [])
      #expect(try !place.stored("Hanne").contains { $0.contains("kanarie-anna") })
      try place.kos("Karin", "sync")
      let waiting = try #require(try place.all("Karin", "quarantine", "list", "--json").first)
      #expect(waiting["author"] as? String == "Hanne" && waiting["text"] as? [String] == [Self.canary])
      try place.act("Karin", "quarantine", "accept", try #require(waiting["id"] as? String))
      #expect(try place.stored("Karin").contains { $0.contains(Self.canary) })
      // It is hers, and she may not have it back.
      let told = try place.kos("Karin", "explain", note, "--json")
      let history = try #require(told["history"] as? [[String: Any]])
      #expect(history.contains { $0["author"] as? String == "Hanne" }, "\(told)")
      try place.kos("Hanne", "sync")
      #expect(try place.held("Hanne") == [])

      try account(for: health, in: place)
    }

    /// The server signs its logs when it begins; then they are told.
    private func account(for record: String, in place: ConsentPlace) throws {
      try place.served.kosd.stop()
      try place.served.startServer()
      let lines = try place.all("Karin", "who-saw", "F01", "--json")
      let hers = lines.filter { $0["record"] as? String == record && $0["name"] as? String == "Hanne" }
      let acts = hers.compactMap { $0["act"] as? String }
      #expect(acts.contains("entered") && acts.contains("opened") && acts.contains("exited"), "\(lines)")
      let entered = try #require(hers.first { $0["act"] as? String == "entered" })
      #expect(entered["rule"] as? String == "consent")
      #expect(!lines.contains { $0["name"] as? String == "Ib" })
    }
  }
}
