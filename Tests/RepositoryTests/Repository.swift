import Foundation

/// The files of this project, as version control knows them.
enum Repository {
  /// Found from where this file stood when it was compiled.
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Paths of the tracked files, relative to the root, that are still there.
  static let trackedPaths: [String] = {
    let listed = gitListing() ?? walk()
    return listed.filter { FileManager.default.fileExists(atPath: url($0).path) }.sorted()
  }()

  /// Tracked files that are text.
  static let texts: [SourceFile] = trackedPaths.compactMap(SourceFile.init(path:))

  /// Swift files written by hand.
  static let swift: [SourceFile] = texts.filter { $0.path.hasSuffix(".swift") && !$0.isGenerated }

  /// Swift files written by hand under `Sources`.
  static let sources: [SourceFile] = swift.filter { $0.path.hasPrefix("Sources/") }

  static func url(_ path: String) -> URL { root.appending(path: path) }

  private static func gitListing() -> [String]? {
    let git = Process()
    git.executableURL = URL(filePath: "/usr/bin/env")
    // A clone owned by another user, as in a container, is read all the same.
    git.arguments = ["git", "-c", "safe.directory=*", "-C", root.path, "ls-files", "-z"]
    let output = Pipe()
    git.standardOutput = output
    git.standardError = FileHandle.nullDevice
    guard (try? git.run()) != nil else { return nil }
    let listing = output.fileHandleForReading.readDataToEndOfFile()
    git.waitUntilExit()
    guard git.terminationStatus == 0 else { return nil }
    return String(decoding: listing, as: UTF8.self).split(separator: "\0").map(String.init)
  }

  /// Every file that is not hidden, for a tree without version control.
  private static func walk() -> [String] {
    let prefix = root.path + "/"
    let found = FileManager.default.enumerator(
      at: root, includingPropertiesForKeys: [.isRegularFileKey], options: [.skipsHiddenFiles])
    return (found?.compactMap { $0 as? URL } ?? [])
      .filter { (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true }
      .map { String($0.path.dropFirst(prefix.count)) }
  }
}
