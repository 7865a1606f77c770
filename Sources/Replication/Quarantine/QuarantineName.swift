public import CRDT
public import WireProtocol

/// Names an entry that waits for a person's decision: who wrote it, and its number in that journal.
public struct QuarantineName: Hashable, Sendable, Comparable {
  /// The actor that wrote it.
  public let actor: ActorID
  /// Its number in the actor's journal.
  public let entry: UInt64

  /// Names an entry.
  public init(actor: ActorID, entry: UInt64) {
    self.actor = actor
    self.entry = entry
  }

  /// Reads the message.
  public init(_ message: WireQuarantineName) {
    self.init(actor: ActorID(rawValue: message.actor), entry: message.entry)
  }

  /// The message.
  public var message: WireQuarantineName {
    .with {
      $0.actor = actor.rawValue
      $0.entry = entry
    }
  }

  /// Orders names by actor, then by number.
  public static func < (left: QuarantineName, right: QuarantineName) -> Bool {
    (left.actor, left.entry) < (right.actor, right.entry)
  }
}
