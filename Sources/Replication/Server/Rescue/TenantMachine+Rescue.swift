import CRDT

/// Connections on which somebody hands over what a device kept sealed.
extension TenantMachine {
  /// A message was taken in: it may have begun a rescue. There is one of a device at a time, since whoever
  /// has its disk can begin as many as he likes.
  mutating func noteRescue(on id: ConnectionNumber) {
    guard let session = sessions[id], session.isRescuing, let actor = session.device?.actor else { return }
    guard let older = rescues.updateValue(id, forKey: actor), older != id else { return }
    submissions.removeAll { $0.connection == older }
    fail(older, .superseded)
  }

  /// A connection is gone.
  mutating func endRescue(on id: ConnectionNumber) {
    guard let session = sessions[id], session.isRescuing, let actor = session.device?.actor,
      rescues[actor] == id
    else { return }
    rescues[actor] = nil
  }
}
