import Dispatch
import Synchronization

/// Hands one value from one thread to another that waits for it. Short waits only: it blocks the thread.
final class Handover<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let given = DispatchSemaphore(value: 0)

  /// Gives the value. Once.
  func give(_ value: Value) {
    self.value.withLock { $0 = value }
    given.signal()
  }

  /// Waits for the value.
  func wait() -> Value {
    given.wait()
    guard let value = value.withLock({ $0 }) else { preconditionFailure("a value was not given") }
    return value
  }
}
