import Testing

/// What a shell is told to offer.
@Suite(.serialized, .atWork) struct CompletionTests {
  private func offered(_ who: String, _ place: Municipality, _ typed: String) async throws -> Answer {
    try await place.kos(
      who, "---completion", "case", "show", "--", "positional@0", "3", String(typed.count), "kos", "case",
      "show", typed)
  }

  /// The labels of the cases here, and nothing at all where none is here or what is here may not be shown.
  @Test func theCasesThatAreHere() async throws {
    let place = try Municipality.current
    let all = try await offered("karin", place, "")
    #expect(all.exit == 0 && all.error.isEmpty, "\(all)")
    #expect(all.output.split(separator: "\n").contains("F01"), "\(all)")
    let other = try await offered("karin", place, "Q")
    #expect(other.exit == 0 && !other.output.contains("F01"), "\(other)")
    let nobody = try await offered("nobody", place, "")
    #expect(nobody.exit == 0 && nobody.error.isEmpty, "\(nobody)")
    let shown = nobody.output.filter { !$0.isWhitespace }
    #expect(shown.isEmpty, "\(nobody)")
  }

  /// Topics stand beside the commands, and roles and information types where one is taken.
  @Test(arguments: ["bash", "zsh", "fish"]) func theWordsThatAreKnown(shell: String) async throws {
    let place = try Municipality.current
    let script = try await place.kos("nobody", "--generate-completion-script", shell)
    #expect(script.exit == 0, "\(script.error)")
    for word in ["dage", "days", "family-coordinator", "day-care"] {
      #expect(script.output.contains(word), "\(shell): \(word)")
    }
  }
}
