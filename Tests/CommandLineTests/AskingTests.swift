import Testing

/// At a terminal what is missing is asked for.
@Suite(.serialized, .atWork) struct AskingTests {
  @Test func whatIsMissingIsAskedFor() async throws {
    let place = try Municipality.current
    let before = try await telephoneCalls(place)
    let visit = try Terminal.Visit(place, "karin", ["contact", "log", "--text", "talte om søvn"])
    try await visit.answer("The case: ", with: "F01")
    try await visit.answer("(--kind): ", with: " telephone ")
    #expect(try await visit.end().exit == 0)
    #expect(try await telephoneCalls(place) == before + 1)
  }

  private func telephoneCalls(_ place: Municipality) async throws -> Int {
    try await place.done("karin", "contact", "list", "F01", "--json").objects
      .count { $0["form"] == .string("telephone") }
  }

  @Test func whatIsNoValueIsAskedForAgain() async throws {
    let place = try Municipality.current
    let visit = try Terminal.Visit(
      place, "karin", ["authority-limit", "add", "--of", "Poul", "--matter", "respite"])
    try await visit.answer("(--amount): ", with: "mange")
    let complaint = try await visit.answer("(--amount): ", with: "100")
    #expect(complaint.contains("The value 'mange' is invalid"), "\(complaint)")
    // A coordinator sets no limits.
    #expect(try await visit.end().exit == 3)
  }

  /// A value is one however it begins.
  @Test func anAnswerIsAValue() async throws {
    let place = try Municipality.current
    let named = try Terminal.Visit(place, "karin", ["case", "new"])
    try await named.answer("What the family is called in lists (--label): ", with: "--json -x=1")
    try await named.answer("(empty line: later)", with: "")
    #expect(try await named.end().exit == 0)
    #expect(try await place.done("karin", "case", "list").output.contains("--json -x=1"))
    let several = try Terminal.Visit(place, "karin", ["reclassify"])
    try await several.answer("The case: ", with: "F01")
    try await several.answer(": ", with: "-x")
    // It was taken for the record that it is to name, and there is none.
    #expect(try await several.end().exit == 2)
  }

  /// What may be given more than once takes several answers.
  @Test func severalAreTaken() async throws {
    let place = try Municipality.current
    let visit = try Terminal.Visit(
      place, "karin", ["consent", "give", "F01", "--to", "Hanne", "--for", "coordination", "--months", "1"])
    try await visit.answer("(--type) – several with commas between: ", with: "health, gossip")
    let shown = try await visit.terminal.read(until: "\r\n")
    let rest = try await visit.terminal.read(until: "\r\n")
    #expect((shown + rest).contains("gossip"), "\(shown + rest)")
    #expect(try await visit.end().exit == 2)
  }

  /// Each command that cannot do without something asks for it, and an empty line is no answer.
  @Test func everyCommandAsks() async throws {
    let place = try Municipality.current
    for shape in try await CommandShape.all(in: place).values.sorted(by: { $0.name < $1.name }) {
      guard let first = shape.inputs.first(where: \.isNeeded) else { continue }
      let visit = try Terminal.Visit(place, "karin", shape.name.split(separator: " ").map(String.init))
      let end = first.isPositional ? ": " : "(--\(first.name)"
      let shown = try await visit.answer(end, with: "")
      #expect(!shown.contains("Missing expected"), "\(shape.name): \(shown)")
      #expect(try await visit.end().exit == 2, "\(shape.name)")
    }
  }

  /// Where nobody can be asked it is an error, and so it is for programs, who read JSON.
  @Test func programsAreNotAsked() async throws {
    let place = try Municipality.current
    let alone = try await place.kos("karin", "case", "new")
    #expect(alone.exit == 2 && alone.error.contains("Missing expected argument '--label <label>'"))
    let visit = try Terminal.Visit(place, "karin", ["case", "new", "--json"])
    let answer = try await visit.end()
    #expect(answer.exit == 2, "\(answer)")
  }
}
