import Synchronization
import WebSocketTransport

/// Keeps what a server told, and lets a test wait for something of it, with a deadline.
final class EventRecorder: Sendable {
  private struct State {
    var events: [ConnectionEvent] = []
    var waiters: [Int: Waiter] = [:]
    var nextWaiter = 0
  }

  private struct Waiter {
    let isMet: @Sendable ([ConnectionEvent]) -> Bool
    let continuation: CheckedContinuation<Bool, Never>
  }

  private let state = Mutex(State())

  var events: [ConnectionEvent] { state.withLock { $0.events } }

  func record(_ events: [ConnectionEvent]) {
    let met = state.withLock { state in
      state.events += events
      let all = state.events
      let met = state.waiters.filter { $0.value.isMet(all) }
      for key in met.keys { state.waiters[key] = nil }
      return met.values.map(\.continuation)
    }
    for continuation in met { continuation.resume(returning: true) }
  }

  /// True as soon as the events fulfil the condition, false when they do not in time.
  func wait(
    _ limit: Duration = .seconds(60), until isMet: @escaping @Sendable ([ConnectionEvent]) -> Bool
  ) async -> Bool {
    let key = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    let timeout = Task {
      try await Task.sleep(for: limit)
      let waiter = state.withLock { $0.waiters.removeValue(forKey: key) }
      waiter?.continuation.resume(returning: false)
    }
    defer { timeout.cancel() }
    return await withCheckedContinuation { continuation in
      let isAlready = state.withLock { state in
        if isMet(state.events) { return true }
        state.waiters[key] = Waiter(isMet: isMet, continuation: continuation)
        return false
      }
      if isAlready { continuation.resume(returning: true) }
    }
  }

  /// The first close that was told, or nil in time.
  func firstClose(_ limit: Duration = .seconds(60)) async -> CloseReason? {
    _ = await wait(limit) { $0.contains { $0.closeReason != nil } }
    return events.lazy.compactMap(\.closeReason).first
  }
}

extension ConnectionEvent {
  var closeReason: CloseReason? {
    if case .closed(_, let reason) = self { reason } else { nil }
  }

  var openedID: ConnectionID? {
    if case .opened(let id, _) = self { id } else { nil }
  }

  var message: [UInt8]? {
    if case .received(_, let message) = self { message } else { nil }
  }
}
