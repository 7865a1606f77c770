import Foundation

/// A folder that is gone when it is let go of.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "kos-bench-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The bytes of the files in one of its folders.
  func byteCount(of name: String) throws -> Int {
    let folder = path + "/" + name
    return try FileManager.default.contentsOfDirectory(atPath: folder).reduce(0) { sum, file in
      let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + file)
      return sum + (attributes[.size] as? Int ?? 0)
    }
  }
}
