import Dispatch
import Replication
import Synchronization

/// Checks signatures: many on a thread of its own, while the rows are written; one or two here, since to wake
/// a thread takes as long.
struct SignatureChecker: Sendable {
  private let queue = DispatchQueue(label: "kos.signatures", qos: .userInitiated)

  /// Begins to check a group's signatures.
  ///
  /// - Returns: what waits for the result; it may be called again.
  func check(_ signatures: PushSignatures) -> @Sendable () -> SignatureCheck {
    guard signatures.count > 2 else {
      let check = signatures.check()
      return { check }
    }
    let pending = PendingCheck(signatures)
    queue.async { pending.run() }
    return { pending.wait() }
  }
}

/// A check that is under way.
private final class PendingCheck: Sendable {
  private let signatures: PushSignatures
  private let result = Mutex<SignatureCheck?>(nil)
  private let isDone = DispatchSemaphore(value: 0)

  init(_ signatures: PushSignatures) { self.signatures = signatures }

  func run() {
    let check = signatures.check()
    result.withLock { $0 = check }
    isDone.signal()
  }

  func wait() -> SignatureCheck {
    isDone.wait()
    // For whoever asks again.
    isDone.signal()
    guard let check = result.withLock({ $0 }) else { preconditionFailure("a check has no result") }
    return check
  }
}
