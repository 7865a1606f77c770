import Glibc

/// How a process that wrote something tells the one that holds the session: a byte through a FIFO in the
/// replica's folder.
public enum Wake {
  /// Tells the listener; `false` when nobody listens.
  ///
  /// - Throws: `StorageError` when the FIFO cannot be used.
  @discardableResult
  public static func notify(home: String) throws -> Bool {
    let file = open(ReplicaPaths(home).wake, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENXIO || errno == ENOENT { return false }
      throw StorageError(.notAccessible, systemCode: errno)
    }
    defer { close(file) }
    // A full FIFO holds a wake-up already. A listener that left since ends in EPIPE, and nobody listens.
    return Self.withoutBrokenPipeSignal {
      var byte: UInt8 = 1
      return write(file, &byte, 1) == 1 || errno == EAGAIN
    }
  }

  /// A write to a FIFO without readers raises SIGPIPE, which ends the process unless it is blocked.
  private static func withoutBrokenPipeSignal(_ body: () -> Bool) -> Bool {
    var pipe = sigset_t()
    var before = sigset_t()
    sigemptyset(&pipe)
    sigaddset(&pipe, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &pipe, &before)
    let result = body()
    if !result {
      var none = timespec()
      _ = sigtimedwait(&pipe, nil, &none)
    }
    pthread_sigmask(SIG_SETMASK, &before, nil)
    return result
  }
}

/// The end of the FIFO at which the holder of the session listens.
public final class WakeListener: Sendable {
  /// Readable when somebody wrote something; for poll(2) or a dispatch source.
  public let fileDescriptor: Int32

  /// Makes the FIFO, if there is none, and listens. The caller holds the session.
  ///
  /// - Throws: `StorageError` when the FIFO cannot be used.
  public init(home: String) throws {
    let path = ReplicaPaths(home).wake
    guard mkfifo(path, 0o600) == 0 || errno == EEXIST else {
      throw StorageError(.notAccessible, systemCode: errno)
    }
    // Open for writing too, so that the FIFO never ends when the last writer leaves.
    fileDescriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
    guard fileDescriptor >= 0 else { throw StorageError(.notAccessible, systemCode: errno) }
  }

  deinit { close(fileDescriptor) }

  /// Takes out what was written; `true` when there was something.
  @discardableResult
  public func drain() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 512)
    var wasWoken = false
    while read(fileDescriptor, &bytes, bytes.count) > 0 { wasWoken = true }
    return wasWoken
  }

  /// Blocks the thread until somebody writes or the time is over; `true` when woken.
  public func wait(milliseconds: Int32) -> Bool {
    var waiting = pollfd(fd: fileDescriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, milliseconds) > 0 else { return false }
    return drain()
  }
}
