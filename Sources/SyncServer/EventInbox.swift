import Synchronization
import WebSocketTransport

/// Hands events from the service thread to the tenant's actor. One task drains at a time, so that what
/// arrives during a commit shares the next one.
final class EventInbox: Sendable {
  private struct State {
    var events: [ConnectionEvent] = []
    var isDraining = false
  }

  private let state = Mutex(State())

  /// Adds events; true when the caller must start to drain.
  func add(_ events: [ConnectionEvent]) -> Bool {
    state.withLock { state in
      state.events += events
      defer { state.isDraining = true }
      return !state.isDraining
    }
  }

  /// Takes what is there if it fits the condition; `nil` when it does not.
  func take(where condition: ([ConnectionEvent]) -> Bool) -> [ConnectionEvent]? {
    state.withLock { state in
      guard condition(state.events) else { return nil }
      return Self.take(&state)
    }
  }

  /// Takes what is there; empty once there is nothing, and then the next `add` asks to drain again.
  func take() -> [ConnectionEvent] {
    state.withLock { Self.take(&$0) }
  }

  private static func take(_ state: inout State) -> [ConnectionEvent] {
    defer { state.events = [] }
    if state.events.isEmpty { state.isDraining = false }
    return state.events
  }
}
