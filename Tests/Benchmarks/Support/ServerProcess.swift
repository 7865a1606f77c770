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
  func residentBytes() throws -> Int { try memory(of: String(process.processIdentifier), "VmRSS:") }

  /// The most that it ever had resident, in bytes.
  func peakResidentBytes() throws -> Int { try memory(of: String(process.processIdentifier), "VmHWM:") }

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
