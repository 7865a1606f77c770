public import CRDT
public import WireProtocol

/// The client's side of an enrolment: a device that nobody knows yet proves that it holds a one-time code.
public struct EnrolmentSession: Sendable {
  /// What the shell is to do, in this order.
  public enum Action: Sendable, Equatable {
    /// Send a message.
    case send([UInt8])
    /// The device is enrolled; store this before anything else.
    case enrolled(Enrolled)
    /// It did not work. The code may still be good, unless the server refused it.
    case failed(ErrorCode)
  }

  /// What a device knows once it is enrolled.
  public struct Enrolled: Sendable, Hashable {
    /// The server's tenant, whose key the device pins.
    public let server: ClientHandshake.Server
    /// Whom the device acts for.
    public let membership: Membership
    /// The session token to present next time.
    public let token: Identifier
    /// The six digits that its person reads out to whoever invited her, before the device is sent anything;
    /// `nil` where nobody has to confirm it.
    public let digits: UInt32?
  }

  private enum State: Sendable {
    case idle
    case awaitingHello(ClientHandshake)
    case awaitingWelcome(ClientHandshake.Server)
    case closed
  }

  private var state = State.idle
  private let code: EnrolmentCode
  private let signingKey: SigningKey
  private let agreementKey: [UInt8]
  private let deviceName: String

  /// An enrolment of a device with these keys.
  ///
  /// - Parameter agreementKey: the X25519 public key.
  public init(code: EnrolmentCode, signingKey: SigningKey, agreementKey: [UInt8], deviceName: String) {
    self.code = code
    self.signingKey = signingKey
    self.agreementKey = agreementKey
    self.deviceName = deviceName
  }

  /// The connection is open.
  ///
  /// - Parameters:
  ///   - nonce: 32 bytes from a cryptographic generator.
  ///   - now: milliseconds since 1970 by this device's clock.
  public mutating func connected(nonce: [UInt8], at now: Int64) throws -> [Action] {
    var hello = ClientHandshake.greeting(nonce: nonce, at: now)
    hello.actor = Transcript.actor(of: signingKey.publicKey).rawValue
    hello.enrolment = .with {
      $0.codeID = .init(withUnsafeBytes(of: code.id.bigEndian) { Array($0) })
      $0.signingKey = .init(signingKey.publicKey)
      $0.agreementKey = .init(agreementKey)
      $0.deviceName = deviceName
    }
    let handshake = try ClientHandshake(hello, expecting: .fingerprint(code.fingerprint))
    state = .awaitingHello(handshake)
    return [.send(handshake.hello)]
  }

  /// A message came in.
  public mutating func messageReceived(_ bytes: [UInt8]) -> [Action] {
    do {
      let message = try WireServerMessage(checking: bytes)
      switch (message.body, state) {
      case (nil, _), (_, .closed): return []
      case (.failure(let failure), _): return fail(ErrorCode(rawValue: failure.code))
      case (.hello(let hello), .awaitingHello(let handshake)):
        let server = try handshake.serverHelloReceived(hello)
        state = .awaitingWelcome(server)
        let authentication = WireAuthentication.with {
          $0.signature = .init(signingKey.sign(server.transcript, for: .session))
          $0.enrolmentProof = .init(
            EnrolmentCode.proof(verifier: code.verifier, transcript: server.transcript))
        }
        return [.send(try WireClientMessage.with { $0.authentication = authentication }.serializedBytes())]
      case (.welcome(let welcome), .awaitingWelcome(let server)):
        guard [.open, .unconfirmed].contains(welcome.outcome) else { return fail(.unsupported) }
        guard let token = Identifier(bytes: welcome.sessionToken) else { throw ProtocolError.malformed }
        let membership = try Membership(
          welcome.membership, tenant: server.tenant, tenantKey: server.key,
          signingKey: signingKey.publicKey, agreementKey: agreementKey)
        state = .closed
        let digits = ConfirmationDigits.of(signingKey: signingKey.publicKey, tenant: server.tenant)
        return [
          .enrolled(
            Enrolled(
              server: server, membership: membership, token: token,
              digits: welcome.outcome == .unconfirmed ? digits : nil))
        ]
      case (.hello, _), (.welcome, _), (.verdicts, _), (.delivery, _), (.invitation, _), (.wanted, _),
        (.offered, _), (.confirmation, _), (.history, _), (.stored, _), (.chunk, _), (.fetchFailure, _),
        (.availability, _), (.bundle, _), (.quarantine, _), (.quarantineRefused, _),
        (.quarantineDecisions, _), (.quarantineNotice, _), (.checkpoints, _), (.knowing, _),
        (.inclusion, _), (.opened, _), (.comparison, _), (.log, _),
        (.recoveryEnded, _), (.order, _), (.revoked, _), (.directory, _), (.rescued, _),
        (.deviceNotice, _):
        return fail(.unexpected)
      }
    } catch let error as ProtocolError {
      return fail(error.code)
    } catch {
      return fail(.malformed)
    }
  }

  private mutating func fail(_ code: ErrorCode) -> [Action] {
    state = .closed
    return [.failed(code)]
  }
}
