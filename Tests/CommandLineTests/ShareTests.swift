import Testing

/// From one command to what a recipient reads: what is foretold is what the server sends.
@Suite(.serialized, .withFamily) struct ShareTests {
  private static let share = [
    "share", "F01", "--with", "Hanne", "--vouched-by", "Ole", "--about", "Anna", "--type", "health", "--type",
    "plan", "--for", "coordination", "--months", "6", "--evidence-text", "mundtligt", "--form", "oral",
  ]

  @Test func whatIsSharedIsWhatWasForetold() async throws {
    let place = try Municipality.current
    // A look saves nothing.
    let look = try await place.kos("karin", Self.share + ["--preview", "--json"]).object
    #expect(look["saved"] == .boolean(false) && look["delivery"] == nil)
    #expect(try await place.done("karin", "consent", "list", "F01", "--json").output.isEmpty)
    #expect(try await place.done("karin", "vouching", "list", "--json").output.isEmpty)
    let told = try #require(look["forecast"]?.array?.first?["readable"]?.array)
    #expect(told.count == 2)

    // Offline it is a proposal, shown as such, and gives nothing yet.
    await place.stopServer()
    let saved = try await place.kos("karin", Self.share + ["--signed-by", "Mor"])
    #expect(saved.exit == 0 && saved.output.contains("That is so once Far has signed."), "\(saved)")
    #expect(saved.output.contains("Queued: sent once the server is reached."))
    #expect(saved.output.contains("Until then it is a proposal"), "\(saved)")
    let proposal = try await place.done("karin", "consent", "list", "F01", "--lang", "da").output
    #expect(proposal.contains("mangler underskrifter (forslag, venter)"), "\(proposal)")
    try await place.serveAgain()
    try await place.done("karin", "sync")
    try await place.done("hanne", "sync")
    #expect(try await place.done("hanne", "case", "list", "--json").output.isEmpty)

    // The second custody holder signs on his own device.
    try await place.done("far", "sync")
    let case_ = try await place.done("far", "case", "list", "--json").text("case")
    let his = try await place.done("far", "consent", "list", case_, "--json").object
    #expect(his["standing"] == .string("undetermined"))
    let signed = try await place.done("far", "consent", "sign", case_, "1", "--json").object
    // Who else must sign is not his to know.
    #expect(signed["delivery"] == .string("sent") && signed["missing_signatures"] == .null)
    try await place.done("karin", "sync")
    let standing = try await place.done("karin", "consent", "list", "F01", "--json").object["standing"]
    #expect(standing == .string("in_force"))

    // Everybody is called by name where the reader holds the names, and by a short id where he does not.
    let id = try #require(his["record"]?.string)
    for words in [["list", "F01"], ["show", "F01", "1"]] {
      let named = try await place.kos("karin", ["consent"] + words).output
      for name in ["Hanne", "Anna", "Mor", "Far"] { #expect(named.contains(name), "\(named)") }
      #expect(!named.contains(id), "\(named)")
    }
    let unnamed = try await place.done("far", "consent", "list", case_).output
    #expect(unnamed.contains("Far") && unnamed.contains(id.prefix(8)), "\(unnamed)")
    for case .string(let subject)? in [his["recipient"], his["subjects"]?.array?.first] {
      #expect(unnamed.contains(subject.prefix(8)) && !unnamed.contains(subject), "\(unnamed)")
    }

    // Exactly what was foretold, and what is foretold now.
    try await place.done("hanne", "sync")
    let reference = try await place.done("hanne", "case", "list", "--json").text("case")
    let held = try await place.done("hanne", "case", "log", reference, "--json").objects.compactMap {
      $0["record"]
    }
    #expect(Set(held) == Set(told))
    let now = try await place.done("karin", "explain", "--for", "Hanne", "--case", "F01", "--json").object
    #expect(now["readable"]?.array.map(Set.init) == Set(told))
    let record = try #require(told.first?.string)
    let verdict = try await place.done("karin", "explain", record, "--for", "Hanne", "--json").object
    #expect(verdict["reads"] == .boolean(true) && verdict["rule"] == .string("consent"))
    let words = try await place.kos("karin", "explain", record, "--for", "Poul", language: "da")
    #expect(words.output.contains("Fordi: deltager som ansat i sagen (participant)."), "\(words)")

    // Nor does she hold what decides: no answer is better than a wrong one.
    let asked = try await place.kos("hanne", "explain", record, "--for", "me")
    #expect(asked.exit == 2 && asked.error.contains("Ask the coordinator."), "\(asked)")

    // A note of the recipient's own, about whom she reads.
    let note = try await place.done(
      "hanne", "note", "add", reference, "--type", "health", "--text", "set i dag", "--json")
    #expect(try note.object["delivery"] == .string("sent"))
  }

  /// With a parent sharing is a release, with staff it is nothing.
  @Test func withWhomItIsShared() async throws {
    let place = try Municipality.current
    let words = ["share", "F01", "--type", "plan", "--for", "plan", "--months", "3", "--preview"]
    let parent = try await place.kos("karin", words + ["--with", "Mor", "--json"]).object
    #expect(parent["kind"] == .string("release"))
    #expect(parent["forecast"]?.array?.first?["readable"]?.array?.count == 1)
    let staff = try await place.kos("karin", words + ["--with", "Poul"])
    #expect(staff.exit == 2 && staff.error.contains("takes part as staff"), "\(staff)")
    try await place.done("karin", "person", "add", "--name", "Ny")
    let new = try await place.kos("karin", words + ["--with", "Ny", "--evidence-text", "x"])
    #expect(new.exit == 2 && new.error.contains("Use --organisation for Ny"), "\(new)")
    let unvouched = try await place.kos(
      "karin", words + ["--with", "Ny", "--organisation", "Sundhedsplejen", "--evidence-text", "x"])
    #expect(unvouched.exit == 2 && unvouched.error.contains("does not vouch for Ny yet"), "\(unvouched)")
  }
}
