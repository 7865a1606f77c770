public import CRDT

/// A change that the server passes on, with its verdict: accepted, or void and then without a payload.
public struct DeliveredChange: Hashable, Sendable {
  /// Who changed what, when, having seen what.
  public let header: ChangeHeader
  /// The payload's encoding; `nil` when the change is void.
  public let payload: [UInt8]?
  /// When the server received it, in milliseconds since 1970 by its clock.
  public let receivedAt: Int64
  /// The rest of the server's stamp.
  public let seal: Seal
  /// The digest of a void change, so that the chain goes on.
  public let voidDigest: Digest?
  /// What the change stands for, if it stands for another.
  public let origin: ChangeOrigin?

  /// Describes an accepted change (`payload`) or a void one (`voidDigest`).
  public init(
    header: ChangeHeader, payload: [UInt8]?, receivedAt: Int64, seal: Seal, voidDigest: Digest? = nil,
    origin: ChangeOrigin? = nil
  ) {
    self.header = header
    self.payload = payload
    self.receivedAt = receivedAt
    self.seal = seal
    self.voidDigest = voidDigest
    self.origin = origin
  }
}
