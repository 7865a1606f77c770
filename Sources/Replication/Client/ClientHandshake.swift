public import CRDT
public import WireProtocol

/// The exchange of hellos, seen from the client: it says who it is only to the tenant that it knows.
public struct ClientHandshake: Sendable {
  /// Who is expected at the other end.
  public enum Expectation: Sendable, Hashable {
    /// The tenant with this key.
    case key([UInt8])
    /// The tenant whose key has this fingerprint.
    case fingerprint(Identifier)
  }

  /// What the server's hello said.
  public struct Server: Sendable, Hashable {
    /// The tenant.
    public let tenant: Identifier
    /// Its name.
    public let name: String
    /// Its key.
    public let key: [UInt8]
    /// The epoch of its log.
    public let epoch: Identifier
    /// Milliseconds since 1970 by its clock.
    public let time: Int64
    /// Both hellos, as both sides sign them.
    public let transcript: [UInt8]
  }

  /// The hello as it is sent.
  public let hello: [UInt8]
  private let expectation: Expectation

  /// Starts a handshake.
  public init(_ hello: WireClientHello, expecting expectation: Expectation) throws {
    self.hello = try WireClientMessage.with { $0.hello = hello }.serializedBytes()
    self.expectation = expectation
  }

  /// What every hello says.
  ///
  /// - Parameters:
  ///   - nonce: 32 random bytes.
  ///   - now: milliseconds since 1970 by the client's clock.
  static func greeting(nonce: [UInt8], at now: Int64) -> WireClientHello {
    .with {
      $0.versions = [Limits.subprotocol]
      $0.features = Feature.all
      $0.limits = .ours
      $0.nonce = .init(nonce)
      $0.time = now
      $0.suite = 1
    }
  }

  /// Takes in the server's hello.
  ///
  /// - Throws: `ProtocolError` when it is not from the expected tenant or has no common version.
  public func serverHelloReceived(_ message: WireServerHello) throws -> Server {
    let body: WireServerHelloBody
    do { body = try WireServerHelloBody(serializedBytes: Array(message.body)) } catch {
      throw ProtocolError.malformed
    }
    guard body.version == Limits.subprotocol, body.suite == 1 else { throw ProtocolError(.noCommonVersion) }
    let key = Array(body.tenantKey)
    switch expectation {
    case .key(let expected): guard key == expected else { throw ProtocolError(.wrongTenant) }
    case .fingerprint(let expected):
      guard EnrolmentCode.fingerprint(of: key) == expected else { throw ProtocolError(.wrongTenant) }
    }
    let transcript = Transcript.bytes(clientHello: hello, serverHelloBody: Array(message.body))
    guard
      try VerifyingKey(bytes: key).isValid(Array(message.signature), over: transcript, for: .serverHello)
    else { throw ProtocolError(.badSignature) }
    guard let tenant = Identifier(bytes: body.tenant), let epoch = Identifier(bytes: body.epoch) else {
      throw ProtocolError.malformed
    }
    return Server(
      tenant: tenant, name: body.tenantName, key: key, epoch: epoch, time: body.time,
      transcript: transcript)
  }
}
