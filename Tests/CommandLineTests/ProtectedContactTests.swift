import Foundation
import Testing

/// Where a family lives, and who may know.
@Suite(.serialized, .withFamily) struct ProtectedContactTests {
  private static let address = "HEMMELIGVEJ-KANARIEFUGL 7"

  private func holds(_ who: String, _ text: String, in place: Municipality) async throws -> Bool {
    try await place.done(who, "sync")
    let script = Municipality.root + "/Tests/CommandLineTests/Support/search-replica.py"
    let answer = try await place.run("/usr/bin/python3", [script, place.home(who), text])
    try #require(answer.exit == 0, "\(answer)")
    return try #require(answer.object["found"]?[text]?.array).isEmpty == false
  }

  /// Who takes part does not have it, nor a parent to whom all was released, until she is named; and who is
  /// shut out has it no more.
  @Test func onlyWhomItNamesHasIt() async throws {
    let place = try Municipality.current
    try await place.done(
      "karin", "release", "give", "F01", "--to", "Far", "--type", "social", "--type", "plan")
    try await place.done(
      "poul", "protected-contact", "add", "F01", "--sort", "address", "--about", "Anna", "--text",
      Self.address)
    for who in ["karin", "lene", "mor", "far"] {
      #expect(try await !holds(who, Self.address, in: place), "\(who)")
    }
    #expect(try await holds("far", "en rolig nat", in: place))
    #expect(try await holds("poul", Self.address, in: place))
    try await place.done("poul", "protected-contact", "audience", "F01", "1", "--let-in", "Karin")
    #expect(try await holds("karin", Self.address, in: place))
    let list = try await place.done("karin", "protected-contact", "list", "F01", "--lang", "da").output
    #expect(list.contains("adresse") && list.contains(Self.address), "\(list)")
    try await place.done("poul", "protected-contact", "audience", "F01", "1", "--shut-out", "Karin")
    #expect(try await !holds("karin", Self.address, in: place))
  }

  /// A CPR number is shown whole in one place, which is written down, and is in no error.
  @Test func aCPRNumberIsMasked() async throws {
    let place = try Municipality.current
    let words = ["protected-contact", "add", "F01", "--sort", "cpr", "--about", "Anna", "--text"]
    let wrong = try await place.kos("karin", words + ["991399-1234"])
    #expect(wrong.exit == 2 && wrong.error.contains("no CPR number"), "\(wrong)")
    #expect(!wrong.error.contains("1234"), "\(wrong)")
    let contact = try await place.kos("karin", words + ["010518-4321", "--json"]).text("record")
    for command in [["protected-contact", "list", "F01"], ["case", "log", "F01"]] {
      for form in [[], ["--json"]] {
        let told = try await place.kos("karin", command + form)
        #expect(told.exit == 0 && told.output.contains("010518-····"), "\(command) \(told)")
        #expect(!told.output.contains("4321"), "\(command) \(told)")
      }
    }
    let opened = try await place.done("karin", "protected-contact", "show", "F01", contact, "--json")
    #expect(try opened.object["text"] == .string("0105184321"))
    #expect(try await place.opened(by: "karin").contains(contact))
  }

  /// Two persons erase each address that it ever had.
  @Test func anAddressIsErasedForGood() async throws {
    let place = try Municipality.current
    let added = try await place.done(
      "karin", "protected-contact", "add", "F01", "--sort", "address", "--about", "Anna", "--text",
      Self.address, "--audience", "Poul", "--json")
    let id = try added.text("record")
    try await place.done("karin", "protected-contact", "change", "F01", id, "--text", "Ny vej 2")
    try await place.done("poul", "sync")
    let before = try await place.done("poul", "protected-contact", "show", "F01", id)
    #expect(before.output.contains("Ny vej 2"))
    let words = ["erasure", "add", "F01", "--record", id, "--ground", "flyttet i sikkerhed"]
    let proposed = try await place.kos("karin", words)
    #expect(proposed.exit == 0 && !proposed.output.contains(Self.address), "\(proposed)")
    try await place.done("lene", "sync")
    let confirmed = try await place.done("lene", "erasure", "confirm", "F01", "1")
    #expect(confirmed.output.contains("1 record is erased"), "\(confirmed)")
    for who in ["karin", "poul"] {
      try await place.done(who, "sync")
      #expect(try await place.kos(who, "protected-contact", "show", "F01", id).exit == 2)
      #expect(try await !holds(who, "Ny vej 2", in: place), "\(who)")
    }
  }
}
