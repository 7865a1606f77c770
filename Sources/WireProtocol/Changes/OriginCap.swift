public import CRDT

/// How much of one actor an original's author is taken to have seen, where the log has other changes under
/// that actor's numbers than the author saw.
public struct OriginCap: Hashable, Sendable {
  /// The actor.
  public let actor: ActorID
  /// Its last change that both have; 0 for none.
  public let number: UInt64

  /// Describes a cap.
  public init(actor: ActorID, number: UInt64) {
    self.actor = actor
    self.number = number
  }

  func write(to writer: inout ProtobufWriter) {
    writer.field(1, fixed64: actor.rawValue)
    writer.field(2, unsigned: number)
  }

  /// Reads one more cap; they stand in ascending order of actor.
  static func read(
    _ reader: inout ProtobufReader, _ type: ProtobufWireType, appendingTo caps: inout [OriginCap]
  ) throws {
    guard caps.count < Limits.versionActors else { throw ProtocolError(.limitExceeded) }
    let cap = try reader.message(type) { nested in
      var actor: UInt64 = 0
      var number: UInt64 = 0
      while let (field, type) = try nested.nextField() {
        switch field {
        case 1: actor = try nested.fixed64(type)
        case 2: number = try nested.unsigned(type)
        default: throw ProtocolError(.unsupported)
        }
      }
      return OriginCap(actor: ActorID(rawValue: actor), number: number)
    }
    guard caps.last.map({ $0.actor < cap.actor }) ?? true, cap.number <= Limits.highestNumber else {
      throw ProtocolError.malformed
    }
    caps.append(cap)
  }
}
