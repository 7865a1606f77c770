import ArgumentParser
import Glibc
import SyncClient

/// Makes a device key and a replica here, with an invitation.
struct Enroll: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Phrase(
      "Tilmeld denne maskine med linket fra en invitation.",
      "Enroll this machine with the link of an invitation."
    ).said)

  @Argument(
    help: Phrase("Invitationen: ws://vært:port/#KODE", "The invitation: ws://host:port/#CODE").help(
      valueName: "link"))
  var link: String?
  @Option(
    help: Phrase("Serveren, når der ikke er et link.", "The server, when no link is given.").help(
      valueName: "url"))
  var server: String?
  @Option(
    help: Phrase("Koden, når den ikke står i linket.", "The code, when the link does not hold it.").help())
  var code: String?
  @Option(
    name: .customLong("ca"),
    help: Phrase("Serverens certifikatudsteder (PEM).", "The server's authority.").help(valueName: "file"))
  var authority: String?
  @Option(help: Phrase("Hvad enheden hedder.", "What the device is called.").help())
  var deviceName: String?
  @Flag(
    help: Phrase(
      "Beskyt nøglen med en adgangssætning, der spørges om.", "Protect the key with a passphrase, asked for."
    ).help())
  var passphrase = false
  @Flag(
    help: Phrase(
      "Gem nøglens hemmelighed i kernens nøglering for sessionen.",
      "Keep the key's secret in the session keyring of the kernel."
    ).help())
  var keyring = false
  @Flag(help: Phrase("Beskyt ikke nøglen.", "Do not protect the key.").help())
  var unprotected = false
  @Flag(
    help: Phrase(
      "Begynd forfra, hvor en enhed er låst for altid: den flyttes til side, usendt arbejde med den.",
      "Start anew where a device is locked for good: it is moved aside, with its unsent work."
    ).help())
  var replace = false
  @OptionGroup var common: CommonOptions

  func run() async throws {
    try await common.guarded { output in
      let protection = try protection()
      let (url, code) = try address(output)
      let aside = replace ? try setAside(output) : nil
      let secret = Passphrase(file: common.passphraseFile, output: output)
      let replica: Replica
      var recoveryCode: String?
      do {
        replica = try await Replica.enroll(
          home: Replica.home(common.home), serverURL: url, code: code,
          deviceName: deviceName ?? Self.hostName(), authorityFile: authority, protection: protection,
          passphrase: { try secret.askForNew() }, onRecoveryCode: { recoveryCode = $0 })
      } catch {
        if let aside, !Replica.putBack(aside, to: try Replica.home(common.home)) {
          output.notice(output.say(.notPutBack, aside))
        }
        guard let error = error as? ReplicaError else { throw error }
        throw Failure(enrolling: error)
      }
      defer { replica.close() }
      let profile = replica.profile
      let digits = try replica.status().confirmation
      output.object([
        ("enrolled", true), ("tenant", JSON(profile.tenantName)), ("person", JSON(profile.person)),
        ("name", JSON(profile.personName)), ("role", JSON(profile.role.name)),
        ("unprotected", .boolean(profile.isUnprotected)), ("recovery_code", JSON(recoveryCode)),
        ("confirmation", JSON(digits)),
      ])
      let role = output.label(profile.role.name ?? String(profile.role.rawValue))
      output.line(output.say(.enrolled, profile.tenantName.shown, profile.personName.shown, role))
      if let digits {
        output.line(output.say(.unconfirmedNew, digits, ServerAddress.spoken(profile.serverURL)))
      }
      if profile.isUnprotected { output.line(output.say(.unprotected)) }
      if let recoveryCode { output.line(output.say(.recoveryCode, recoveryCode)) }
    }
  }

  /// Makes room for the new device, and says first what the old one has not sent.
  private func setAside(_ output: Output) throws -> String {
    let home = try Replica.home(common.home)
    let unsent = try Replica.unsentWork(home: home)
    let aside = try Replica.setAside(home: home)
    output.notice(
      output.say(.replacing, String(unsent.entries), String(unsent.sealed), aside))
    return aside
  }

  /// How the key is protected. Without a terminal it must be said.
  private func protection() throws -> Protection {
    let named = [passphrase, keyring, unprotected].count { $0 }
    guard named + (common.passphraseFile == nil || passphrase ? 0 : 1) <= 1 else {
      throw Failure(.usage, .oneProtection)
    }
    if let file = common.passphraseFile { return .passphraseFile(file) }
    if keyring { return .sessionKeyring }
    if unprotected { return .unprotected }
    guard passphrase || isatty(0) == 1 else { throw Failure(.usage, .chooseProtection) }
    return .passphrase
  }

  /// The server's address and the code, from the link, the options, or asked for.
  private func address(_ output: Output) throws -> (url: String, code: String) {
    let parts = (link ?? server ?? "").split(separator: "#", maxSplits: 1).map(String.init)
    guard var url = parts.first else { throw Failure(.usage, .badURL) }
    while url.hasSuffix("/") { url.removeLast() }
    let given = try code ?? (parts.count > 1 ? parts[1] : nil) ?? Prompt.line(output.say(.codePrompt))
    guard let given, !given.isEmpty else { throw Failure(.usage, .noCode) }
    return (url, given)
  }

  private static func hostName() -> String {
    var name = [UInt8](repeating: 0, count: 256)
    let isKnown = name.withUnsafeMutableBytes { bytes in
      bytes.bindMemory(to: CChar.self).baseAddress.map { gethostname($0, 255) } == 0
    }
    return isKnown ? String(decoding: name.prefix { $0 != 0 }, as: UTF8.self) : "device"
  }
}
