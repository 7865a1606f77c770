import Foundation
import Testing

/// Becoming a device: the code is spent only on a replica that works.
@Suite(.serialized, .atWork) struct EnrolmentTests {
  @Test func enrollingTellsWhoOneIs() async throws {
    let place = try Municipality.current
    let code = try await place.invite("lene", "core-team", "Tina")
    let link = place.url + "/#" + code
    let answer = try await place.kos("tina", "enroll", link, "--unprotected", language: "da")
    #expect(answer.exit == 0)
    #expect(answer.output.contains("Tilmeldt Ishøj som Tina (kerneteam)."), "\(answer)")
    #expect(answer.output.contains("ubeskyttet"))
    #expect(!answer.error.contains("syntetisk"), "\(answer)")

    let other = try await place.enrol("tove", code: try await place.invite("lene", "core-team", "Tove"))
    #expect(other.exit == 0)
    #expect(
      try other.object.keys
        == ["enrolled", "tenant", "person", "name", "role", "unprotected", "recovery_code", "confirmation"])
    #expect(try other.object["role"] == .string("core_team"))
    #expect(!other.error.contains("ynthetic"), "\(other)")
  }

  /// Whatever is wrong with the protection, the code is still good afterwards.
  @Test func aFailedProtectionDoesNotCostTheCode() async throws {
    let place = try Municipality.current
    let code = try await place.invite("lene", "core-team", "Uffe")
    let open = try place.write("hemmelig\n", mode: 0o644)
    let attempts: [(words: [String], exit: Int32, english: String, danish: String)] = [
      ([], 2, "Without a terminal the protection must be named", "Uden terminal skal beskyttelsen nævnes"),
      (["--passphrase"], 7, "Name a --passphrase-file", "Angiv --passphrase-file"),
      (["--keyring"], 7, "Name a --passphrase-file", "Angiv --passphrase-file"),
      (["--keyring", "--unprotected"], 2, "one protection only", "kun én beskyttelse"),
      (["--passphrase-file", "nofile"], 2, "Cannot read nofile", "nofile kan ikke læses"),
      (["--passphrase-file", open], 7, "Use: chmod 600", "Brug: chmod 600"),
    ]
    for attempt in attempts {
      for (language, told) in ["en": attempt.english, "da": attempt.danish] {
        let link = place.url + "/#" + code
        let answer = try await place.kos("uffe", ["enroll", link] + attempt.words, language: language)
        #expect(answer.exit == attempt.exit && answer.error.contains(told), "\(attempt): \(answer)")
      }
    }
    #expect(!FileManager.default.fileExists(atPath: place.home("uffe")))
    #expect(try await place.enrol("uffe", code: code).exit == 0)
  }

  @Test func aCodeWorksOnce() async throws {
    let place = try Municipality.current
    let code = try await place.invite("lene", "core-team", "Vera")
    #expect(try await place.enrol("vera", code: code).exit == 0)
    try await refuses(code, place, "mistyped, used or expired", "skrevet forkert, brugt eller udløbet")
  }

  /// A code that was typed wrong is recognised without the server, in any case and with or without dashes.
  @Test func aCodeIsTyped() async throws {
    let place = try Municipality.current
    let code = try await place.invite("lene", "core-team", "Yrsa")
    let wrong = code.prefix(1) == "A" ? "B" + code.dropFirst() : "A" + code.dropFirst()
    try await refuses(String(wrong), place, "mistyped", "skrevet forkert")
    try await refuses("ABC", place, "mistyped", "skrevet forkert")
    let typed = code.lowercased().replacingOccurrences(of: "-", with: " ")
    #expect(try await place.enrol("yrsa", code: typed).exit == 0)
  }

  @Test func anExpiredCodeIsRefused() async throws {
    let place = try await Municipality.unserved()
    let script = Municipality.root + "/Tests/CommandLineTests/Support/expire-codes.py"
    let expired = try await place.run("/usr/bin/python3", [script, place.folder + "/tenant"])
    #expect(expired.output == "1\n", "\(expired)")
    try await place.serve()
    try await refuses(place.leaderCode, place, "expired", "udløbet")
    // Whoever makes another one finds it gone: what expired long ago is not kept.
    await place.stopServer()
    _ = try await place.codeOfLeader("Bo")
    let left = try await place.run("/usr/bin/python3", [script, place.folder + "/tenant"])
    #expect(left.output == "1\n", "\(left)")
    await place.close()
  }

  /// The code holds the fingerprint of its tenant's key: another server is recognised before it is told
  /// anything that would use the code up.
  @Test func anotherTenantsServerIsRefused() async throws {
    let place = try Municipality.current
    let other = try await Municipality.withLeader()
    let code = try await place.invite("lene", "core-team", "Åse")
    try await refuses(code, other, "Another server than the code's answers", "En anden server")
    #expect(try await place.enrol("aase", code: code).exit == 0)
    await other.close()
  }

  @Test func aServerThatIsDownLeavesNothing() async throws {
    let place = try Municipality.current
    let code = try await place.invite("lene", "core-team", "Ørn")
    for (language, told) in ["en": "Try again with the same link", "da": "Prøv igen med samme link"] {
      let link = "ws://127.0.0.1:1/#" + code
      let answer = try await place.kos("oern", "enroll", link, "--unprotected", language: language)
      #expect(answer.exit == 5 && answer.error.contains(told), "\(answer)")
      #expect(!FileManager.default.fileExists(atPath: place.home("oern")))
    }
    #expect(try await place.enrol("oern", code: code).exit == 0)
  }

  /// A second enrolment, even beside a replica that cannot be read, leaves the key alone: unsent work needs
  /// it.
  @Test func aSecondEnrolmentKeepsTheKey() async throws {
    let place = try Municipality.current
    let code = try await place.invite("lene", "core-team", "Xenia")
    #expect(try await place.enrol("xenia", code: code).exit == 0)
    let key = FileManager.default.contents(atPath: place.home("xenia") + "/device.key")
    let again = try await place.invite("lene", "core-team", "Zita")
    let second = try await place.enrol("xenia", code: again)
    #expect(second.exit == 2 && second.error.contains("There is a replica here already"), "\(second)")
    let script = Municipality.root + "/Tests/CommandLineTests/Support/damage.py"
    _ = try await place.run("/usr/bin/python3", [script, place.home("xenia") + "/replica.db"])
    #expect(try await place.enrol("xenia", code: again).exit == 6)
    #expect(FileManager.default.contents(atPath: place.home("xenia") + "/device.key") == key)
    #expect(try await place.enrol("zita", code: again).exit == 0)
  }

  @Test func anAddressIsNeeded() async throws {
    let place = try Municipality.current
    let code = try await place.invite("lene", "core-team", "Carl")
    for link in ["", "http://127.0.0.1:1/#" + code, "127.0.0.1#" + code] {
      let answer = try await place.kos(
        "carl", "enroll", link, "--code", code, "--unprotected", language: "da")
      #expect(answer.exit == 2 && answer.error.contains("Brug linket fra invitationen"), "\(answer)")
    }
    let answer = try await place.kos("carl", "enroll", place.url, "--unprotected", language: "da")
    #expect(answer.exit == 2 && answer.error.contains("Der mangler en kode"), "\(answer)")
  }

  private func refuses(_ code: String, _ place: Municipality, _ english: String, _ danish: String)
    async throws
  {
    for (language, told) in ["en": english, "da": danish] {
      let answer = try await place.enrol("refused", code: code, language: language)
      #expect(answer.exit == 3, "\(answer)")
      #expect(try answer.failure["message"]?.string?.contains(told) == true, "\(answer)")
      #expect(!FileManager.default.fileExists(atPath: place.home("refused")))
    }
  }
}
