import Foundation
import Storage

/// Making room for another device in the same folder, without losing what the old one has.
extension Replica {
  /// Moves the replica in a folder aside, keys or no keys: beside the folder, under its name with a number.
  ///
  /// - Returns: where it is now.
  /// - Throws: `ReplicaError`: `notEnrolled`; then it is where it was.
  public static func setAside(home: String) throws -> String {
    guard ReplicaStore.exists(home: home) else { throw ReplicaError(.notEnrolled) }
    var path = home
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    let names = (1...).lazy.map { "\(path).replaced-\($0)" }
    guard let free = names.first(where: { !FileManager.default.fileExists(atPath: $0) }),
      (try? FileManager.default.moveItem(atPath: path, toPath: free)) != nil
    else { throw ReplicaError(.other("folder")) }
    return free
  }

  /// Moves it back where nothing took its place.
  ///
  /// - Returns: whether it is there again.
  public static func putBack(_ aside: String, to home: String) -> Bool {
    (try? FileManager.default.moveItem(atPath: aside, toPath: home)) != nil
  }
}
