public import CRDT
import Crypto

/// An Ed25519 private key (RFC 8032): a tenant's or an actor's.
public struct SigningKey: Sendable {
  let key: Curve25519.Signing.PrivateKey

  /// Makes a key of its 32 secret bytes.
  ///
  /// - Throws: `ProtocolError` when there are not 32.
  public init(secret: [UInt8]) throws {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret) else {
      throw ProtocolError.malformed
    }
    self.key = key
  }

  /// The 32 bytes of the public key.
  public var publicKey: [UInt8] { Array(key.publicKey.rawRepresentation) }

  /// Signs content in a context.
  public func sign(_ content: [UInt8], for context: SignatureContext) -> [UInt8] {
    guard let signature = try? key.signature(for: context.bytes(over: content)) else {
      preconditionFailure("Ed25519 could not sign")
    }
    return Array(signature)
  }

  /// Signs what `PushProof.signedBytes` gives, which has its context in it.
  public func sign(_ proof: PushProof, tenant: Identifier, actor: ActorID) -> [UInt8] {
    guard let signature = try? key.signature(for: proof.signedBytes(tenant: tenant, actor: actor)) else {
      preconditionFailure("Ed25519 could not sign")
    }
    return Array(signature)
  }
}

/// An Ed25519 public key (RFC 8032).
public struct VerifyingKey: Sendable {
  private let key: Curve25519.Signing.PublicKey
  /// The 32 bytes of the key.
  public let bytes: [UInt8]

  /// Makes a key of its 32 bytes.
  ///
  /// - Throws: `ProtocolError` when they are not a key, or one of the few under which anybody can sign.
  public init(bytes: [UInt8]) throws {
    guard !SmallOrderPoint.matches(bytes),
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
    else {
      throw ProtocolError.malformed
    }
    self.key = key
    self.bytes = bytes
  }

  /// Whether `signature` is this key's over the content in the context.
  public func isValid(_ signature: [UInt8], over content: [UInt8], for context: SignatureContext) -> Bool {
    key.isValidSignature(signature, for: context.bytes(over: content))
  }

  /// Whether `signature` is this key's over a push.
  public func isValid(_ signature: [UInt8], over proof: PushProof, tenant: Identifier, actor: ActorID) -> Bool
  {
    key.isValidSignature(signature, for: proof.signedBytes(tenant: tenant, actor: actor))
  }
}
