import CRDT
import CaseModel
import Foundation
import SyncClient
import TestProcesses
import Testing

extension EndToEnd {
  /// Story 5: analysis meetings without and with the parents, what is missing between them, the gate before
  /// decisions, and what the parent's client gets of it.
  @Suite struct StoryFiveTests {
    private static let proposal = "kanarie-forslag-aflastning"
    private static let reasons = "kanarie-begrundelse-for-aflastning"
    private static let notShared = "kanarie-internt-notat"

    @Test(.timeLimit(.minutes(10))) func analysisMeetingsLeadToADecision() async throws {
      let place = try await ConsentPlace()
      defer { place.close() }
      try await prepare(place)
      try await withoutTheParents(in: place)
      try withTheParents(in: place)
      try decide(in: place)

      // What was proposed and decided reached Mor, by the same search that does not find the rest.
      let store = try place.stored("Mor")
      let wire = try place.toMor.texts()
      for said in [Self.proposal, Self.reasons] {
        #expect(store.contains { $0.contains(said) }, "\(said)")
        #expect(wire.contains { $0.contains(said) }, "\(said)")
      }
      #expect(!store.contains { $0.contains(Self.notShared) })
      #expect(!wire.contains { $0.contains(Self.notShared) })
      #expect(try place.stored("Karin").contains { $0.contains(Self.notShared) })
    }

    /// Karin and Pia stand for the two legal areas; Bo, who takes no part, decides on respite up to 50,000
    /// kroner, by Lene's word and his.
    private func prepare(_ place: ConsentPlace) async throws {
      try await place.enrolLeader("Bo")
      try await place.enrol("Pia", by: "Lene", ["core-team"])
      try place.act("Lene", "person", "change", "Karin", "--legal-area", "social_services")
      try place.act("Lene", "person", "change", "Pia", "--legal-area", "school")
      try place.act("Lene", "participant", "add", "F01", "--person", "Pia", "--role", "core-team")
      try place.kos("Bo", "sync")
      try place.act("Bo", "organisation", "add", "--name", "Aflastningen")
      try place.kos("Lene", "sync")
      try place.act(
        "Lene", "authority-limit", "add", "--of", "Bo", "--matter", "respite", "--amount", "50.000")
      try place.kos("Bo", "sync")
      try place.act("Bo", "authority-limit", "confirm", "1")
      try place.kos("Karin", "sync")
      try place.act(
        "Karin", "meeting", "add", "F01", "--kind", "assessment", "--participant", "Karin", "--participant",
        "Pia")
    }

    /// R13, R14, R16: everybody involved and the leader of the measure, not the parents; two things are
    /// missing and are asked for.
    private func withoutTheParents(in place: ConsentPlace) async throws {
      let called = try place.act(
        "Karin", "meeting", "call", "F01", "--kind", "analysis", "--on", today, "--time", "13:30",
        "--measure", "respite")
      let names = try names(of: called["invited"], in: place)
      #expect(names == ["Bo", "Hanne", "Ib", "Karin", "Lene", "Pia"])
      let meeting = try #require(called["record"] as? String)
      try place.kos("Pia", "sync")
      try place.act("Pia", "meeting", "answer", "F01", meeting, "yes")
      try place.kos("Karin", "sync")
      let held = try place.act(
        "Karin", "meeting", "hold", "F01", meeting, "--missing", "ppv=\(today)", "--missing",
        "section_50=\(today)", "--minutes", Self.notShared)
      #expect((held["requests"] as? [String])?.count == 2)
      // R16, R49: the meeting's record tells what came of it, and who was called.
      let fields = try place.kos("Karin", "explain", meeting, "--json")["fields"] as? [String: Any]
      #expect((fields?["outcome"] as? [String]) == ["missing_information"], "\(fields ?? [:])")
      #expect((fields?["invited"] as? [Any])?.count == 6, "\(fields ?? [:])")
      try place.act(
        "Karin", "decision", "prepare", "F01", "--matter", "respite", "--amount", "25.000", "--outcome",
        "granted", "--law", "barnets lov § 90", "--text", Self.reasons)
      // Who does not hold the reasons does not decide by them: he joins the analysis team first.
      try place.kos("Bo", "sync")
      #expect(try !place.stored("Bo").contains { $0.contains(Self.reasons) })
      #expect(throws: ProcessFailure.self) { try place.act("Bo", "decision", "issue", "F01", "1") }
      try place.act("Karin", "participant", "add", "F01", "--person", "Bo", "--role", "analysis-team")
      try place.kos("Bo", "sync")
      #expect(try place.stored("Bo").contains { $0.contains(Self.reasons) })
      // Nor before what was asked for is there.
      #expect(throws: ProcessFailure.self) { try place.act("Bo", "decision", "issue", "F01", "1") }
      for number in ["1", "2"] { try place.act("Karin", "request", "receive", "F01", number) }
    }

    /// R21, R22: the parents are called, and are shown what is proposed.
    private func withTheParents(in place: ConsentPlace) throws {
      let called = try place.act(
        "Karin", "meeting", "call", "F01", "--kind", "analysis", "--with-parents", "--on", today)
      let names = try names(of: called["invited"], in: place)
      #expect(names == ["Bo", "Far", "Hanne", "Ib", "Karin", "Lene", "Mor", "Pia"])
      try place.act("Karin", "note", "add", "F01", "--type", "plan", "--text", Self.proposal)
      #expect(try !place.stored("Mor").contains { $0.contains(Self.proposal) })
      let meeting = try #require(called["record"] as? String)
      // Without a parent there it is no meeting with the parents.
      #expect(throws: ProcessFailure.self) {
        try place.act("Karin", "meeting", "hold", "F01", meeting, "--participant", "Karin")
      }
      try place.act(
        "Karin", "meeting", "hold", "F01", meeting, "--participant", "Karin", "--participant", "Mor")
      try place.act("Karin", "release", "give", "F01", "--to", "Mor", "--type", "plan")
      _ = try place.held("Mor")
      #expect(try place.stored("Mor").contains { $0.contains(Self.proposal) })
      // The plan is hers to read, and not why something may be decided that nobody has decided.
      #expect(try !place.stored("Mor").contains { $0.contains(Self.reasons) })
    }

    /// R20, R23, R25, R62: the gate is open, the leader decides within her limit, and the family is told.
    private func decide(in place: ConsentPlace) throws {
      try place.kos("Bo", "sync")
      try place.act("Bo", "decision", "issue", "F01", "1")
      try place.kos("Karin", "sync")
      let decision = try place.kos("Karin", "decision", "show", "F01", "1", "--json")
      #expect(decision["standing"] as? String == "in_force" && decision["text"] as? String == Self.reasons)
      try place.act("Karin", "decision", "deliver", "F01", "1", "--form", "letter")
      try place.act("Karin", "decision", "explain", "F01", "1", "--kind", "telephone")
      // What was issued says what it says.
      #expect(throws: ProcessFailure.self) {
        try place.act("Karin", "decision", "change", "F01", "1", "--amount", "1")
      }
      _ = try place.held("Mor")
    }

    private let today: String = {
      let day = Int32(Date().timeIntervalSince1970 / 86_400)
      return ((try? CalendarDay(dayNumber: day)) ?? .min).description
    }()

    /// The names of persons, sorted.
    private func names(of persons: Any?, in place: ConsentPlace) throws -> [String] {
      let ids = Set(try #require(persons as? [String]))
      return try place.all("Karin", "person", "list", "--json")
        .filter { ids.contains($0["person"] as? String ?? "") }.compactMap { $0["name"] as? String }.sorted()
    }
  }
}
