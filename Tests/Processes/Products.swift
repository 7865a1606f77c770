import Foundation

/// The programs of this package, beside the one that runs.
public enum Products {
  /// - Throws: when the program was not built.
  public static func path(_ name: String) throws -> String {
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let path = URL(filePath: own).deletingLastPathComponent().appending(path: name).path
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw ProcessFailure("there is no \(name) beside \(own)")
    }
    return path
  }
}
