import Foundation

/// A server in a process of its own: this program, started again with `serve`. It ends when this one does,
/// since it serves until its standard input is closed.
final class ServerProcess {
  let port: Int
  private let process = Process()
  private let input = Pipe()

  var url: String { "ws://127.0.0.1:\(port)" }

  init(directory: String) throws {
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = ["serve", directory]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      process.terminate()
      throw BenchmarkError(description: "the server did not start")
    }
    self.port = port
  }

  /// The memory that it has resident, in bytes.
  func residentBytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    guard let kibibytes = line?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
      throw BenchmarkError(description: "the server's memory cannot be read")
    }
    return kibibytes * 1_024
  }

  /// Ends the server and waits until it has closed its store.
  func stop() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}

/// Why a benchmark could not be run.
struct BenchmarkError: Error, CustomStringConvertible {
  let description: String
}
