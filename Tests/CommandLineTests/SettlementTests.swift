import Testing

/// Rules that records break together: they are counted with the conflicts of fields, and what was settled is
/// settled anew.
@Suite(.serialized, .atWork) struct SettlementTests {
  @Test func aBrokenRuleIsCountedSettledAndRevised() async throws {
    let place = try Municipality.current
    for who in ["karin", "poul"] {
      try await place.done(
        who, "contact", "log", "F01", "--kind", "visit", "--text", "besøg", "--on", "2020-05-04")
    }
    try await place.done("poul", "sync")
    for words in [["sync"], ["status"], ["case", "show", "F01"]] {
      let told = try await place.kos("karin", words + ["--json"]).object
      #expect(told["conflicts"] == .integer(1), "\(words): \(told)")
    }
    #expect(try await place.done("karin", "sync").error.contains("1 conflict and 0 refused records"))
    #expect(try await place.kos("karin", "conflicts").exit == 4)
    let value = try await place.kos("karin", "resolve", "1", "--value", "1")
    #expect(value.exit == 2 && value.error.contains("a rule that was broken"), "\(value)")

    let accepted = try await place.done(
      "karin", "resolve", "1", "--accept", "--reason", "to besøg", "--json")
    let settlement = try accepted.text("record")
    #expect(try await place.kos("karin", "conflicts").exit == 0)
    #expect(try await place.done("karin", "status", "--json").object["conflicts"] == .integer(0))
    let first = try await place.done("karin", "conflicts", "--settled", "--json").object
    #expect(first["settlement"]?.string == settlement, "\(first)")
    #expect(first["outcome"] == .string("accepted") && first["reason"] == .string("to besøg"))
    #expect(first["evidence"]?.array?.count == 2, "\(first)")

    let short = String(settlement.prefix(8))
    for (language, told) in ["en": "Settle anew with", "da": "Afgør igen med"] {
      let list = try await place.kos("karin", "conflicts", "--settled", language: language)
      #expect(list.exit == 0 && list.output.contains(told) && list.output.contains(short), "\(list)")
    }
    try await place.done("karin", "resolve", short, "--corrected", "--reason", "det ene er væk")
    try await place.done("poul", "sync")
    for who in ["karin", "poul"] {
      let settled = try await place.done(who, "conflicts", "--settled", "--json").objects
      #expect(settled.map { $0["outcome"] } == [.string("corrected")], "\(settled)")
      #expect(try await place.kos(who, "conflicts").exit == 0)
    }
    let none = try await place.kos("karin", "resolve", "ffffffff", "--accept", "--reason", "x")
    #expect(none.exit == 2 && none.error.contains("There is no ffffffff here"), "\(none)")
  }
}
