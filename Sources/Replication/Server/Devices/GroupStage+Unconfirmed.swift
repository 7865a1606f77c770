import CRDT
import CaseModel
import WireProtocol

extension GroupStage {
  /// Whether nobody ever confirmed a device: it was enrolled by somebody who was not in the room, and whether
  /// that was the person whom the code was for, nobody has heard yet.
  ///
  /// A device that was copied is another matter: it was confirmed before, and what its person wrote on it is
  /// hers.
  func isUnknown(_ device: Device) -> Bool {
    directory.isUnknown(self.device(device.actor) ?? device, looking: self.device)
  }
}

extension TenantDirectory {
  /// As `GroupStage.isUnknown`.
  ///
  /// - Complexity: O(actors that the device had)
  func isUnknown(_ device: Device, looking find: (ActorID) -> Device?) -> Bool {
    var current = device
    var seen: Set<ActorID> = []
    while !current.isConfirmed, seen.insert(current.actor).inserted {
      guard let before = current.predecessor.flatMap(find) else { return true }
      current = before
    }
    return false
  }

  /// As `GroupStage.isUnknown`, of what is committed.
  func isUnknown(_ device: Device) -> Bool { isUnknown(device) { devices[$0] } }
}
