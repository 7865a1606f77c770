import Foundation
import Testing

/// What keeps the device's key from whoever gets hold of the file.
@Suite(.serialized, .atWork) struct ProtectionTests {
  @Test func aPassphraseInAFile() async throws {
    let place = try Municipality.current
    let file = try place.write("rigtig hest\n")
    let code = try await place.invite("lene", "core-team", "Anton")
    // The file is named from one folder and must be found from another.
    let name = String(try #require(file.split(separator: "/").last))
    let enrolled = try await place.enrol("anton", code: code, ["--passphrase-file", name])
    #expect(enrolled.exit == 0, "\(enrolled)")
    #expect(try enrolled.object["unprotected"] == .boolean(false))
    guard case .string(let recovery)? = try enrolled.object["recovery_code"] else {
      Issue.record("no recovery code was shown: \(enrolled)")
      return
    }
    #expect(recovery.count == 35)
    let sync = try await place.kos("anton", "sync", directory: "/")
    #expect(sync.exit == 0, "\(sync)")
    let status = try await place.done("anton", "status")
    #expect(!status.output.contains("unprotected"))

    // Moved away, its new place can be named; another passphrase does not do, and without the right one
    // nothing is read or written, since all that is stored is sealed.
    try FileManager.default.moveItem(atPath: file, toPath: file + ".moved")
    let wrong = try place.write("forkert hest\n")
    for (language, told) in ["en": "The passphrase is wrong", "da": "Adgangssætningen er forkert"] {
      let answer = try await place.kos("anton", "sync", "--passphrase-file", wrong, language: language)
      #expect(answer.exit == 7 && answer.error.contains(told), "\(answer)")
    }
    let locked = try await place.kos("anton", "sync", language: "da")
    #expect(locked.exit == 7 && locked.error.contains("Kopien er låst. Intet er tabt."), "\(locked)")
    let written = try await place.kos(
      "anton", "person", "add", "--name", "Låst", "--passphrase-file", wrong, "--json")
    #expect(written.exit == 7, "\(written)")
    let invited = try await place.kos("anton", "invite", "core-team", "--name", "Låst", "--json")
    #expect(invited.exit == 7, "\(invited)")
    let sent = try await place.done("anton", "sync", "--passphrase-file", file + ".moved", "--json")
    #expect(try sent.object["pending"] == .integer(0))
  }

  @Test func aPassphraseThatIsAskedFor() async throws {
    let place = try Municipality.current
    let code = try await place.invite("lene", "core-team", "Berta")
    let words = ["enroll", "--server", place.url, "--code", code, "--json"]

    // Not the same twice: nothing is made, and the code is still good.
    let clumsy = try Terminal.Visit(place, "berta", words)
    try await clumsy.answer("Passphrase: ", with: "en hest")
    try await clumsy.answer("Passphrase again: ", with: "to heste")
    try await clumsy.terminal.read(until: "Nothing was changed.")
    #expect(try await clumsy.end().exit == 2)

    let careful = try Terminal.Visit(place, "berta", words)
    try await careful.answer("Passphrase: ", with: "en hest")
    let again = try await careful.answer("Passphrase again: ", with: "en hest")
    #expect(!again.contains("en hest"), "what is typed is not shown")
    #expect(try await careful.end().object["unprotected"] == .boolean(false))

    let sync = try Terminal.Visit(place, "berta", ["sync", "--json"])
    try await sync.answer("Passphrase: ", with: "en hest")
    #expect(try await sync.end().object["outcome"] == .string("up_to_date"))

    let wrong = try Terminal.Visit(place, "berta", ["sync", "--json"])
    try await wrong.answer("Passphrase: ", with: "en ko")
    try await wrong.terminal.read(until: "The passphrase is wrong")
    #expect(try await wrong.end().exit == 7)

    let away = try await place.kos("berta", "sync", language: "da")
    #expect(away.exit == 7 && away.error.contains("Kopien er låst"), "\(away)")
  }

  /// The kernel keeps what was derived from the passphrase for the session; where it keeps no keys, that is
  /// said, and the code is still good.
  @Test func theSessionKeyring() async throws {
    let place = try Municipality.current
    let code = try await place.invite("lene", "core-team", "Clara")
    let words = ["enroll", "--server", place.url, "--code", code, "--keyring", "--json"]
    let visit = try Terminal.Visit(place, "clara", words)
    try await visit.answer("Passphrase: ", with: "en hest")
    try await visit.answer("Passphrase again: ", with: "en hest")
    let answer = try await visit.end()
    if answer.exit == 0 {
      #expect(try answer.object["unprotected"] == .boolean(false))
      // Another process, without a terminal, needs no passphrase any more.
      let sync = try await place.kos("clara", "sync")
      #expect(sync.exit == 0, "\(sync)")
    } else {
      #expect(answer.exit == 7, "\(answer)")
      let shown = try await visit.terminal.read(until: "Choose --passphrase-file F.")
      #expect(shown.contains("The kernel keeps no keys here"))
      #expect(try await place.enrol("clara", code: code).exit == 0)
    }
  }

  @Test func noProtectionIsSaid() async throws {
    let place = try Municipality.current
    for (language, told) in [
      "en": "The key on this machine is unprotected: whoever has the disk can read everything.",
      "da": "Nøglen på denne maskine er ubeskyttet: den, der har disken, kan læse alt.",
    ] {
      let status = try await place.kos("karin", "status", language: language)
      #expect(status.output.contains(told), "\(status)")
    }
    #expect(try await place.done("karin", "status", "--json").object["unprotected"] == .boolean(true))
  }

  /// Nothing in a replica can be read without its key file, and nothing is lost while it may come back.
  @Test func aKeyFileThatIsMissingDamagedOrAnothersIsSaid() async throws {
    let place = try Municipality.current
    for name in ["edel", "fie"] {
      let code = try await place.invite("lene", "core-team", name)
      #expect(try await place.enrol(name, code: code).exit == 0)
    }
    let key = place.home("edel") + "/device.key"
    let whole = try Data(contentsOf: URL(filePath: key))
    func tell(_ file: Data?, _ told: String) async throws {
      try? FileManager.default.removeItem(atPath: key)
      if let file {
        try file.write(to: URL(filePath: key))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
      }
      let answer = try await place.kos("edel", "status")
      #expect(answer.exit == 6 && answer.error.contains(told), "\(answer)")
    }
    try await tell(nil, "The key file (device.key) is missing")
    try await tell(whole.dropLast(40), "The key file (device.key) is damaged")
    try await tell(
      try Data(contentsOf: URL(filePath: place.home("fie") + "/device.key")), "sealed under another key")
    try whole.write(to: URL(filePath: key))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
    #expect(try await place.kos("edel", "status").exit == 0)
  }

  @Test func aKeyFileThatOthersMayReadIsNotUsed() async throws {
    let place = try Municipality.current
    let code = try await place.invite("lene", "core-team", "Dora")
    #expect(try await place.enrol("dora", code: code).exit == 0)
    let key = place.home("dora") + "/device.key"
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
    let open = try await place.kos("dora", "sync")
    #expect(open.exit == 7 && open.error.contains("Use: chmod 600"), "\(open)")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
    #expect(try await place.kos("dora", "sync").exit == 0)
  }
}
