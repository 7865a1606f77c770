import Dispatch

/// A thread of its own for each device: its session waits for the disk, and would hold up the others' on the
/// threads that all tasks share.
final class DeviceExecutor: SerialExecutor {
  private let queue = DispatchQueue(label: "device")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
