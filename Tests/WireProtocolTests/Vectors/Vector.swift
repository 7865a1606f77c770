import Foundation

/// One file of golden vectors: what the protocol's bytes are, for programs in any language to agree on.
struct Vector {
  /// The file's place under `Protocol/vectors`, without its ending.
  let name: String
  let content: JSON

  /// The file as it should be.
  var text: String { content.text() + "\n" }

  var file: URL { Self.folder.appending(path: name + ".json") }

  static let folder = Repository.folder.appending(path: "Protocol/vectors")
}

/// Where the tests read documents from.
enum Repository {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func document(_ path: String) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }
}
