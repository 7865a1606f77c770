import Synchronization

/// Which file system a path is on: the system's, unless a test has mounted another.
package enum FileSystems {
  private struct Mount: Sendable {
    let prefix: String
    let files: any FileSystem
  }

  private static let mounts = Mutex<[Mount]>([])

  /// Puts a file system in the place of the system's for every path that begins with `prefix`, for the rest
  /// of the process. A second one at the same place is ignored.
  package static func mount(_ files: any FileSystem, at prefix: String) {
    mounts.withLock { mounts in
      guard !mounts.contains(where: { $0.prefix == prefix }) else { return }
      mounts.append(Mount(prefix: prefix, files: files))
    }
  }

  /// The file system that a path is on.
  static func holding(_ path: String) -> any FileSystem {
    mounts.withLock { $0.first { path.hasPrefix($0.prefix) }?.files } ?? SystemFiles()
  }
}
