import Foundation
import Testing

/// Story 6: who decides up to which amount, a decision that is issued once, and how the family hears of it.
@Suite struct StorySixTests {
  /// Lene decides on respite up to 10,000 kroner, Bo up to 100,000.
  private func place() async throws -> Municipality {
    let place = try await Municipality.withLeader()
    try await place.leader("bo", "Bo")
    try await place.colleague("karin", "coordinator", "Karin")
    try await place.done("lene", "case", "new", "--label", "F01", "--child", "Anna:2018-05-01")
    try await place.done("lene", "case", "allocate", "F01", "--coordinator", "Karin")
    for who in ["karin", "bo", "lene"] { try await place.done(who, "sync") }
    for (writer, owner, amount) in [("bo", "Lene", "10.000"), ("lene", "Bo", "100.000")] {
      try await place.done(writer, "sync")
      try await place.done(
        writer, "authority-limit", "add", "--of", owner, "--matter", "respite", "--amount", amount)
    }
    for who in ["lene", "bo"] { try await place.done(who, "sync") }
    for (reader, owner) in [("lene", "Lene"), ("bo", "Bo")] {
      let limits = try await place.done(reader, "authority-limit", "list", "--json").objects
      let persons = try await place.done(reader, "person", "list", "--json").objects
      let person = persons.first { $0["name"] == .string(owner) }?["person"]
      let limit = try #require(limits.first { $0["person"] == person }?["record"]?.string)
      try await place.done(reader, "authority-limit", "confirm", limit)
    }
    try await place.done("lene", "participant", "add", "F01", "--person", "Bo", "--role", "leader")
    for who in ["karin", "lene", "bo"] { try await place.done(who, "sync") }
    return place
  }

  private func prepare(_ amount: String, in place: Municipality) async throws -> String {
    let prepared = try await place.done(
      "karin", "decision", "prepare", "F01", "--matter", "respite", "--amount", amount, "--outcome",
      "granted", "--law", "barnets lov § 90", "--text", "to nætter om måneden", "--json")
    for who in ["lene", "bo"] { try await place.done(who, "sync") }
    return try prepared.text("record")
  }

  @Test func whatIsBeyondALimitGoesToWhoHasTheAuthority() async throws {
    let place = try await place()
    let decision = try await prepare("25.000", in: place)
    let issue = ["decision", "issue", "F01", decision]
    let gate = try await place.kos("lene", issue)
    #expect(gate.exit == 2 && gate.error.contains("the family was not assessed"), "\(gate)")
    let beyond = try await place.kos("lene", issue + ["--despite", "haster"])
    #expect(beyond.exit == 3 && beyond.error.contains("it is decided by Bo"), "\(beyond)")
    let issued = try await place.kos("bo", issue + ["--despite", "haster", "--json"])
    #expect(try issued.exit == 0 && issued.object["delivery"] == .string("sent"), "\(issued)")
    #expect(try issued.object["complaint_until"] == .null, "\(issued)")

    // Delivered, explained by a contact, and taken back by a leader alone; never changed.
    try await place.done("karin", "sync")
    // The period runs from the day on which the family had it (retssikkerhedsloven § 67).
    let open = try await place.kos("karin", "decision", "show", "F01", "1", language: "da")
    #expect(open.output.contains("klagefrist: 28 dage fra afleveringen"), "\(open)")
    let delivered = try await place.done(
      "karin", "decision", "deliver", "F01", "1", "--form", "letter", "--on", "om-3-dage", "--json")
    let until = try #require(try delivered.object["complaint_until"]?.string)
    let running = try await place.kos("karin", "decision", "show", "F01", "1", language: "da")
    #expect(running.output.contains("klagefrist: \(until)"), "\(running)")
    let day = try await place.done("karin", "decision", "show", "F01", "1", "--json").object
    #expect(day["complaint_until"] == .string(until) && day["delivered_on"] != day["issued_on"], "\(day)")
    try await place.done("karin", "decision", "explain", "F01", "1", "--text", "gennemgået i telefonen")
    let told = try await place.done("karin", "decision", "show", "F01", "1", "--json").object
    #expect(told["standing"] == .string("in_force") && told["amount"]?.integer == 2_500_000, "\(told)")
    #expect(told["delivery_form"] == .string("letter") && told["explained_on"]?.string != nil)
    let shown = try await place.kos("karin", "decision", "show", "F01", "1", language: "da")
    #expect(shown.output.contains("beløb: 25.000 kroner") && shown.output.contains("to nætter om måneden"))
    let change = try await place.kos("karin", "decision", "change", "F01", "1", "--outcome", "refused")
    #expect(change.exit == 2 && change.error.contains("is not changed"), "\(change)")
    let withdrawn = try await place.kos("karin", "decision", "withdraw", "F01", "1")
    #expect(withdrawn.exit == 3, "\(withdrawn)")
    try await place.done("lene", "sync")
    try await place.done("lene", "decision", "withdraw", "F01", "1")
    let list = try await place.done("lene", "decision", "list", "F01").output
    #expect(list.contains("withdrawn"), "\(list)")
    await place.close()
  }

  /// A refusal is issued by who decides on the matter, whatever was applied for; and an amount that nobody
  /// gave is none.
  @Test func aRefusalCostsNothing() async throws {
    let place = try await place()
    let prepare = [
      "decision", "prepare", "F01", "--matter", "respite", "--outcome", "refused", "--law", "lov om noget",
      "--text", "ikke omfattet",
    ]
    let told = try await place.kos("karin", prepare + ["--amount", "900.000"])
    #expect(told.exit == 0 && told.error.contains("it is decided by"), "\(told)")
    #expect(told.error.contains("Bo") && told.error.contains("Lene"), "\(told)")
    let bare = try await place.kos("karin", prepare + ["--json"]).text("record")
    try await place.done("lene", "sync")
    let list = try await place.kos("lene", "decision", "list", "F01")
    #expect(list.exit == 0 && !list.output.contains("DKK 0") && list.output.contains("900,000"), "\(list)")
    let shown = try await place.kos("lene", "decision", "show", "F01", bare, language: "da")
    #expect(shown.exit == 0 && !shown.output.contains("kroner"), "\(shown)")
    #expect(try await place.done("lene", "decision", "show", "F01", bare, "--json").object["amount"] == .null)

    // Nobody is told of the law's complaint body here, so it is asked for, and the letter names it.
    let issue = ["decision", "issue", "F01", "1", "--despite", "haster"]
    let unknown = try await place.kos("lene", issue, language: "da")
    #expect(unknown.exit == 2 && unknown.error.contains("--complaint-to"), "\(unknown)")
    let basis = try await place.done(
      "lene", "legal-basis", "add", "--code", "noget", "--law", "Lov om noget", "--invoker", "coordinator",
      "--type", "plan", "--days-max", "10", "--json"
    ).text("record")
    #expect(try await place.kos("lene", issue).exit == 2, "the law names nobody")
    let blank = try await place.kos("lene", "legal-basis", "complaint-body", basis, " ")
    #expect(blank.exit == 2, "\(blank)")
    // It is said of a law that is there already, and said otherwise.
    for body in ["Nævnet for Andet", "Nævnet for Noget"] {
      try await place.done("lene", "legal-basis", "complaint-body", basis, body)
    }
    let issued = try await place.kos("lene", issue + ["--json"])
    #expect(issued.exit == 0, "\(issued)")
    #expect(try issued.object["complaint_body"] == .string("Nævnet for Noget"))
    let own = try await place.kos(
      "lene", "decision", "issue", "F01", bare, "--despite", "haster", "--complaint-to", "Ankestyrelsen",
      "--json")
    #expect(try own.exit == 0 && own.object["complaint_body"] == .string("Ankestyrelsen"), "\(own)")

    // Of what nobody decides on, it is said so, with the way to change that.
    let nobody = try await place.kos(
      "karin", "decision", "prepare", "F01", "--matter", "transport", "--outcome", "refused", "--law", "lov",
      "--text", "x", language: "da")
    #expect(nobody.exit == 0 && nobody.error.contains("kos authority-limit add"), "\(nobody)")
    await place.close()
  }

  /// Two leaders work on it without a network. The first counts, and the second is told so.
  @Test func twoLeadersDoNotDecideTheSame() async throws {
    let place = try await place()
    let decision = try await prepare("5.000", in: place)
    for (who, amount) in [("lene", "6.000"), ("bo", "7.000")] {
      try await place.done(who, "decision", "change", "F01", decision, "--amount", amount, "--offline")
    }
    try await place.done("lene", "sync")
    try await place.done("bo", "sync")
    let status = try await place.kos("bo", "status", language: "da")
    #expect(status.output.contains("en anden nåede at afgøre det (ALREADY_DECIDED)"), "\(status)")
    for (who, flags) in [("lene", ["--complaint-weeks", "4"]), ("bo", ["--complaint-weeks", "6"])] {
      let issue = ["decision", "issue", "F01", decision, "--despite", "aftalt", "--offline"] + flags
      #expect(try await place.kos(who, issue).exit == 0)
    }
    try await place.done("lene", "sync")
    try await place.done("bo", "sync")
    for who in ["karin", "bo"] {
      _ = try await place.kos(who, "sync")
      let told = try await place.kos(who, "decision", "show", "F01", decision, "--json").object
      #expect(told["amount"]?.integer == 600_000, "\(who) \(told)")
      let lene = try await place.done(who, "person", "list", "--json").objects.first {
        $0["name"] == .string("Lene")
      }
      #expect(told["issued_by"] == lene?["person"], "\(who) \(told)")
    }
    await place.close()
  }
}
