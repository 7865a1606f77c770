import CRDT
import CaseModel
import Glibc

/// Up to where the user has looked, in a small file beside the replica: two instants, and nothing of what she
/// saw.
struct LastLook {
  /// The latest that the server had received of all that was held, in milliseconds since 1970.
  let receivedAt: Int64
  /// When she looked, by the clock of the device, likewise.
  let lookedAt: Int64

  private static func path(_ home: String) -> String { home + "/last-look" }

  /// What the file says; `nil` when the user never looked, or it says nothing that can be read.
  static func read(home: String) -> LastLook? {
    guard let bytes = try? Descriptor.readFile(path(home)), bytes.count <= 41 else { return nil }
    let numbers = String(decoding: bytes, as: UTF8.self).split(separator: " ").map { Int64($0) }
    guard let first = numbers.first, let receivedAt = first, numbers.count <= 2 else { return nil }
    // Earlier versions noted the first one alone.
    guard let lookedAt = numbers.last ?? receivedAt else { return nil }
    return LastLook(receivedAt: receivedAt, lookedAt: lookedAt)
  }

  /// Notes how far the user has looked. Where that cannot be written, the same is new once more.
  func write(home: String) {
    guard let file = try? NewFile(path: Self.path(home), replacing: true) else { return }
    try? file.write(Array("\(receivedAt) \(lookedAt)".utf8))
    try? file.finish()
  }
}
