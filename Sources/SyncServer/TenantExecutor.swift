import CLinux
import Dispatch
import Synchronization

/// Runs the tenant's actor: on a thread of its own queue, since its commits block, which the cooperative pool
/// must not; or, what is brief, on the thread that brings it, which saves two wake-ups of a thread an update.
final class TenantExecutor: SerialExecutor {
  private let queue = DispatchQueue(label: "kos.tenant", qos: .userInitiated)
  /// Held by the one thread that runs something of the actor's.
  private let turn = Mutex(())
  /// That thread, by the kernel's number; 0 for none.
  private let owner = Atomic<pid_t>(0)

  /// Runs a body on the queue, from any thread, without a task in between.
  func run(_ body: @escaping @Sendable () -> Void) { queue.async { self.inTurn(body) } }

  /// Runs a body here and now, unless something of the actor's runs already.
  ///
  /// - Returns: what the body returned; `nil` when it was not run.
  func runHere<Result: Sendable>(_ body: () -> Result) -> Result? {
    turn.withLockIfAvailable { _ in owned(body) }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { self.inTurn { job.runSynchronously(on: self.asUnownedSerialExecutor()) } }
  }

  func checkIsolated() {
    precondition(isIsolatingCurrentContext() == true, "the tenant was used outside of its turn")
  }

  func isIsolatingCurrentContext() -> Bool? { owner.load(ordering: .relaxed) == clinux_thread_id() }

  private func inTurn(_ body: () -> Void) { turn.withLock { _ in owned(body) } }

  private func owned<Result>(_ body: () -> Result) -> Result {
    owner.store(clinux_thread_id(), ordering: .relaxed)
    defer { owner.store(0, ordering: .relaxed) }
    return body()
  }
}
