import Foundation
import Testing
import WireProtocol

@testable import Storage

/// The file with a device's secrets.
@Suite struct DeviceKeysTests {
  private struct Asked: Error {}

  private func neverAsked() throws -> String { throw Asked() }

  private func code(_ body: () throws -> Void) -> StorageError.Code? {
    do {
      try body()
      return nil
    } catch {
      return (error as? StorageError)?.code
    }
  }

  @Test("The keys come back under every protection, and nobody else may read the file")
  func roundTrip() throws {
    let directory = try TemporaryDirectory()
    let file = directory.path("passphrase")
    try Data("hemmelig kode\n".utf8).write(to: URL(filePath: file))
    try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: file)
    for protection in [KeyProtection.unprotected, .passphrase, .passphraseFile(file)] {
      let home = directory.path("home")
      let keys = try DeviceKeys.generated()
      try keys.store(in: home, protection: protection) { "hemmelig kode" }
      let read = try DeviceKeys(home: home) {
        guard protection == .passphrase else { throw Asked() }
        return "hemmelig kode"
      }
      #expect(read.actor == keys.actor && read.agreementKey == keys.agreementKey)
      #expect(read.signingKey.publicKey == keys.signingKey.publicKey)
      #expect(try DeviceKeys.protection(home: home) == protection)
      let attributes = try FileManager.default.attributesOfItem(atPath: home + "/device.key")
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test("A wrong passphrase, a changed file and an open one are told apart")
  func refusals() throws {
    let directory = try TemporaryDirectory()
    let home = directory.path("home")
    let path = home + "/device.key"
    #expect(code { _ = try DeviceKeys(home: home, passphrase: neverAsked) } == .missing)
    try DeviceKeys.generated().store(in: home, protection: .passphrase) { "rigtig" }
    #expect(code { _ = try DeviceKeys(home: home) { "forkert" } } == .wrongPassphrase)
    #expect(throws: Asked.self) { _ = try DeviceKeys(home: home, passphrase: neverAsked) }
    let whole = try String(contentsOfFile: path, encoding: .utf8)
    #expect(!whole.contains("rigtig"))
    func write(_ text: String) throws { try PrivateFiles.write(Array(text.utf8), to: path) }
    try write(whole.replacing("\"passphrase\",", with: "\"session_keyring\","))
    #expect(code { _ = try DeviceKeys(home: home) { "rigtig" } } != nil)
    try write(whole.replacing("\"rounds\" : 32768", with: "\"rounds\" : 1024"))
    #expect(code { _ = try DeviceKeys(home: home) { "rigtig" } } == .damaged)
    try write(whole.replacing("\"version\" : 2", with: "\"version\" : 3"))
    #expect(code { _ = try DeviceKeys(home: home) { "rigtig" } } == .newerSchema)
    try write(whole.replacing("\"version\" : 2", with: "\"version\" : 1"))
    #expect(code { _ = try DeviceKeys(home: home) { "rigtig" } } == .olderSchema)
    try write("{}")
    #expect(code { _ = try DeviceKeys(home: home) { "rigtig" } } == .damaged)
    try write(whole)
    _ = try DeviceKeys(home: home) { "rigtig" }
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    #expect(code { _ = try DeviceKeys(home: home) { "rigtig" } } == .tooOpen)
  }

  @Test("A recovery code opens what a passphrase closed, and a new passphrase is set with it")
  func recovery() throws {
    let directory = try TemporaryDirectory()
    let home = directory.path("home")
    var keys = try DeviceKeys.generated()
    let code = keys.makeRecoveryCode()
    try keys.store(in: home, protection: .passphrase) { "glemt" }
    let text = try String(contentsOfFile: home + "/device.key", encoding: .utf8)
    for word in [code.description, "glemt", Hexadecimal.encode(keys.storeKeys.secrets[0])] {
      #expect(!text.contains(word))
    }
    let typed = try #require(RecoveryCode(code.description.lowercased().replacing("-", with: " ")))
    let recovered = try DeviceKeys(home: home, recoveryCode: typed)
    #expect(recovered.actor == keys.actor && recovered.agreementKey == keys.agreementKey)
    #expect(recovered.storeKeys.secrets == keys.storeKeys.secrets)
    try recovered.store(in: home, protection: .passphrase) { "ny" }
    #expect(self.code { _ = try DeviceKeys(home: home) { "glemt" } } == .wrongPassphrase)
    #expect(try DeviceKeys(home: home) { "ny" }.storeKeys.secrets == keys.storeKeys.secrets)
    // It goes on to open the file, until another takes its place; rotated keys are behind it too.
    var again = try DeviceKeys(home: home, recoveryCode: code)
    again.replaceStoreKeys(by: try again.storeKeys.rotated())
    try again.store(in: home, protection: .passphrase) { "ny" }
    #expect(try DeviceKeys(home: home, recoveryCode: code).storeKeys.secrets == again.storeKeys.secrets)
    #expect(again.storeKeys.secrets.count == 2)
    let second = again.makeRecoveryCode()
    try again.store(in: home, protection: .passphrase) { "ny" }
    #expect(self.code { _ = try DeviceKeys(home: home, recoveryCode: code) } == .wrongRecoveryCode)
    #expect(try DeviceKeys(home: home, recoveryCode: second).actor == keys.actor)
    // A file without one.
    try DeviceKeys.generated().store(in: home, protection: .passphrase) { "ny" }
    #expect(self.code { _ = try DeviceKeys(home: home, recoveryCode: second) } == .wrongRecoveryCode)
  }

  @Test("A recovery code is read as it is typed, and a mistyped one is none")
  func recoveryCodes() throws {
    let text = RecoveryCode.generated().description
    #expect(text.count == 35 && RecoveryCode(text)?.description == text)
    #expect(RecoveryCode.generated().description != text)
    var symbols = Array(text)
    symbols[0] = symbols[0] == "7" ? "8" : "7"
    for wrong in ["", "abc", String(text.dropLast()), text + "0", String(symbols)] {
      #expect(RecoveryCode(wrong) == nil)
    }
  }

  @Test("A file that nothing protects says so")
  func unprotectedNote() throws {
    let directory = try TemporaryDirectory()
    try DeviceKeys.generated().store(
      in: directory.path("home"), protection: .unprotected, passphrase: neverAsked)
    let text = try String(contentsOfFile: directory.path("home") + "/device.key", encoding: .utf8)
    #expect(text.contains("not sealed against"))
  }

  @Test("The kernel keeps the derived key for the session, or it is said that it cannot")
  func keyring() throws {
    let directory = try TemporaryDirectory()
    let home = directory.path("home")
    let keys = try DeviceKeys.generated()
    do {
      try keys.store(in: home, protection: .sessionKeyring) { "kode" }
    } catch let error as StorageError {
      #expect(error.code == .noKeyring)
      return
    }
    #expect(try DeviceKeys(home: home, passphrase: neverAsked).actor == keys.actor)
    try DeviceKeys.lock(home: home)
    #expect(throws: Asked.self) { _ = try DeviceKeys(home: home, passphrase: neverAsked) }
    #expect(try DeviceKeys(home: home) { "kode" }.actor == keys.actor)
    #expect(try DeviceKeys(home: home, passphrase: neverAsked).actor == keys.actor)
    try DeviceKeys.lock(home: home)
  }

  @Test("Tenant keys come back, and a file that was cut is refused")
  func tenantKeys() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("tenant.keys")
    let keys = try TenantKeys(
      signingSecret: (0..<32).map { $0 }, stampSecret: (0..<32).map { 255 - $0 })
    try keys.write(to: path)
    let read = try TenantKeys(readFrom: path)
    #expect(read.signingSecret == keys.signingSecret && read.stampSecret == keys.stampSecret)
    let text = try PrivateFiles.read(path)
    try PrivateFiles.write(text.dropLast(9), to: path)
    #expect(code { _ = try TenantKeys(readFrom: path) } == .damaged)
  }

  @Test("Digits and bytes are each other's inverse")
  func hexadecimal() {
    let all = [UInt8](0...255)
    #expect(Hexadecimal.decode(Hexadecimal.encode(all)) == all)
    #expect(Hexadecimal.decode("0") == nil)
    #expect(Hexadecimal.decode("0g") == nil)
    #expect(Hexadecimal.decode("éé") == nil)
  }
}
