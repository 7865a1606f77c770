import Testing

/// What kos today tells as new, to whom not everything that governs is shown.
@Suite(.serialized, .withFamily) struct LookTests {
  private func news(of who: String, in place: Municipality) async throws -> [String] {
    try await place.done(who, "sync")
    let lines = try await place.done(who, "today", "--all", "--json").objects
    return lines.filter { $0["section"] == .string("new") }.compactMap { $0["why"]?.string }
  }

  /// He holds no consent by which he reads, so nothing on his device says since when he does.
  @Test func aParentIsToldOfACaseOnce() async throws {
    let place = try Municipality.current
    try await place.done(
      "karin", "release", "give", "F01", "--to", "Far", "--type", "social", "--type", "plan")
    #expect(try await news(of: "far", in: place).contains("first_look"))
    #expect(try await news(of: "far", in: place).isEmpty)
    try await place.done("karin", "note", "add", "F01", "--about", "Anna", "--text", "en nat til")
    #expect(try await news(of: "far", in: place) == ["new"])
  }

  /// A leader sees when each case was opened. One that she is given later is new to her all the same.
  @Test func aLeaderIsToldOfWhatSheIsGiven() async throws {
    let place = try Municipality.current
    try await place.leader("bente", "Bente")
    #expect(try await news(of: "bente", in: place).contains("first_look"))
    #expect(try await news(of: "bente", in: place).isEmpty)
    // Her colleagues hear of her with the first that she writes.
    try await place.done("bente", "organisation", "add", "--name", "Skolen", "--sort", "school")
    try await place.done("lene", "sync")
    try await place.done("lene", "case", "allocate", "F01", "--coordinator", "Bente")
    #expect(try await news(of: "bente", in: place).contains("new_case"))
    #expect(try await news(of: "bente", in: place).isEmpty)
  }
}
