import Testing

/// What an outside reporter's machine holds of the case: her own words and their receipts, nothing else.
@Suite(.serialized, .atWork) struct HospitalStoreTests {
  /// Texts that stand in the case, in another case and in the register, each in one place.
  static let canaries = [
    "kanarie-familie", "kanarie-barn", "kanarie-henvendelse", "kanarie-kontakt", "kanarie-udredning",
    "kanarie-maal", "kanarie-notat", "kanarie-visitation", "kanarie-begrundelse", "kanarie-person",
    "kanarie-kommune",
  ]

  @Test func nothingElseOfTheCaseIsThere() async throws {
    let place = try Municipality.current
    let opened = try await place.done(
      "lene", "case", "new", "--label", "kanarie-familie", "--child", "kanarie-barn:2018-05-01", "--source",
      "hospital", "--text", "kanarie-henvendelse", "--municipality", "kanarie-kommune", "--json")
    let label = try opened.text("case_id")
    try await place.done("lene", "person", "add", "--name", "kanarie-person")
    try await place.done(
      "lene", "case", "allocate", label, "--coordinator", "Karin", "--team", "kanarie-person")
    try await place.done("karin", "sync")
    try await place.hospital(on: label)
    try await write(label, place, before: true)
    try await place.done("hospital", "sync")
    await place.stopServer()
    let own = "eget nyt fra sygehuset"
    let update = try await place.done("hospital", "update", "send", "--text", own, "--json")
    try await place.serveAgain()
    try await place.done("hospital", "sync")
    try await write(label, place, before: false)
    try await place.done(
      "karin", "update", "triage", try update.text("update"), "--outcome", "action", "--text",
      "kanarie-visitation", "--reason", "kanarie-begrundelse")
    try await place.done("hospital", "sync")
    let receipt = try await place.done("hospital", "update", "list", "--json")
    #expect(try receipt.object["state"] == .string("triaged"))

    let identifier = "hex:" + label.replacing("-", with: "")
    let wanted = Self.canaries + [identifier, own]
    let found = try await search("hospital", place, wanted)
    #expect((found["rows"]?.integer ?? 0) > 0 && (found["bytes"]?.integer ?? 0) > 4096, "\(found)")
    for canary in Self.canaries + [identifier] {
      #expect(found["found"]?[canary] == .array([]), "\(canary)")
    }
    #expect(found["found"]?[own]?.array?.isEmpty == false)

    // The same search finds all of it where it should be: in what was sealed, and in no file as it lies.
    let control = try await search("karin", place, wanted)
    for canary in wanted { #expect(control["found"]?[canary]?.array?.isEmpty == false, "\(canary)") }
    for (who, words) in [("karin", Self.canaries + [own]), ("hospital", [own])] {
      let lying = try await search(who, place, words, sealed: true)
      for word in words { #expect(lying["found"]?[word] == .array([]), "\(word) at \(who)") }
    }
    // And what the hospital can be shown by its own commands is no more.
    for words in [["case", "list"], ["person", "list"], ["conflicts"]] {
      #expect(try await place.kos("hospital", words + ["--json"]).output.isEmpty, "\(words)")
    }
  }

  private func write(_ label: String, _ place: Municipality, before: Bool) async throws {
    if before {
      try await place.done("karin", "contact", "log", label, "--kind", "meeting", "--text", "kanarie-kontakt")
      try await place.done("karin", "goal", "add", label, "--text", "kanarie-maal")
    } else {
      try await place.done("karin", "note", "add", label, "--text", "kanarie-notat")
      try await place.done(
        "karin", "assessment", "note", label, "--domain", "parenting", "--text", "kanarie-udredning")
    }
  }

  /// - Parameter sealed: whether what is sealed stays so, as for somebody without the key.
  private func search(
    _ who: String, _ place: Municipality, _ words: [String], sealed: Bool = false
  ) async throws -> JSONValue {
    let script = Municipality.root + "/Tests/CommandLineTests/Support/search-replica.py"
    let options = sealed ? ["--sealed"] : []
    let answer = try await place.run("/usr/bin/python3", [script] + options + [place.home(who)] + words)
    try #require(answer.exit == 0, "\(answer)")
    return try answer.object
  }
}
