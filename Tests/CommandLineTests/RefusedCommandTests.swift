import Testing

/// What was refused stands on the list of the day until its author lets go of it.
@Suite(.serialized, .atWork) struct RefusedCommandTests {
  private func refused(_ place: Municipality) async throws -> [JSONValue] {
    try await place.done("poul", "status", "--json").object["refused"]?.array ?? []
  }

  @Test func itsAuthorLetsGoOfIt() async throws {
    let place = try Municipality.current
    let answer = try await place.kos(
      "poul", "participant", "add", "F01", "--person", "Lene", "--role", "external-reporter", "--json")
    #expect(answer.exit == 3, "\(answer)")
    let today = try await place.done("poul", "--json").objects
    let line = try #require(today.first { $0["section"] == .string("refused") })
    // What is proposed can be done, though the record is in no case.
    let command = try #require(line["command"]?.string).split(separator: " ").map(String.init)
    #expect(command.dropFirst().starts(with: ["refused", "show"]), "\(command)")
    let shown = try await place.kos("poul", Array(command.dropFirst()))
    #expect(shown.exit == 0 && shown.output.contains("FORBIDDEN"), "\(shown)")
    let explained = try await place.kos("poul", "explain", try #require(command.last))
    #expect(explained.exit == 0 && explained.output.contains("FORBIDDEN"), "\(explained)")
    for (language, told) in ["en": "Let go of something with", "da": "Giv slip på noget med"] {
      let list = try await place.kos("poul", "refused", "list", language: language)
      #expect(list.exit == 0 && list.output.hasPrefix("1  ") && list.output.contains(told), "\(list)")
    }
    #expect(try await place.done("poul", "refused", "list", "--json").object["number"] == .integer(1))

    for (language, told) in ["en": "It is here still. Once", "da": "Det er her endnu. Når"] {
      let unasked = try await place.kos("poul", "refused", "forget", "1", language: language)
      #expect(unasked.exit == 2 && unasked.error.contains(told), "\(unasked)")
    }
    let visit = try Terminal.Visit(place, "poul", ["refused", "forget", "1"])
    try await visit.answer("Let go of it (yes/no): ", with: "no")
    let kept = try await visit.end()
    #expect(kept.exit == 2 && kept.output.contains("It is here alone"), "\(kept)")
    #expect(try await refused(place).count == 1)

    let gone = try await place.done("poul", "refused", "forget", "1", "--yes", "--json").object
    #expect(gone["outcome"] == .string("forgotten") && gone["code"] == .string("FORBIDDEN"), "\(gone)")
    #expect(try await refused(place).isEmpty)
    try await place.done("poul", "sync")
    #expect(try await refused(place).isEmpty)
    let after = try await place.done("poul", "--json").objects
    #expect(!after.contains { $0["section"] == .string("refused") }, "\(after)")
    #expect(try await place.kos("poul", "refused", "show", "1").exit == 2)
    #expect(try await place.done("poul", "refused", "list").output == "Nothing was refused.\n")
  }
}
