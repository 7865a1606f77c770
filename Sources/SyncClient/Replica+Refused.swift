import Replication
import Storage

/// What the server refused of what was written here.
extension Replica {
  /// Lets go of own work that the server refused: nobody is told of it any more. It had no effect anywhere,
  /// and what it said was here alone.
  ///
  /// - Returns: whether it was among what was refused.
  /// - Throws: `ReplicaError`, and then it is told of still.
  public func forget(_ work: RefusedWork) throws -> Bool {
    let isShown = try lease().isOver == false
    return try attempt {
      let entry = try store.refused().first { try RefusedWork($0, in: store, isShown: isShown) == work }
      guard let entry else { return false }
      return try store.forgetRefused(row: entry.entry.number)
    }
  }
}
