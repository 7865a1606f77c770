import CRDT
import CaseModel
import Foundation
import Logging
import Replication
import Storage
import WebSocketTransport
import WireProtocol

/// Becoming a device of somebody.
extension Replica {
  /// Proves a one-time code to the server, and makes the replica.
  ///
  /// The key is stored before the code is used: a code works once, so a protection that cannot be had must
  /// not cost it. When the connection breaks in between, the server may have used the code: the key stays in
  /// the folder, so that the next attempt is the same device.
  ///
  /// - Parameter onRecoveryCode: told the code that opens the replica when its protection does not, once the
  ///   device is enrolled. It is stored nowhere, so a person must write it down. An unprotected replica has
  ///   none, since it needs none.
  /// - Throws: `ReplicaError`, or what `passphrase` throws; then nothing is left in the folder but, when
  ///   the server may know it already, the key.
  public static func enroll(
    home: String, serverURL: String, code: String, deviceName: String, authorityFile: String?,
    protection: Protection, passphrase: @escaping () throws -> String,
    onRecoveryCode: ((String) -> Void)? = nil
  ) async throws -> Replica {
    guard serverURL.hasPrefix("ws://") || serverURL.hasPrefix("wss://") else { throw ReplicaError(.badURL) }
    guard let code = EnrolmentCode(code) else { throw ReplicaError(.badCode) }
    try refuseSecond(in: home)
    let authority = authorityFile.map(absolute)
    let kept = KeyProtection(protection)
    let (keys, recoveryCode) = try keysForEnrolment(home, kept, passphrase)
    var isEnrolled = false
    do {
      let enrolled = try await exchange(
        EnrolmentSession(
          code: code, signingKey: keys.signingKey, agreementKey: keys.agreementKey, deviceName: deviceName),
        with: serverURL, authorityFile: authority)
      isEnrolled = true
      let membership = enrolled.membership
      var meta = ReplicaMeta(
        tenant: enrolled.server.tenant, tenantName: enrolled.server.name, tenantKey: enrolled.server.key,
        account: membership.account, person: membership.person, personName: membership.personName,
        role: Role(rawValue: membership.role), aliases: membership.aliases,
        certificate: membership.certificate, certificateSignature: membership.certificateSignature,
        actor: keys.actor, serverURL: serverURL, authorityFile: authority, protection: kept,
        epoch: enrolled.server.epoch, sessionToken: enrolled.token)
      meta.lastContact = SystemSource.now
      meta.isConfirmed = enrolled.digits == nil
      meta.confirmationDigits = enrolled.digits.map(ConfirmationDigits.text)
      try ReplicaStore.create(home: home, meta: meta, seal: StoreSeal(keys.storeKeys)).close()
      let replica = try Replica(home: home, keys: keys)
      if let recoveryCode { onRecoveryCode?(recoveryCode.description) }
      return replica
    } catch {
      let error = ReplicaError(error)
      if isEnrolled || error == brokenOff { throw error }
      DeviceKeys.discard(home: home)
      throw error
    }
  }

  /// The server was reached, and what it did is not known.
  private static let brokenOff = ReplicaError(.offline("closed"))

  /// The keys of an attempt that got no answer, if they open under the same protection, else new ones; with a
  /// recovery code that nobody has seen yet.
  private static func keysForEnrolment(
    _ home: String, _ protection: KeyProtection, _ passphrase: () throws -> String
  ) throws -> (keys: DeviceKeys, recoveryCode: RecoveryCode?) {
    var given: String?
    func once() throws -> String {
      if let given { return given }
      let text = try passphrase()
      given = text
      return text
    }
    if (try? DeviceKeys.protection(home: home)) == protection {
      var keys = try storing { try DeviceKeys(home: home, passphrase: once) }
      guard protection != .unprotected else { return (keys, nil) }
      let code = keys.makeRecoveryCode()
      try storing { try keys.store(in: home, protection: protection, passphrase: once) }
      return (keys, code)
    }
    DeviceKeys.discard(home: home)
    do {
      var keys = try DeviceKeys.generated()
      let code = protection == .unprotected ? nil : keys.makeRecoveryCode()
      try storing { try keys.store(in: home, protection: protection, passphrase: once) }
      return (keys, code)
    } catch {
      DeviceKeys.discard(home: home)
      throw error
    }
  }

  /// A replica that is there, readable or not, keeps its folder and its key.
  private static func refuseSecond(in home: String) throws {
    do {
      try Replica(home: home).close()
    } catch let error as ReplicaError where error.code == .notEnrolled {
      return
    } catch let error as ReplicaError where error.code == .locked {
      // One that opens with a passphrase, which is not asked for here.
    }
    throw ReplicaError(.alreadyEnrolled)
  }

  /// Does something with the key file. What the asker of the passphrase throws passes as it is.
  static func storing<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as StorageError { throw ReplicaError(error) }
  }

  /// The keys of a replica that is there. Without its key file, or with one that is damaged, nothing in it
  /// can be read, and nothing in it is lost while the file may come back.
  static func keys(_ home: String, _ passphrase: () throws -> String) throws -> DeviceKeys {
    do {
      return try DeviceKeys(home: home, passphrase: passphrase)
    } catch let error as StorageError {
      switch error.code {
      case .missing: throw ReplicaError(.keyFileMissing)
      case .damaged: throw ReplicaError(.keyFileDamaged)
      default: throw ReplicaError(error)
      }
    }
  }

  /// The device's keys, which the replica was opened with: nobody is asked again.
  func keys(_ passphrase: () throws -> String) throws -> DeviceKeys { deviceKeys }

  private static func exchange(
    _ session: EnrolmentSession, with url: String, authorityFile: String?
  ) async throws -> EnrolmentSession.Enrolled {
    let logger = Logger(label: "kos", factory: { _ in SwiftLogNoOpLogHandler() })
    let loop = try ServiceLoop(logger: logger)
    do {
      let configuration = ClientConfiguration(
        url: url, subprotocol: Limits.subprotocol, certificateAuthorityFile: authorityFile)
      let client = try await WebSocketClient.connect(configuration, loop: loop, logger: logger)
      let result = try await converse(session, client)
      await client.close()
      await loop.shutdown()
      return result
    } catch let error as TransportError {
      await loop.shutdown()
      throw ReplicaError(.offline(error.code.rawValue))
    } catch {
      await loop.shutdown()
      throw error
    }
  }

  private static func converse(
    _ start: EnrolmentSession, _ client: WebSocketClient
  ) async throws -> EnrolmentSession.Enrolled {
    var session = start
    var actions = try session.connected(nonce: SystemSource.bytes(32), at: SystemSource.now)
    var messages = client.messages.makeAsyncIterator()
    while true {
      for action in actions {
        switch action {
        case .send(let message): client.send(message)
        case .enrolled(let enrolled): return enrolled
        case .failed(let code): throw ReplicaError(.refused(name: code.name))
        }
      }
      guard let message = await messages.next() else { throw brokenOff }
      actions = session.messageReceived(message)
    }
  }
}

extension KeyProtection {
  init(_ protection: Protection) {
    switch protection {
    case .passphrase: self = .passphrase
    case .passphraseFile(let path): self = .passphraseFile(absolute(path))
    case .sessionKeyring: self = .sessionKeyring
    case .unprotected: self = .unprotected
    }
  }
}

/// A path that means the same from every folder, since it is kept.
private func absolute(_ path: String) -> String { URL(fileURLWithPath: path).path }
