import Foundation

/// An editing trace (`traces/NOTICE.md`): the keystrokes of a document, by one author or by several at once.
struct EditingTrace: Decodable {
  /// Characters taken out and put in at one place, counted in Unicode scalars.
  struct Patch: Decodable {
    let position: Int
    let deleted: Int
    let inserted: String

    init(from decoder: any Decoder) throws {
      var parts = try decoder.unkeyedContainer()
      position = try parts.decode(Int.self)
      deleted = try parts.decode(Int.self)
      inserted = try parts.decode(String.self)
    }
  }

  /// What an author did in one step.
  struct Transaction: Decodable {
    /// The steps that it follows; none in a sequential trace, where each follows the one before.
    let parents: [Int]?
    let agent: Int?
    let patches: [Patch]
  }

  let txns: [Transaction]
  let endContent: String

  /// Reads the trace of a name, or of a path.
  static func load(_ nameOrPath: String) throws -> (name: String, trace: EditingTrace) {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "traces")
    let isFile = FileManager.default.fileExists(atPath: nameOrPath)
    let file = isFile ? URL(filePath: nameOrPath) : folder.appending(path: "\(nameOrPath).json.gz")
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw BenchmarkError(description: "no trace \(nameOrPath): neither a file nor a name in \(folder.path)")
    }
    let content = file.pathExtension == "gz" ? try unpacked(file) : try Data(contentsOf: file)
    let name = file.lastPathComponent.split(separator: ".").first.map(String.init) ?? nameOrPath
    return (name, try JSONDecoder().decode(EditingTrace.self, from: content))
  }

  private static func unpacked(_ file: URL) throws -> Data {
    let gzip = Process()
    gzip.executableURL = URL(filePath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-dc", "--", file.path]
    let pipe = Pipe()
    gzip.standardOutput = pipe
    try gzip.run()
    let content = try pipe.fileHandleForReading.readToEnd() ?? Data()
    gzip.waitUntilExit()
    guard gzip.terminationStatus == 0 else {
      throw BenchmarkError(description: "gzip cannot read \(file.path)")
    }
    return content
  }
}
