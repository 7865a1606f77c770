import CLinux
import Glibc

/// A thread of its own, because the loop blocks in `poll` and must not take one from the concurrency pool.
enum ServiceThread {
  private final class Entry {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Starts a thread that runs the body once. It is detached: its end is told by the body.
  static func start(_ body: @escaping @Sendable () -> Void) {
    let entry = Unmanaged.passRetained(Entry(body))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        clinux_set_thread_name("kos-sockets")
        Unmanaged<Entry>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, entry.toOpaque())
    precondition(status == 0, "no thread for the service loop")
    pthread_detach(thread)
  }
}
