import Foundation
import Glibc
import Testing

/// The way to the server: TLS with its certificate checked, or this machine alone.
@Suite struct TransportSecurityTests {
  @Test func onlyTheRightAuthorityIsTrusted() async throws {
    let place = try await Municipality.unserved()
    try await certificates(place)
    try await place.serve(security: ["--tls-cert", "server.pem", "--tls-key", "server.key"])
    #expect(place.url.hasPrefix("wss://"))

    let refused: [(words: [String], exit: Int32, english: String, danish: String)] = [
      ([], 5, "certificate cannot be trusted", "certifikat kan ikke godkendes"),
      (["--ca", "other.pem"], 5, "the code is unused. Check --ca", "koden er ikke brugt. Se efter --ca"),
      (["--ca", "nofile"], 2, "file of --ca cannot be used", "filen fra --ca kan ikke bruges"),
    ]
    for attempt in refused {
      for (language, told) in ["en": attempt.english, "da": attempt.danish] {
        let answer = try await place.enrol(
          "lene", code: place.leaderCode, ["--unprotected"] + attempt.words, language: language)
        #expect(answer.exit == attempt.exit, "\(attempt): \(answer)")
        #expect(try answer.failure["message"]?.string?.contains(told) == true, "\(attempt): \(answer)")
      }
    }

    // The authority is named from one folder and must be found from another.
    let enrolled = try await place.enrol(
      "lene", code: place.leaderCode, ["--unprotected", "--ca", "authority.pem"])
    #expect(enrolled.exit == 0, "\(enrolled)")
    let sync = try await place.kos("lene", "sync", directory: "/")
    #expect(sync.exit == 0, "\(sync)")
    let invited = try await place.done("lene", "invite", "coordinator", "--name", "Karin", "--json")
    #expect(try invited.text("link").hasPrefix(place.url + "/#"))

    // Another server with a certificate of another authority takes the place.
    await place.stopServer()
    let port = String(try #require(place.url.split(separator: ":").last))
    try await place.serve(security: ["--tls-cert", "false.pem", "--tls-key", "server.key"], port: port)
    for (language, told) in ["en": "certificate cannot be trusted", "da": "certifikat kan ikke godkendes"] {
      let deceived = try await place.kos("lene", "sync", language: language)
      #expect(deceived.exit == 5 && deceived.error.contains(told), "\(deceived)")
    }
    await place.close()
  }

  @Test func plainTextStaysOnThisMachine() async throws {
    let place = try await Municipality.withLeader()
    let code = try await place.invite("lene", "coordinator", "Karin")
    for (language, told) in ["en": "Ask for a link with wss://", "da": "Bed om et link med wss://"] {
      let link = "ws://192.0.2.1:7400/#" + code
      let answer = try await place.kos("karin", "enroll", link, "--unprotected", language: language)
      #expect(answer.exit == 2 && answer.error.contains(told), "\(answer)")
    }
    #expect(try await place.enrol("karin", code: code).exit == 0)
    await place.close()
  }

  /// A server of another version refuses what `kos` offers, or chooses what it speaks itself: by neither is
  /// anything lost.
  @Test(arguments: ["refuses", "chooses"])
  func aServerOfAnotherVersionIsToldFromNone(manner: String) async throws {
    let place = try await Municipality.withLeader()
    let code = try await place.invite("lene", "coordinator", "Karin")
    await place.stopServer()
    let port = String(try #require(place.url.split(separator: ":").last))
    let notes = place.file("other")
    let other = try ChildProcess(
      ChildProcess.Launch(
        program: Municipality.root + "/Tests/CommandLineTests/Support/other-version.py",
        arguments: [port, manner], environment: ["PATH": "/usr/bin:/bin"], directory: place.folder,
        output: notes, error: notes + ".log", patience: 600))
    _ = try await Lines(notes).next { $0 == "listening" }
    for (language, told) in [
      "en": "the server speaks another version of the protocol",
      "da": "serveren taler en anden version af protokollen",
    ] {
      let sync = try await place.kos("lene", "sync", language: language)
      #expect(sync.exit == 5 && sync.error.contains(told), "\(sync)")
      let enrolled = try await place.enrol("karin", code: code, language: language)
      #expect(enrolled.exit == 5 && enrolled.error.contains(told), "\(enrolled)")
    }
    other.signal(SIGTERM)
    _ = await other.exit()
    try await place.serve(port: port)
    #expect(try await place.kos("lene", "sync").exit == 0)
    #expect(try await place.enrol("karin", code: code).exit == 0)
    await place.close()
  }

  /// An operator is told what is wrong in sentences.
  @Test func theServerSaysWhatItLacks() async throws {
    let place = try await Municipality.withLeader()
    let mistakes: [(words: [String], told: String)] = [
      (["serve", "--data", "tenant"], "Name --tls-cert and --tls-key, or --plaintext-loopback"),
      (["serve", "--data", "tenant", "--tls-cert", "a.pem"], "Name --tls-cert and --tls-key"),
      (["serve", "--data", "tenant", "--plaintext-loopback", "--listen", "7400"], "ADDRESS:PORT"),
      (["serve", "--data", "tenant", "--plaintext-loopback"], "Another kosd has the tenant"),
      (
        ["serve", "--data", "new", "--plaintext-loopback"],
        "Make one with: kosd init"
      ),
      (["init", "--data", "tenant", "--tenant", "N"], "kosd"),
      (["init", "--data", "a/b/c", "--tenant", "N"], "whether the folder above exists"),
      (["init", "--data", "new", "--tenant", "N", "--url", "http://localhost"], "ws:// or wss://"),
    ]
    for mistake in mistakes {
      let answer = try await place.run("kosd", mistake.words)
      #expect(answer.exit != 0 && answer.error.contains(mistake.told), "\(mistake.words): \(answer)")
    }
    let made = try await place.run("kosd", ["init", "--data", "other", "--tenant", "Vallensbæk"])
    #expect(made.output.contains("back them up apart from the rest"), "\(made)")
    #expect(!made.output.contains("ynthetic"), "\(made)")
    #expect(made.output.contains("kosd serve --data other --plaintext-loopback"), "\(made)")
    let open = ["serve", "--data", "other", "--plaintext-loopback", "--listen", "0.0.0.0:0"]
    let refused = try await place.run("kosd", open)
    #expect(refused.exit != 0 && refused.error.contains("loopback address only"), "\(refused)")
    let taken = String(place.url.dropFirst("ws://".count))
    let busy = try await place.run(
      "kosd", ["serve", "--data", "other", "--plaintext-loopback", "--listen", taken])
    #expect(busy.exit != 0 && busy.error.contains("address or port cannot be used"), "\(busy)")
    await place.close()
  }

  private func certificates(_ place: Municipality) async throws {
    let script = Municipality.root + "/Tests/CommandLineTests/Support/make-certificates"
    let made = try await place.run(script, [place.folder])
    try #require(made.exit == 0, "\(made)")
  }
}
