public import CRDT

/// What a delivery did to a replica.
public struct AppliedDelivery: Hashable, Sendable {
  /// What is new in one record.
  public struct News: Hashable, Sendable {
    /// Whether its state was delivered whole.
    public internal(set) var isEnter = false
    /// The changes that were new, void ones not among them, in the server's order.
    public internal(set) var changes: [ChangeID] = []
  }

  /// The number to confirm.
  public let number: UInt64
  /// The records that were touched.
  public internal(set) var records: [Identifier: News] = [:]
}
