import CRDT
import CaseModel
import Foundation
import SyncClient
import TestProcesses
import Testing

extension EndToEnd {
  /// Letters and pages from a case that holds more than any of them may show.
  @Suite struct LetterTests {
    private static let secrets = ["kanarie-adresse", "kanarie-intern", "kanarie-kun-far"]
    private static let day = (try? CalendarDay("2020-07-01")) ?? .min

    /// A plan with two goals, a task, a protected contact, an internal note, and a meeting with minutes.
    private func fill(_ place: ConsentPlace) throws {
      let replica = try Replica(home: place.served.folder.path + "/Karin")
      defer { replica.close() }
      let stock = try replica.stock()
      let file = try #require(stock.cases.first { $0.label == "F01" })
      let children = file.children.map(\.id)
      let day = Self.day
      func id() -> Identifier { replica.newIdentifier() }
      let plan = id()
      let goal = id()
      var task = RecordDraft.new(.task, id: id(), in: file.id, about: children)
      task.write(Field.Task.title, "Ring til <b>skolen</b> & PPR")
      task.write(Field.Task.dueOn, day)
      task.write(Field.Task.ownerLabel, "coordinator")
      task.write(Field.Task.goal, goal)
      task.write(Field.Task.status, "requested")
      let meeting = id()
      var analysis = RecordDraft.new(.analysisMeeting, id: meeting, in: file.id, about: children)
      analysis.write(Field.AnalysisMeeting.heldOn, day)
      analysis.write(Field.AnalysisMeeting.withParents, false)
      analysis.add(Field.AnalysisMeeting.attendees, ["psychologist"])
      try replica.write([
        [
          CaseWork.plan(id: plan, in: file.id, about: children, version: 1, text: "Vi mødes.", on: day),
          CaseWork.goal(
            id: goal, in: file.id, about: children, title: "<script>alert(1)</script> en rolig nat",
            familyRank: 1, plan: plan, on: day),
          CaseWork.goal(
            id: id(), in: file.id, about: children, title: "mor beholder sit arbejde", familyRank: 2,
            plan: plan, on: day),
          task, analysis,
          CaseWork.note(
            id: id(), in: file.id, about: children, text: "kanarie-intern", concerns: meeting, on: day),
          CaseWork.contact(
            id: id(), in: file.id, about: children, form: "home_visit", by: nil, text: "vi talte",
            earlyWarning: "far er sygemeldt", on: day),
          CaseWork.protectedContact(
            id: id(), in: file.id, about: children, sort: "address", text: "kanarie-adresse",
            audience: [replica.profile.person]),
        ]
      ])
    }

    /// A decision that was issued, with its reasons. Nobody confirmed a limit, so it is never sent.
    private func decide(_ place: ConsentPlace) throws -> (decision: Identifier, reasons: Identifier) {
      let replica = try Replica(home: place.served.folder.path + "/Karin")
      defer { replica.close() }
      let file = try #require(try replica.stock().cases.first { $0.label == "F01" })
      let children = file.children.map(\.id)
      let (decision, reasons) = (replica.newIdentifier(), replica.newIdentifier())
      let draft = CaseWork.decision(
        id: decision, in: file.id, about: children, matter: "respite", amount: 123_450, outcome: "granted",
        legalBasis: "barnets lov § 90")
      try replica.write([
        CaseWork.reasons(id: reasons, for: draft, "Fordi I har brug for det.\n\nDet hjælper.", on: Self.day)
      ])
      let prepared = try #require(try replica.records().first { $0.id == decision })
      let until = try Self.day.adding(days: 28)
      try replica.write([
        [
          CaseWork.issue(
            decision: prepared, by: replica.profile.person, on: Self.day, complaintUntil: until,
            complaintBody: "Ankestyrelsen")
        ]
      ])
      return (decision, reasons)
    }

    /// Writes a letter and gives its text, and what programs were told.
    private func letter(
      _ place: ConsentPlace, _ words: String...
    ) throws -> (text: String, told: [String: Any]) {
      let path = place.served.folder.path + "/brev-\(Int.random(in: 0..<1_000_000_000)).html"
      let told = try place.kos("Karin", ["letter"] + words + ["--out", path, "--json"])
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      return (try String(contentsOfFile: path, encoding: .utf8), told)
    }

    private func refused(_ place: ConsentPlace, _ words: String...) -> Bool {
      let path = place.served.folder.path + "/intet.html"
      let isRefused = (try? place.kos("Karin", ["letter"] + words + ["--out", path])) == nil
      return isRefused && !FileManager.default.fileExists(atPath: path)
    }

    @Test(.timeLimit(.minutes(10))) func aLetterHoldsWhatItsReaderMayRead() async throws {
      let place = try await ConsentPlace()
      defer { place.close() }
      try fill(place)
      try place.kos("Karin", "sync")

      let plan = try letter(place, "plan", "F01")
      for words in [
        "<html lang=\"da\">", "Familiens plan, version 1", "mor beholder sit arbejde", "1. juli 2020",
        "&lt;script&gt;alert(1)&lt;/script&gt; en rolig nat", "&lt;b&gt;skolen&lt;/b&gt; &amp; PPR", "Anna",
      ] { #expect(plan.text.contains(words), "\(words)") }
      for words in Self.secrets + ["<script", "<b>", "sygemeldt"] {
        #expect(!plan.text.contains(words), "\(words)")
      }
      #expect(try letter(place, "plan", "F01", "--lang", "en").text.contains("1 July 2020"))
      // It left the system, and that is noted with the records that it shows.
      let noted = try place.kos("Karin", "explain", try #require(plan.told["record"] as? String), "--json")
      #expect(noted["kind"] as? String == "disclosure")
      let shown = try #require(plan.told["shown"] as? [String])
      #expect(shown.count >= 6 && plan.told["delivery"] as? String == "sent", "\(plan.told)")

      // Nothing was released to Mor; then the plan is, and what is no plan still is not.
      #expect(refused(place, "plan", "F01", "--for", "Mor"))
      try place.act(
        "Karin", "release", "give", "F01", "--to", "Mor", "--type", "plan", "--about", "Anna", "--about", "Bo"
      )
      let hers = try letter(place, "plan", "F01", "--for", "Mor")
      #expect(hers.text.contains("Til: Mor") && hers.text.contains("mor beholder sit arbejde"))
      #expect(!hers.text.contains("skolen"), "a task is of coordination, which was not released")
      #expect(refused(place, "plan", "F01", "--for", "Far"))
      #expect(refused(place, "plan", "F01", "--for", "Lene-findes-ikke"))

      // Minutes are the professionals' own; a parent gets what was released of them.
      let minutes = try letter(place, "minutes", "F01", "1")
      #expect(minutes.text.contains("kanarie-intern") && minutes.text.contains("Forældrene var ikke med."))
      #expect(refused(place, "minutes", "F01", "1", "--for", "Mor"))
      let released = try place.act(
        "Karin", "release", "give", "F01", "--to", "Mor", "--type", "coordination", "--about", "Anna",
        "--about", "Bo")
      #expect(released["delivery"] as? String != "refused")
      let hersToo = try letter(place, "minutes", "F01", "1", "--for", "Mor").text
      #expect(hersToo.contains("Analysemøde") && !hersToo.contains("kanarie-intern"))

      let sheet = try letter(place, "visit-sheet", "F01").text
      for words in ["far er sygemeldt", "mor beholder sit arbejde", "over tiden", "Spørg om", "Hjemmebesøg"] {
        #expect(sheet.lowercased().contains(words.lowercased()), "\(words)")
      }
      #expect(!sheet.contains("kanarie-adresse"))
      let blank = try letter(place, "visit-sheet", "F01", "--blank").text
      #expect(blank.contains("Spørg om") && !blank.contains("Anna") && !blank.contains("rolig"))
    }

    @Test(.timeLimit(.minutes(10))) func aDecisionGoesToWhomItIsNotClosed() async throws {
      let place = try await ConsentPlace()
      defer { place.close() }
      try fill(place)
      try place.kos("Karin", "sync")
      try place.act("Karin", "withholding", "add", "F01", "--from", "Far", "--about", "Bo")
      let (decision, reasons) = try decide(place)

      let hers = try letter(place, "decision", "F01", "1", "--for", "Mor", "--offline")
      for words in [
        "Afgørelse om aflastning", "I får det, I har søgt om: aflastning. Beløbet er 1.234,50 kroner.",
        "Fordi I har brug for det.", "barnets lov § 90", "senest 4 uger efter den dag, I fik dette brev",
        "Til: Mor", "af Karin", "I kan klage til Ankestyrelsen, men klagen sendes til os.",
        "Vi vurderer først sagen igen.", "sender vi klagen videre til Ankestyrelsen.",
      ] { #expect(hers.text.contains(words), "\(words)") }
      for words in Self.secrets { #expect(!hers.text.contains(words), "\(words)") }
      let shown = try #require(hers.told["shown"] as? [String])
      #expect(shown.contains(decision.description) && shown.contains(reasons.description))
      // It is about Bo, and all about Bo is withheld from Far: so neither he nor both together get it.
      #expect(refused(place, "decision", "F01", "1", "--for", "Far", "--offline"))
      #expect(refused(place, "decision", "F01", "1", "--offline"))
      // A file that is there stays.
      let path = place.served.folder.path + "/der.html"
      try Data("min".utf8).write(to: URL(filePath: path))
      #expect(
        (try? place.kos("Karin", ["letter", "plan", "F01", "--out", path, "--offline"])) == nil)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "min")
    }
  }
}
