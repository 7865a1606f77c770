import Foundation

/// A folder that is gone with the value, unless it is kept for somebody to look at.
public final class TemporaryFolder {
  public let path: String
  public var isKept = false

  public init(_ name: String) throws {
    path = NSTemporaryDirectory() + "\(name)-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { if !isKept { try? FileManager.default.removeItem(atPath: path) } }
}
