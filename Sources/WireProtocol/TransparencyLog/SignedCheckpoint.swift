/// A checkpoint with the tenant's signature, as it was received: what a client keeps, and shows to others as
/// evidence.
public struct SignedCheckpoint: Hashable, Sendable {
  /// What the signature says.
  public let checkpoint: LogCheckpoint
  /// The Ed25519 signature over the checkpoint's encoding in the context `kos.log-checkpoint.v1`.
  public let signature: [UInt8]

  /// Reads a checkpoint. Whether it is the tenant's, `isSigned(by:)` says.
  ///
  /// - Parameter body: an encoded `LogCheckpoint`.
  /// - Throws: `ProtocolError`: `UNSUPPORTED` for a log or a field of a later version, `MALFORMED`.
  public init(body: [UInt8], signature: [UInt8]) throws {
    self.init(checkpoint: try LogCheckpoint(encoded: body), signature: signature)
  }

  init(checkpoint: LogCheckpoint, signature: [UInt8]) {
    self.checkpoint = checkpoint
    self.signature = signature
  }

  /// Whether the signature is this key's.
  public func isSigned(by key: VerifyingKey) -> Bool {
    key.isValid(signature, over: checkpoint.encoded, for: .checkpoint)
  }
}

extension SigningKey {
  /// Signs how a log stands, under the tenant's key.
  public func sign(_ checkpoint: LogCheckpoint) -> SignedCheckpoint {
    SignedCheckpoint(checkpoint: checkpoint, signature: sign(checkpoint.encoded, for: .checkpoint))
  }
}
