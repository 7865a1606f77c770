/// What a server's stamp holds beside the verdict and the time: it proves to that server where the change
/// stood.
public struct Seal: Hashable, Sendable {
  /// The server's epoch in which the change was accepted.
  public let epoch: Identifier
  /// The place in the server's log, readable by the server alone.
  public let sealedPosition: UInt64
  /// 16 bytes over the stamp and the change's digest, under the server's key.
  public let mac: Identifier

  /// Makes a seal.
  public init(epoch: Identifier, sealedPosition: UInt64, mac: Identifier) {
    self.epoch = epoch
    self.sealedPosition = sealedPosition
    self.mac = mac
  }
}
