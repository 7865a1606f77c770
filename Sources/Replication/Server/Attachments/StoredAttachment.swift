public import CRDT

/// How an attachment's bytes stand at the server.
public struct StoredAttachment: Hashable, Sendable {
  /// What was declared when they began to come.
  public let upload: Upload
  /// Which device began to send them.
  public let actor: ActorID
  /// How many of them are here, from the first on.
  public internal(set) var stored: UInt64
  /// Whether all are here and have the declared digest.
  public internal(set) var isComplete: Bool

  /// Describes bytes.
  public init(upload: Upload, actor: ActorID, stored: UInt64, isComplete: Bool) {
    self.upload = upload
    self.actor = actor
    self.stored = stored
    self.isComplete = isComplete
  }
}
