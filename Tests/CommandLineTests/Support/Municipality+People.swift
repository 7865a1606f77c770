import Testing

extension Municipality {
  /// Enrols a device with a code. Without words about protection it has none.
  func enrol(
    _ who: String, code: String, _ words: [String] = ["--unprotected"], language: String = "en"
  ) async throws -> Answer {
    try await kos(
      who, ["enroll", "--server", url, "--code", code, "--json"] + words, language: language)
  }

  /// The code of an invitation.
  func invite(_ inviter: String, _ role: String, _ name: String, _ words: String...) async throws -> String {
    let answer = try await kos(inviter, ["invite", role, "--name", name, "--json"] + words)
    try #require(answer.exit == 0, "\(answer)")
    return try answer.text("code")
  }

  /// A colleague with a device.
  func colleague(_ who: String, _ role: String, _ name: String, _ words: [String] = ["--unprotected"])
    async throws
  {
    let enrolled = try await enrol(who, code: try await invite("lene", role, name), words)
    try #require(enrolled.exit == 0, "\(enrolled)")
  }

  /// The code of another leader, whom only the server's machine makes, while nobody is served.
  func codeOfLeader(_ name: String) async throws -> String {
    let added = try await run("kosd", ["leader", "add", "--data", "tenant", "--name", name, "--json"])
    try #require(added.exit == 0, "\(added)")
    return try added.text("code")
  }

  /// Another leader with a device. The server is away meanwhile.
  func leader(_ who: String, _ name: String) async throws {
    await stopServer()
    let code = try await codeOfLeader(name)
    try await serveAgain()
    let enrolled = try await enrol(who, code: code)
    try #require(enrolled.exit == 0, "\(enrolled)")
  }

  /// Does something that must succeed.
  @discardableResult
  func done(_ who: String, _ words: String..., input: String? = nil) async throws -> Answer {
    let answer = try await kos(who, words, input: input)
    try #require(answer.exit == 0, "kos \(words.joined(separator: " ")): \(answer)")
    return answer
  }

  /// A municipality at work: Karin coordinates the case F01 with Poul, and Lene leads.
  static func atWork() async throws -> Municipality {
    let place = try await withLeader()
    try await place.colleague("karin", "coordinator", "Karin")
    try await place.colleague("poul", "core-team", "Poul")
    try await place.done("lene", "case", "new", "--label", "F01", "--child", "Anna:2018-05-01")
    try await place.done("lene", "case", "allocate", "F01", "--coordinator", "Karin", "--team", "Poul")
    try await place.done("karin", "sync")
    try await place.done("poul", "sync")
    return place
  }

  /// A hospital that reports on a case of Karin's.
  func hospital(_ who: String = "hospital", on label: String = "F01") async throws {
    let code = try await invite("karin", "external-reporter", "Sygehus \(who)", "--case", label)
    let enrolled = try await enrol(who, code: code)
    try #require(enrolled.exit == 0, "\(enrolled)")
  }

  /// The same with Anna's parents, who hold custody of her together, and Hanne of the health visitors, for
  /// whom Ole vouches. Nothing is shared yet.
  static func withFamily() async throws -> Municipality {
    let place = try await atWork()
    try await place.done("karin", "organisation", "add", "--name", "Sundhedsplejen", "--sort", "health")
    try await place.done("karin", "person", "add", "--name", "Ole")
    for (who, name) in [("mor", "Mor"), ("far", "Far")] {
      try await place.outsider(who, "parent", name)
    }
    try await place.outsider("hanne", "involved-professional", "Hanne", "--organisation", "Sundhedsplejen")
    try await place.done(
      "karin", "custody", "set", "F01", "--of", "Anna", "--holder", "Mor", "--holder", "Far", "--source",
      "civil_register")
    try await place.done("karin", "note", "add", "F01", "--type", "health", "--text", "hører dårligt")
    try await place.done("karin", "note", "add", "F01", "--text", "kun til os")
    try await place.done("karin", "goal", "add", "F01", "--text", "en rolig nat")
    return place
  }

  /// Somebody from outside the staff who takes part in Karin's case F01.
  func outsider(_ who: String, _ role: String, _ name: String, _ words: String...) async throws {
    let answer = try await kos(
      "karin", ["invite", role, "--case", "F01", "--name", name, "--json"] + words)
    try #require(answer.exit == 0, "\(answer)")
    let enrolled = try await enrol(who, code: try answer.text("code"))
    try #require(enrolled.exit == 0, "\(enrolled)")
  }
}
