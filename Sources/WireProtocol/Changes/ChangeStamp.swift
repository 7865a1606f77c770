public import CRDT

/// The server's verdict on a change: when it received it, whether it accepted it, and what proves that it
/// said so.
public struct ChangeStamp: Hashable, Sendable {
  /// Milliseconds since 1970 by the server's clock.
  public let receivedAt: Int64
  /// Whether it was accepted; otherwise the change is void.
  public let isAccepted: Bool
  /// Epoch, sealed position and MAC.
  public let seal: Seal

  /// Describes a verdict.
  public init(receivedAt: Int64, isAccepted: Bool, seal: Seal) {
    self.receivedAt = receivedAt
    self.isAccepted = isAccepted
    self.seal = seal
  }

  func write(to writer: inout ProtobufWriter) {
    seal.write(receivedAt: receivedAt, isAccepted: isAccepted, to: &writer)
  }

  init(from reader: inout ProtobufReader) throws {
    let stamp = try Seal.readStamp(&reader)
    self.init(receivedAt: stamp.receivedAt, isAccepted: stamp.isAccepted, seal: stamp.seal)
  }
}
