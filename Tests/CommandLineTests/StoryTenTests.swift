import Foundation
import Testing

/// Story 10: two municipalities that worked together part; the one's cases go to a tenant of its own, with
/// history and documents, and the leaders' figures before and after agree (R51, R64).
@Suite struct StoryTenTests {
  private static let canary = "VALLENSBAEK-KANARIEFUGL"
  private static let added: [String] = [
    "children_ever", "families_ever", "children_enrolled", "families_enrolled", "families_discharged",
    "assessment_meetings", "families_offered", "families_declined",
  ]

  private func memo(_ who: String, _ place: Municipality) async throws -> JSONValue {
    try await place.done(
      who, "report", "status", "--at", "2020-07-01", "--from", "2020-05-01", "--json"
    ).object
  }

  /// Ishøj with the caseload of the first year, and F01 of Vallensbæk, in which Karin, Poul and Anna's mother
  /// take part.
  private func ishøj() async throws -> Municipality {
    let place = try await Municipality.withLeader()
    try await place.leader("bo", "Bo")
    try await place.colleague("karin", "coordinator", "Karin")
    try await place.colleague("poul", "core-team", "Poul")
    try await place.done("lene", "import", Municipality.root + "/Tests/Data/caseload-2020.jsonl")
    try await place.done(
      "lene", "case", "new", "--label", "V01", "--child", "Anna:2018-05-01", "--municipality", "Vallensbæk")
    try await place.done("lene", "case", "allocate", "V01", "--coordinator", "Karin", "--team", "Poul")
    try await place.done("karin", "sync")
    let mother = try await place.done(
      "karin", "invite", "parent", "--case", "V01", "--name", "Mor", "--json")
    try #require(try await place.enrol("mor", code: mother.text("code")).exit == 0)
    try await place.done(
      "karin", "custody", "set", "V01", "--of", "Anna", "--holder", "Mor", "--source", "civil_register")
    try await place.done("karin", "goal", "add", "V01", "--text", "en rolig nat")
    try await place.done("karin", "note", "add", "V01", "--text", Self.canary)
    let letter = try place.write("brevets indhold")
    try await place.done("karin", "attachment", "add", "V01", letter)
    for who in ["karin", "poul", "bo"] { try await place.done(who, "sync") }
    return place
  }

  private func search(_ who: String, in place: Municipality) async throws -> JSONValue {
    let script = Municipality.root + "/Tests/CommandLineTests/Support/search-replica.py"
    let answer = try await place.run("/usr/bin/python3", [script, place.home(who), Self.canary])
    try #require(answer.exit == 0, "\(answer)")
    return try #require(answer.object["found"]?[Self.canary])
  }

  private func card(of place: Municipality) async throws -> JSONValue {
    let answer = try await place.run("kosd", ["card", "--data", "tenant", "--json"])
    try #require(answer.exit == 0, "\(answer)")
    return try answer.object
  }

  @Test func aCaseStockMovesToATenantOfItsOwn() async throws {
    let old = try await ishøj()
    let new = try await Municipality.unserved(named: "Vallensbæk")
    let card = try await card(of: new)
    let to = try #require(card["card"]?.string)
    let before = try await memo("lene", old)
    #expect(try await search("poul", in: old) != .array([]))

    try await moves(to, old)
    let after = try await memo("lene", old)
    try await losesIt(old)

    // Whoever runs the servers carries the file.
    await old.stopServer()
    let file = old.file("flytning")
    let ownCard = try #require(try await self.card(of: old)["card"]?.string)
    let sent = try await old.run(
      "kosd", ["transfer", "send", "--data", "tenant", "--to", to, "--out", file, "--json"])
    #expect(sent.exit == 0, "\(sent)")
    #expect(try sent.object["attachments"] == .integer(1))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    #expect(bytes.range(of: Data(Self.canary.utf8)) == nil)
    let wrong = try await new.run(
      "kosd", ["transfer", "receive", file, "--data", "tenant", "--from", to])
    #expect(wrong.exit != 0 && wrong.error.contains("own card"), "\(wrong)")
    let received = try await new.run(
      "kosd", ["transfer", "receive", file, "--data", "tenant", "--from", ownCard, "--json"])
    #expect(received.exit == 0, "\(received)")
    #expect(try received.object["changes"] == sent.object["changes"])
    let again = try await new.run(
      "kosd", ["transfer", "receive", file, "--data", "tenant", "--from", ownCard, "--json"])
    #expect(try again.object["new_changes"] == .integer(0), "\(again)")
    #expect(try await new.run("kosd", ["verify", "--data", "tenant"]).exit == 0)

    try await goesOn(new)
    let there = try await memo("lene", new)
    for figure in Self.added {
      let numbers = [before, after, there].map { $0[figure] }
      guard
        case (.integer(let all), .integer(let left), .integer(let gone)) = (
          numbers[0], numbers[1], numbers[2]
        )
      else {
        Issue.record("\(figure): \(numbers)")
        continue
      }
      #expect(all == left + gone, "\(figure): \(all) = \(left) + \(gone)")
    }
    #expect(there["families_enrolled"] != .integer(0))
    await old.close()
    await new.close()
  }

  /// One leader proposes all cases of Vallensbæk, the other confirms.
  private func moves(_ to: String, _ place: Municipality) async throws {
    let words = ["transfer", "add", "--municipality", "Vallensbæk", "--to", to, "--ground", "ophør"]
    let look = try await place.kos("lene", words + ["--dry-run", "--json"])
    let count = try look.object["cases"]?.array?.count ?? 0
    #expect(count > 3, "\(look)")
    let danish = try await place.kos("lene", words + ["--dry-run"], language: "da")
    #expect(danish.output.contains("\(count) sager ville blive foreslået flyttet"), "\(danish)")
    let proposed = try await place.kos("lene", words + ["--json"])
    #expect(try proposed.object["delivery"] == .string("sent"), "\(proposed)")
    let alone = try await place.kos("lene", "transfer", "confirm", "--all")
    #expect(alone.exit != 0 && alone.error.contains("FORBIDDEN"), "\(alone)")
    try await place.done("bo", "sync")
    #expect(try await place.done("bo", "transfer", "list").output.contains("awaits a second leader"))
    let dry = try await place.done("bo", "transfer", "confirm", "--all", "--dry-run").output
    #expect(dry.contains("\(count) cases would be read here no more") && dry.contains("Karin"), "\(dry)")
    // Poul is on a visit without a network.
    try await place.done("poul", "note", "add", "V01", "--text", "sent på besøget", "--offline")
    try await place.done("bo", "transfer", "confirm", "--all")
    try await place.done("lene", "sync")
  }

  /// Nobody there reads it any more, offline copies included.
  private func losesIt(_ place: Municipality) async throws {
    for who in ["karin", "poul", "mor"] {
      let sync = try await place.kos(who, "sync")
      #expect(sync.exit == 0 || sync.exit == 4, "\(who): \(sync)")
      #expect(try await search(who, in: place) == .array([]), "\(who)")
      let shown = try await place.kos(who, "case", "show", "V01")
      #expect(shown.exit == 2, "\(who): \(shown)")
    }
    // What Poul wrote is not lost: it waits for a leader, and goes along when he takes it in.
    let status = try await place.done("poul", "status", "--json").object
    #expect(status["quarantined"]?.array?.count == 1, "\(status)")
    let waiting = try await place.done("lene", "quarantine", "list", "--json").objects
    #expect(waiting.count == 1, "\(waiting)")
    let name = try #require(waiting.first?["id"]?.string)
    try await place.done("lene", "quarantine", "accept", name)
  }

  /// The new municipality's leader confirms who takes part, and they go on where they were.
  private func goesOn(_ place: Municipality) async throws {
    try await place.serve()
    let enrolled = try await place.enrol("lene", code: place.leaderCode)
    try #require(enrolled.exit == 0, "\(enrolled)")
    try await place.done("lene", "sync")
    try await place.colleague("karin", "coordinator", "Karin")
    try await place.done("karin", "sync")
    #expect(try await place.kos("karin", "case", "show", "V01").exit == 2)
    let waiting = try await place.done("lene", "arrival", "list", "V01").output
    #expect(waiting.contains("Karin") && waiting.contains("Mor"), "\(waiting)")
    let look = try await place.done("lene", "arrival", "confirm", "V01", "--dry-run").output
    #expect(look.contains("would come to hold here"), "\(look)")
    try await place.done("lene", "arrival", "confirm", "V01")
    try await place.done("karin", "sync")
    #expect(try await place.done("karin", "note", "list", "V01").output.contains(Self.canary))
    let notes = try await place.done("karin", "note", "list", "V01").output
    #expect(notes.contains("sent på besøget"), "\(notes)")
    #expect(try await place.done("karin", "goal", "list", "V01").output.contains("en rolig nat"))
    let shown = try await place.done("karin", "case", "show", "V01", "--json").object
    #expect(shown["coordinator"] == .string("Karin"), "\(shown)")
    let listed = try await place.done("karin", "note", "list", "V01", "--json").objects
    let late = try #require(listed.first { $0["text"] == .string("sent på besøget") }?["record"]?.string)
    #expect(try await place.done("karin", "explain", late).output.contains("Poul"))
    let note = try #require(listed.first { $0["text"] == .string(Self.canary) })
    let id = try #require(note["record"]?.string)
    let history = try await place.done("karin", "explain", id)
    #expect(history.output.contains("Karin"), "\(history)")
    let file = try await place.done("karin", "attachment", "list", "V01", "--json").objects
    let letter = try #require(file.first?["record"]?.string)
    let out = place.file("hentet")
    try await place.done("karin", "attachment", "get", letter, "--out", out)
    #expect(try String(contentsOfFile: out, encoding: .utf8) == "brevets indhold")
    try await place.done("karin", "note", "add", "V01", "--text", "den første dag i Vallensbæk")
    try await asksAndErases(id, place)
  }

  /// A parent's subject-access export, and an erasure after archive delivery, both run and are logged.
  private func asksAndErases(_ note: String, _ place: Municipality) async throws {
    try await place.done("karin", "release", "give", "V01", "--to", "Mor", "--type", "plan")
    let out = place.file("indsigt")
    let export = try await place.kos("karin", "export", "V01", "--for", "Mor", "--out", out, "--json")
    #expect(export.exit == 0, "\(export)")
    let bundle = try String(contentsOfFile: out, encoding: .utf8)
    #expect(bundle.contains("Provenance") && !bundle.contains("Karin"), "\(bundle)")
    try await place.done(
      "karin", "erasure", "add", "V01", "--record", note, "--archived", "arkiv 2022-17")
    try await place.done("lene", "sync")
    try await place.done("lene", "erasure", "confirm", "V01", "1")
    try await place.done("karin", "sync")
    #expect(try await !place.done("karin", "note", "list", "V01").output.contains(Self.canary))
    let erased = try await place.run("kosd", ["keys", "erased", "--data", "tenant", "--json"])
    #expect(erased.output.contains(note), "\(erased)")
  }
}
