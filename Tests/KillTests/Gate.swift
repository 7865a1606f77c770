import Synchronization

/// Holds clients back while there is no server.
final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  func open() {
    let waiters = state.withLock { state in
      state.isOpen = true
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  func close() { state.withLock { $0.isOpen = false } }

  /// Returns when the gate is open.
  func pass() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.waiters.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }
}

/// What the clients of a load share with whoever kills: when to end, and what went wrong.
final class Course: Sendable {
  let gate = Gate()
  private let ended = Mutex(false)
  private let troubles = Mutex<[String]>([])

  var isEnded: Bool { ended.withLock { $0 } }
  func end() { ended.withLock { $0 = true } }

  func report(_ trouble: String) { troubles.withLock { $0.append(trouble) } }
  func check() throws {
    if let first = troubles.withLock({ $0.first }) { throw Loss(first) }
  }
}
