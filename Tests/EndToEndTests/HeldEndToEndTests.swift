import Foundation
import SyncClient
import TestProcesses
import Testing

extension EndToEnd {
  /// A text that was written before its author knew that a parent reads the record, with the real programs.
  @Suite struct HeldEndToEndTests {
    private static let canary = "kanarie-skrevet-før-frigivelsen"

    /// Pia writes on in a note on a home visit, while Karin releases the note to Mor. Mor has the note, and
    /// nothing of what Pia wrote before Pia says so.
    @Test(.timeLimit(.minutes(10))) func aParentGetsNothingBeforeItsAuthorConfirms() async throws {
      let place = try await ConsentPlace()
      defer { place.close() }
      try await place.enrol("Pia", by: "Lene", ["core-team", "--case", "F01"])
      let note = try place.note("delt om Anna", "social", about: "Anna")
      for name in ["Pia", "Mor"] { try place.kos(name, "sync") }
      try place.kos(
        "Pia", "note", "edit", "F01", note, "--text", "delt om Anna, \(Self.canary)", "--offline")
      try place.act("Karin", "release", "give", "F01", "--to", "Mor", "--record", note)
      try place.kos("Mor", "sync")
      #expect(try place.stored("Mor").contains { $0.contains("delt om Anna") })

      let synced = try place.kos("Pia", "sync", "--json")
      #expect(synced["held"] as? Int == 1 && synced["refused"] as? Int == 0)
      for name in ["Mor", "Karin", "Lene"] {
        try place.kos(name, "sync")
        #expect(try !place.stored(name).contains { $0.contains(Self.canary) }, "\(name)")
      }
      #expect(try !place.toMor.texts().contains { $0.contains(Self.canary) })
      #expect(try place.all("Karin", "quarantine", "list", "--json").isEmpty)

      let held = try #require(try place.all("Pia", "held", "list", "--json").first)
      #expect((held["text"] as? [String])?.contains { $0.contains(Self.canary) } == true)
      let readers = try #require(held["readers"] as? [[String: Any]])
      #expect(readers.map { $0["kind"] as? String } == ["release"] && readers[0]["person"] is String)
      // What she writes from now on she writes knowing of it.
      try place.act("Pia", "note", "edit", "F01", note, "--text", "delt om Anna, som Mor må se")
      try place.kos("Mor", "sync")
      #expect(try place.stored("Mor").contains { $0.contains("som Mor må se") })
      #expect(try !place.stored("Mor").contains { $0.contains(Self.canary) })

      let id = try #require(held["id"] as? String)
      try place.act("Pia", "held", "confirm", id)
      let status = try place.kos("Pia", "status", "--json")
      #expect((status["held"] as? [Any])?.isEmpty == true && (status["refused"] as? [Any])?.isEmpty == true)
      try place.kos("Mor", "sync")
      #expect(try place.stored("Mor").contains { $0.contains(Self.canary) })
      #expect(try place.toMor.texts().contains { $0.contains(Self.canary) })
    }

    @Test(.timeLimit(.minutes(10))) func whatIsTakenBackIsNeverShown() async throws {
      let place = try await ConsentPlace()
      defer { place.close() }
      let note = try place.note("delt om Anna", "social", about: "Anna")
      try await place.enrol("Pia", by: "Lene", ["core-team", "--case", "F01"])
      try place.kos("Pia", "sync")
      try place.kos("Pia", "note", "edit", "F01", note, "--text", "delt om Anna, \(Self.canary)", "--offline")
      try place.act("Karin", "release", "give", "F01", "--to", "Mor", "--record", note)
      try place.kos("Pia", "sync")
      let held = try #require(try place.all("Pia", "held", "list", "--json").first)
      let id = try #require(held["id"] as? String)
      try place.kos("Pia", "held", "withdraw", id)
      #expect(try place.all("Pia", "held", "list", "--json").isEmpty)
      let synced = try place.kos("Pia", "sync", "--json")
      #expect(synced["held"] as? Int == 0 && synced["refused"] as? Int == 0)
      try place.kos("Mor", "sync")
      #expect(try !place.toMor.texts().contains { $0.contains(Self.canary) })
    }
  }
}
