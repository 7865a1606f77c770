import Dispatch
import Synchronization

extension Array where Element: Sendable {
  /// What each element becomes, in their order, worked out on all cores where there are enough of them for
  /// that to be worth it.
  ///
  /// - Parameter transform: depends on the element alone; it may be called for later elements though an
  ///   earlier one threw.
  /// - Throws: what `transform` threw for the first element for which it did.
  func mapSideBySide<Mapped: Sendable>(_ transform: @Sendable (Element) throws -> Mapped) throws -> [Mapped] {
    let part = 64
    guard count > part else { return try map(transform) }
    let parts = (count + part - 1) / part
    let done = Mutex<[Int: Result<[Mapped], any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: parts) { number in
      let elements = self[number * part..<Swift.min(count, (number + 1) * part)]
      let mapped = Result { try elements.map(transform) }
      done.withLock { $0[number] = mapped }
    }
    return try done.withLock { done in
      try (0..<parts).flatMap { try done[$0]?.get() ?? [] }
    }
  }
}
