import WireProtocol

/// Entries without a verdict as a device would push them, for whoever hands them over without its keys.
public struct RescuePush: Hashable, Sendable {
  /// What is to be sealed to the tenant: an encoded `SealedItem`.
  public let content: [UInt8]
  /// How many entries it holds.
  public let entries: Int
  /// The number of the last one.
  public let lastEntry: UInt64

  /// Signs as many entries from the front as go into a push.
  ///
  /// - Parameter pending: entries without a verdict, in order.
  /// - Returns: `nil` when there are none.
  public init?(_ pending: [LinkedEntry], by identity: ClientIdentity) throws {
    let batch = pending.prefix(fitting: Limits.batchBytes)
    guard let last = batch.last else { return nil }
    let push = identity.push(batch, after: last.journal)
    content = try WireSealedItem.with { $0.push = push.message }.serializedBytes()
    entries = batch.count
    lastEntry = last.entry.number
  }
}
