import Foundation
import Glibc

/// Follows the lines that a program appends to a file.
final class Lines: Sendable {
  private let path: String
  private let watch: Int32

  /// - Throws: when the file is not there and its folder cannot be watched.
  init(_ path: String) throws {
    self.path = path
    watch = inotify_init1(Int32(IN_CLOEXEC))
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard watch >= 0, inotify_add_watch(watch, folder, UInt32(IN_MODIFY | IN_CREATE)) >= 0 else {
      throw POSIXError(.init(rawValue: errno) ?? .EIO)
    }
  }

  deinit { close(watch) }

  /// The first line for which something is so, as soon as it is there.
  ///
  /// - Throws: `Terminal.NotShown` when there is none within two minutes: a busy machine is no failure.
  func next(where isWanted: @escaping @Sendable (String) -> Bool) async throws -> String {
    let (path, watch) = (path, watch)
    return try await blocking {
      let end = ContinuousClock.now + .seconds(120)
      while true {
        let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
        let whole = text.lastIndex(of: "\n").map { text[...$0] } ?? ""
        if let line = whole.split(separator: "\n").map(String.init).first(where: isWanted) { return line }
        guard ContinuousClock.now < end else { throw Terminal.NotShown(wanted: "a line", shown: text) }
        var waiting = pollfd(fd: watch, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 1000) > 0 else { continue }
        var events = [UInt8](repeating: 0, count: 4096)
        _ = read(watch, &events, events.count)
      }
    }
  }
}
