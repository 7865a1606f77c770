import Foundation
import SyncClient

/// What another device keeps of the logs, as `kos knowing-log show --json` writes it: an object a line.
struct DeviceLogFile: Decodable {
  private struct Checkpoint: Decodable {
    let body: String
    let signature: String
  }

  private let log: LogSummary.Name
  private let checkpoint: Checkpoint?

  /// More lines than there are logs are none of it.
  private static let linesMax = 8

  /// - Returns: `nil` for what is no such file.
  static func read(_ bytes: [UInt8]) -> LogEvidence? {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    guard !lines.isEmpty, lines.count <= linesMax else { return nil }
    var checkpoints: [(body: [UInt8], signature: [UInt8])] = []
    for line in lines {
      guard let told = try? JSONDecoder().decode(DeviceLogFile.self, from: Data(line)) else { return nil }
      guard let checkpoint = told.checkpoint else { continue }
      guard let body = Data(base64Encoded: checkpoint.body),
        let signature = Data(base64Encoded: checkpoint.signature)
      else { return nil }
      checkpoints.append((Array(body), Array(signature)))
    }
    return LogEvidence(checkpoints: checkpoints, rows: [])
  }
}

extension LogSummary.Name: Decodable {}
