import CRDT
import CaseModel
import Glibc

/// Up to where the user has looked, in a small file beside the replica: one number, an instant of the
/// server's clock, and nothing of what she saw.
struct LastLook {
  /// The latest that the server had received of all that was held, in milliseconds since 1970.
  let receivedAt: Int64

  private static func path(_ home: String) -> String { home + "/last-look" }

  /// What the file says; `nil` when the user never looked, or it says nothing that can be read.
  static func read(home: String) -> LastLook? {
    guard let bytes = try? Descriptor.readFile(path(home)), bytes.count <= 20,
      let number = Int64(String(decoding: bytes, as: UTF8.self))
    else { return nil }
    return LastLook(receivedAt: number)
  }

  /// Notes how far the user has looked. Where that cannot be written, the same is new once more.
  func write(home: String) {
    guard let file = try? NewFile(path: Self.path(home), replacing: true) else { return }
    try? file.write(Array(String(receivedAt).utf8))
    try? file.finish()
  }
}
