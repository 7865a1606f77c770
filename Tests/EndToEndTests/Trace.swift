import Foundation
import TestProcesses

/// The system calls of a program, as strace(1) saw them.
///
/// A call of one thread may be interrupted in the listing by calls of others; then its beginning and its end
/// stand on different lines.
struct Trace {
  /// One call.
  struct Call {
    let name: String
    /// The file or socket, with its path or number.
    let target: String
    /// All that was listed of it.
    let text: String
    /// When it began, in seconds since 1970.
    let time: Double
    /// The lines of its beginning and of its end.
    let began: Int
    var ended: Int
    /// What it returned; negative for an error.
    var result: Int
  }

  private(set) var calls: [Call] = []

  /// A program that runs another one and lists its calls in a file. The one that is traced stays our child,
  /// and the pipe of its output ends after the listing did.
  static func wrapper(listing: String) -> [String] {
    [
      "strace", "-D", "-f", "-ttt", "-y", "-s", "200", "-o", listing, "-e",
      "trace=recvfrom,read,sendto,write,pwrite64,fdatasync,fsync",
    ]
  }

  /// Whether calls may be traced here; a test that cannot see them fails, and says so.
  static func checkPermission() throws {
    let folder = try TemporaryFolder("kos-trace")
    let process = try ChildProcess(
      "strace", ["-o", folder.path + "/listing", "true"], errors: folder.path + "/errors")
    guard process.wait() == .exited(0) else {
      let said = (try? String(contentsOfFile: folder.path + "/errors", encoding: .utf8)) ?? ""
      throw ProcessFailure("strace may not trace here (in a container it needs ptrace): \(said)")
    }
  }

  init(listing path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var waiting: [Substring: Int] = [:]
    for (number, line) in text.split(separator: "\n").enumerated() {
      let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
      guard parts.count == 3, let time = Double(parts[1]) else { continue }
      let rest = parts[2]
      if rest.hasPrefix("<... ") {
        guard let index = waiting.removeValue(forKey: parts[0]) else { continue }
        calls[index].ended = number
        calls[index].result = Self.result(of: rest)
      } else if let open = rest.firstIndex(of: "("), let end = rest.firstIndex(of: ">"), open < end {
        let isWhole = !rest.hasSuffix("<unfinished ...>")
        if !isWhole { waiting[parts[0]] = calls.count }
        calls.append(
          Call(
            name: String(rest[..<open]), target: String(rest[rest.index(after: open)...end]),
            text: String(rest), time: time, began: number, ended: isWhole ? number : .max,
            result: isWhole ? Self.result(of: rest) : -1))
      }
    }
  }

  private static func result(of text: Substring) -> Int {
    guard let equals = text.range(of: " = ", options: .backwards) else { return -1 }
    return Int(text[equals.upperBound...].prefix { $0.isNumber || $0 == "-" }) ?? -1
  }

  /// Whether between two calls something was written to the log of a database, and all that was written to
  /// it then was synced.
  func isLogSynced(of database: String, after first: Call, before last: Call) -> Bool {
    let between = calls.filter {
      $0.began > first.ended && $0.began < last.began && $0.target.hasSuffix("/\(database)-wal>")
    }
    guard let write = between.last(where: { $0.name == "pwrite64" && $0.result > 0 }) else { return false }
    return between.contains { call in
      ["fdatasync", "fsync"].contains(call.name) && call.result == 0 && call.began > write.ended
        && call.ended < last.began
    }
  }
}
