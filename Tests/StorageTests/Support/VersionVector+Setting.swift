import CRDT

extension VersionVector {
  /// Sets what was seen of an actor; the library itself can only add.
  subscript(setting actor: ActorID) -> UInt64 {
    get { self[actor] }
    set { self = replacing(actor, by: newValue) }
  }
}
