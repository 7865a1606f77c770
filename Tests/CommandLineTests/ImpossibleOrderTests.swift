import Testing

/// Steps in an order that cannot be: a decision before its basis, minutes before the meeting, and all others
/// that the workflow forbids. Each is refused in the user's language, and nothing is saved.
@Suite(.familyAlone) struct ImpossibleOrderTests {
  @Test(arguments: ImpossibleOrder.all) func isRefused(order: ImpossibleOrder) async throws {
    let place = try Municipality.current
    let who = try place.copy(of: "karin")
    for line in order.setup {
      let answer = try await place.kos(who, line.split(separator: " ").map(String.init) + ["--offline"])
      try #require(answer.exit == 0, "kos \(line): \(answer)")
    }
    let before = try await place.done(who, "status", "--json").object["pending"]
    let words = order.words.split(separator: " ").map(String.init)
    for (language, told) in ["en": order.english, "da": order.danish] {
      let answer = try await place.kos(who, words, language: language)
      #expect(answer.exit == order.exit, "\(answer)")
      #expect(answer.error.hasPrefix("kos: ") && answer.error.contains(told), "\(answer)")
    }
    #expect(try await place.done(who, "status", "--json").object["pending"] == before)
  }
}
