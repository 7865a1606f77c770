import Synchronization

/// Received messages on their way to one consumer. When they pile up, the loop is told to read no more.
final class MessageInbox: Sendable {
  /// What the loop has to do after a message was put in or taken out.
  enum Pressure {
    case none
    case pauseReading
    case resumeReading
  }

  private struct State {
    var messages: [[UInt8]] = []
    var head = 0
    var byteCount = 0
    var isPaused = false
    var reason: CloseReason?
    var waiter: CheckedContinuation<[UInt8]?, Never>?
  }

  private let byteCountMax: Int
  private let state = Mutex(State())

  init(byteCountMax: Int) {
    self.byteCountMax = byteCountMax
  }

  /// Why the connection ended, once it has.
  var closeReason: CloseReason? { state.withLock { $0.reason } }

  /// Puts a message in.
  func put(_ message: [UInt8]) -> Pressure {
    let (waiter, pressure) = state.withLock { state -> (CheckedContinuation<[UInt8]?, Never>?, Pressure) in
      if let waiter = state.waiter {
        state.waiter = nil
        return (waiter, .none)
      }
      state.messages.append(message)
      // A message counts some bytes of its own, or a flood of empty ones would never be too much.
      state.byteCount += message.count + 64
      guard state.byteCount > byteCountMax, !state.isPaused else { return (nil, .none) }
      state.isPaused = true
      return (nil, .pauseReading)
    }
    waiter?.resume(returning: message)
    return pressure
  }

  /// The next message, or nil after the last.
  nonisolated(nonsending) func next(onPressure: @Sendable (Pressure) -> Void) async -> [UInt8]? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let (message, isNow, pressure) = state.withLock { state -> ([UInt8]?, Bool, Pressure) in
          if let message = Self.popFirst(&state) {
            let resumes = state.isPaused && state.byteCount <= byteCountMax / 2
            if resumes { state.isPaused = false }
            return (message, true, resumes ? .resumeReading : .none)
          }
          // A second consumer, a cancelled one, or the end: each gets nil at once.
          guard state.reason == nil, state.waiter == nil, !Task.isCancelled else { return (nil, true, .none) }
          state.waiter = continuation
          return (nil, false, .none)
        }
        if isNow { continuation.resume(returning: message) }
        if pressure != .none { onPressure(pressure) }
      }
    } onCancel: {
      takeWaiter()?.resume(returning: nil)
    }
  }

  /// No message comes any more.
  func finish(_ reason: CloseReason) {
    let waiter = state.withLock { state in
      if state.reason == nil { state.reason = reason }
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume(returning: nil)
  }

  private func takeWaiter() -> CheckedContinuation<[UInt8]?, Never>? {
    state.withLock { state in
      defer { state.waiter = nil }
      return state.waiter
    }
  }

  private static func popFirst(_ state: inout State) -> [UInt8]? {
    guard state.head < state.messages.count else { return nil }
    let message = state.messages[state.head]
    state.messages[state.head] = []
    state.head += 1
    state.byteCount -= message.count + 64
    if state.head == state.messages.count {
      state.messages.removeAll(keepingCapacity: state.messages.capacity <= 64)
      state.head = 0
    }
    return message
  }
}
