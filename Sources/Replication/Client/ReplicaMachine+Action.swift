extension ReplicaMachine {
  /// What the shell is to do, in this order.
  public enum Action: Sendable, Equatable {
    /// Send a message.
    case send([UInt8])
    /// Write to the replica, in one transaction, and call `stored` or `didNotFit`. The last of its batch.
    case store(Write)
    /// Make durable whatever was written before, and call `flushed`. The last of its batch.
    case flush
    /// Tell whoever asked.
    case report(Report)
    /// End the connection. Nothing follows.
    case end
  }
}
