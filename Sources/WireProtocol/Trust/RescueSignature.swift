public import CRDT

/// What a device signs for whoever hands over its sealed work without its keys. It says nothing of a moment
/// and so can be shown again, and it lets nobody do more than hand over what else is signed.
extension Transcript {
  /// tenant ‖ u64(actor).
  public static func rescue(tenant: Identifier, actor: ActorID) -> [UInt8] {
    tenant.bytes + (0..<8).map { UInt8(truncatingIfNeeded: actor.rawValue >> (56 - 8 * UInt64($0))) }
  }
}
