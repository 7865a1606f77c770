import Foundation
import SyncClient
import TestProcesses
import Testing

extension EndToEnd {
  /// Work that was written before its author could know that her access had changed, with the real programs.
  @Suite struct QuarantineEndToEndTests {
    private static let canary = "kanarie-skrevet-ved-køkkenbordet"

    /// Ole of the core team writes two notes on a home visit while his part in the case ends. Both wait;
    /// the coordinator takes one in and refuses the other, and he is told.
    @Test(.timeLimit(.minutes(10))) func theCoordinatorDecidesAndTheAuthorIsTold() async throws {
      let place = try await ConsentPlace()
      defer { place.close() }
      try await place.enrol("Pia", by: "Lene", ["core-team", "--case", "F01"])
      try place.kos("Pia", "sync")
      // A visit before, so that the server knows what her device knew.
      try place.act("Pia", "note", "add", "F01", "--type", "social", "--text", "første besøg")
      try place.kos("Pia", "sync")
      for text in [Self.canary, "skal ikke med"] {
        try place.kos(
          "Pia", "note", "add", "F01", "--type", "social", "--text", text, "--about", "Anna", "--offline")
      }
      try place.act("Lene", "participant", "end", "F01", "--person", "Pia")

      let synced = try place.kos("Pia", "sync", "--json")
      #expect(synced["quarantined"] as? Int == 2 && synced["refused"] as? Int == 0)
      #expect(try place.kos("Karin", "sync", "--json")["waiting_for_decision"] as? Int == 2)
      #expect(try !place.stored("Karin").contains { $0.contains(Self.canary) })
      // Lene leads, and Karin decides.
      #expect(try place.kos("Lene", "quarantine", "list", "--json").isEmpty)

      let waiting = try place.all("Karin", "quarantine", "list", "--json")
      #expect(waiting.count == 2 && waiting.allSatisfy { $0["author"] as? String == "Pia" })
      func id(_ text: String) throws -> String {
        let found = waiting.first { ($0["text"] as? [String])?.contains(text) == true }
        return try #require(found?["id"] as? String)
      }
      try place.act("Karin", "quarantine", "accept", id(Self.canary))
      try place.kos("Karin", "quarantine", "refuse", id("skal ikke med"), "--reason", "not_needed")
      #expect(try place.stored("Karin").contains { $0.contains(Self.canary) })
      try place.kos("Lene", "sync")
      #expect(try place.stored("Lene").contains { $0.contains(Self.canary) })

      try place.kos("Pia", "sync")
      let status = try place.kos("Pia", "status", "--json")
      #expect((status["quarantined"] as? [Any])?.isEmpty == true)
      let refused = try #require((status["refused"] as? [[String: Any]])?.first)
      #expect(refused["code"] as? String == "DECLINED" && refused["reason"] as? String == "not_needed")
      // Her replica holds nothing of the case any more but what goes back to her.
      #expect(try place.held("Pia").isEmpty)
      #expect(refused["text"] as? [String] == ["skal ikke med"])
      #expect(try !place.stored("Pia").contains { $0.contains(Self.canary) })
    }
  }
}
