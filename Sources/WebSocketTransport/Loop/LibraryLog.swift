import CLibWebSockets
import Logging
import Synchronization

/// Routes the library's log, which is one for the whole process, to ours: at debug level, a few lines a
/// second.
enum LibraryLog {
  /// Lines a second. 20: a peer can make the library write megabytes.
  private static let linesPerSecond = 20

  private struct Sink {
    var logger: Logger?
    var limit = RateLimit(perSecond: linesPerSecond)
  }

  private static let sink = Mutex(Sink())

  /// Lines go to this logger from now on.
  static func route(to logger: Logger) {
    sink.withLock { $0.logger = logger }
    let levels = logger.logLevel <= .debug ? LLL_ERR | LLL_WARN : LLL_ERR
    lws_set_log_level(levels) { _, line in
      guard let line else { return }
      LibraryLog.emit(String(cString: line))
    }
  }

  private static func emit(_ line: String) {
    let logger = sink.withLock { sink in
      sink.limit.admit(at: .now) ? sink.logger : nil
    }
    logger?.debug("libwebsockets", metadata: ["line": .string(LibraryLogLine.redacted(line))])
  }
}
