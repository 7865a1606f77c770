import CRDT
import CaseModel
import Glibc

/// Up to where the user has looked, in a small file beside the replica: an instant and the ids of cases, and
/// nothing of what they say.
///
/// Which cases she had then is noted and not worked out: who reads by a consent does not hold it, so nothing
/// here tells afterwards since when she reads what.
struct LastLook {
  /// The latest that the server had received of all that was held, in milliseconds since 1970.
  let receivedAt: Int64
  /// The cases of which something was held, with whether more of each was shown than leaders see of all;
  /// `nil` where an earlier version looked, which noted none.
  let cases: [Identifier: Bool]?

  /// More than any file that was written here has.
  private static let byteCountMax = 16 << 20

  private static func path(_ home: String) -> String { home + "/last-look" }

  /// What the file says; `nil` when the user never looked, or it says nothing that can be read.
  static func read(home: String) -> LastLook? {
    guard let bytes = try? Descriptor.readFile(path(home)), bytes.count <= byteCountMax else { return nil }
    return LastLook(String(decoding: bytes, as: UTF8.self))
  }

  /// Notes how far the user has looked. Where that cannot be written, the same is new once more.
  func write(home: String) {
    guard let file = try? NewFile(path: Self.path(home), replacing: true) else { return }
    try? file.write(Array(text.utf8))
    try? file.finish()
  }
}

extension LastLook {
  /// The instant in the first line, then a line for each case: its id, and a star where all of it was shown.
  var text: String {
    let lines = (cases ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)\($0.value ? " *" : "")" }
    return (["\(receivedAt)", "cases"] + lines).joined(separator: "\n")
  }

  /// Reads what was written; of earlier versions, that wrote one line of numbers, the first one.
  init?(_ text: String) {
    let lines = text.split(separator: "\n")
    guard let first = lines.first?.split(separator: " ").first, let receivedAt = Int64(first) else {
      return nil
    }
    self.receivedAt = receivedAt
    guard lines.count > 1 else {
      cases = nil
      return
    }
    var cases: [Identifier: Bool] = [:]
    for line in lines.dropFirst(2) {
      let words = line.split(separator: " ")
      guard let id = words.first.flatMap({ Identifier(String($0)) }) else { return nil }
      cases[id] = words.count > 1
    }
    self.cases = cases
  }
}
