public import CRDT

/// What a device signs for whoever hands over its sealed work without its keys. It says nothing of a moment
/// and so can be shown again, and it lets nobody do more than hand over what else is signed.
extension Transcript {
  /// tenant ‖ u64(actor).
  public static func rescue(tenant: Identifier, actor: ActorID) -> [UInt8] {
    tenant.bytes + bigEndian(actor.rawValue)
  }

  /// tenant ‖ u64(actor) ‖ attachment ‖ u64(size) ‖ digest. The pieces of a file need no signature of their
  /// own: nothing counts before all of them have the digest.
  public static func rescueBytes(
    tenant: Identifier, actor: ActorID, attachment: Identifier, size: UInt64, digest: Digest
  ) -> [UInt8] {
    rescue(tenant: tenant, actor: actor) + attachment.bytes + bigEndian(size) + digest.bytes
  }

  private static func bigEndian(_ number: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * UInt64($0))) }
  }
}
