import Dispatch

/// Runs the tenant's actor on a thread of its own queue: its commits block, which the cooperative pool must
/// not.
final class TenantExecutor: SerialExecutor {
  private let queue = DispatchQueue(label: "kos.tenant", qos: .userInitiated)

  /// Runs a body on the queue, from any thread, without a task in between.
  func run(_ body: @escaping @Sendable () -> Void) { queue.async(execute: body) }

  func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
