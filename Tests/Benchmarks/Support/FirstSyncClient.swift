import ArgumentParser
import Foundation
import SyncClient

/// A device in a process of its own, so that its memory can be told from the benchmark's.
struct FirstSyncClient: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "first-sync-client", abstract: "Enrol with a code, or go on, and exchange once.",
    shouldDisplay: false)

  @Option var home: String
  @Option var url: String?
  @Option var code: String?

  /// What it reports, as a line of numbers.
  struct Result {
    let milliseconds: Double
    let receivedBytes: Int
    let peakBytes: Int
    let records: Int

    init(_ line: String) throws {
      let parts = line.split(separator: " ").compactMap { Double($0) }
      guard parts.count == 4 else { throw BenchmarkError(description: "the device failed: \(line)") }
      milliseconds = parts[0]
      (receivedBytes, peakBytes, records) = (Int(parts[1]), Int(parts[2]), Int(parts[3]))
    }
  }

  func run() async throws {
    let replica =
      if let url, let code {
        try await Replica.enroll(
          home: home, serverURL: url, code: code, deviceName: "first", authorityFile: nil,
          protection: .unprotected, passphrase: noPassphrase)
      } else {
        try Replica(home: home)
      }
    print("enrolled")
    fflush(nil)
    let took = try await ContinuousClock().measure {
      let outcome = try await replica.sync(passphrase: noPassphrase, timeout: .seconds(300))
      guard outcome == .upToDate else { throw BenchmarkError(description: "sync ended with \(outcome)") }
    }
    let peak = try memory(of: "self", "VmHWM:")
    print(
      took.milliseconds, replica.traffic.receivedBytes, peak, try replica.records().count)
  }

  static func run(home: String, url: String?, code: String?) throws -> Result {
    let process = try start(home: home, url: url, code: code)
    let lines = String(decoding: process.output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.process.waitUntilExit()
    return try Result(lines.split(separator: "\n").last.map(String.init) ?? "")
  }

  static func runAndKill(home: String, url: String, code: String, after milliseconds: Double) throws {
    let process = try start(home: home, url: url, code: code)
    // It says so once it is enrolled, and then begins to exchange.
    _ = process.output.fileHandleForReading.availableData
    Thread.sleep(forTimeInterval: milliseconds / 1_000)
    kill(process.process.processIdentifier, SIGKILL)
    process.process.waitUntilExit()
  }

  private static func start(
    home: String, url: String?, code: String?
  ) throws -> (process: Process, output: Pipe) {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments =
      ["first-sync-client", "--home", home] + (url.map { ["--url", $0] } ?? [])
      + (code.map { ["--code", $0] } ?? [])
    process.standardOutput = output
    try process.run()
    return (process, output)
  }
}

/// A line of a process' memory in `/proc`, in bytes.
func memory(of process: String, _ name: String) throws -> Int {
  let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
  let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
  guard let kibibytes = line?.split(separator: " ", omittingEmptySubsequences: true).dropFirst().first,
    let count = Int(kibibytes.trimmingCharacters(in: .whitespaces))
  else { throw BenchmarkError(description: "the memory of a process cannot be read") }
  return count * 1_024
}
