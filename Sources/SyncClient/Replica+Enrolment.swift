import CRDT
import CaseModel
import Logging
import Replication
import Storage
import WebSocketTransport
import WireProtocol

/// Becoming a device of somebody.
extension Replica {
  /// Proves a one-time code to the server, and makes the replica.
  ///
  /// - Throws: `ReplicaError`; then nothing is left in the folder.
  public static func enroll(
    home: String, serverURL: String, code: String, deviceName: String, authorityFile: String?,
    protection: Protection, passphrase: @escaping () throws -> String
  ) async throws -> Replica {
    guard serverURL.hasPrefix("ws://") || serverURL.hasPrefix("wss://") else { throw ReplicaError(.badURL) }
    guard let code = EnrolmentCode(code) else { throw ReplicaError(.badCode) }
    if let replica = try? Replica(home: home) {
      replica.close()
      throw ReplicaError(.alreadyEnrolled)
    }
    do {
      let keys = try DeviceKeys.generated()
      let enrolled = try await exchange(
        EnrolmentSession(
          code: code, signingKey: keys.signingKey, agreementKey: keys.agreementKey, deviceName: deviceName),
        with: serverURL, authorityFile: authorityFile)
      try keys.store(in: home, protection: KeyProtection(protection), passphrase: passphrase)
      let membership = enrolled.membership
      let meta = ReplicaMeta(
        tenant: enrolled.server.tenant, tenantName: enrolled.server.name, tenantKey: enrolled.server.key,
        account: membership.account, person: membership.person, personName: membership.personName,
        role: Role(rawValue: membership.role), aliases: membership.aliases,
        certificate: membership.certificate, certificateSignature: membership.certificateSignature,
        actor: keys.actor, serverURL: serverURL, authorityFile: authorityFile,
        protection: KeyProtection(protection), epoch: enrolled.server.epoch, sessionToken: enrolled.token)
      try ReplicaStore.create(home: home, meta: meta).close()
      return try Replica(home: home)
    } catch {
      throw ReplicaError(error)
    }
  }

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
      guard let message = await messages.next() else { throw ReplicaError(.offline("closed")) }
      actions = session.messageReceived(message)
    }
  }
}

extension KeyProtection {
  init(_ protection: Protection) {
    switch protection {
    case .passphrase: self = .passphrase
    case .passphraseFile(let path): self = .passphraseFile(path)
    case .sessionKeyring: self = .sessionKeyring
    case .unprotected: self = .unprotected
    }
  }
}
