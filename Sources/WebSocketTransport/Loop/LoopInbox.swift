import Synchronization

/// Work for the service thread, from any thread. It wakes the loop once for all that came while the loop was
/// away.
final class LoopInbox: Sendable {
  /// One piece of work.
  enum Work {
    /// A job of an actor that is pinned to the loop.
    case job(UnownedJob)
    /// Work of this module.
    case block(@Sendable () -> Void)
  }

  /// What became of a piece of work that was handed in.
  enum Admission {
    case queued
    /// The loop is over: nobody will do it.
    case stopped
  }

  private struct State {
    var work: [Work] = []
    var spare: [Work] = []
    var context: LibraryContext?
    var stopRequested = false
    var isStopped = false
  }

  private let state = Mutex(State())

  /// Queues work. `wakes` is false on the service thread, which looks here before it waits.
  func append(_ work: Work, wakes: Bool) -> Admission {
    state.withLock { state in
      guard !state.isStopped else { return .stopped }
      state.work.append(work)
      // Under the lock, because the context must not be destroyed meanwhile.
      if wakes, state.work.count == 1 { state.context?.wake() }
      return .queued
    }
  }

  /// The loop can be woken from now on.
  func started(_ context: LibraryContext) {
    state.withLock { $0.context = context }
  }

  /// Asks the loop to end.
  func requestStop() {
    state.withLock { state in
      state.stopRequested = true
      state.context?.wake()
    }
  }

  var isStopRequested: Bool { state.withLock { $0.stopRequested } }

  var isStopped: Bool { state.withLock { $0.isStopped } }

  var isEmpty: Bool { state.withLock { $0.work.isEmpty && !$0.stopRequested } }

  /// Takes what is queued. Give the array back with `recycle`, so that a busy loop allocates nothing.
  func takeAll() -> [Work] {
    state.withLock { state in
      guard !state.work.isEmpty else { return [] }
      var taken = state.spare
      state.spare = []
      swap(&taken, &state.work)
      return taken
    }
  }

  /// Keeps the array's memory for the next batch.
  func recycle(_ batch: consuming [Work]) {
    guard batch.capacity <= 4096 else { return }
    batch.removeAll(keepingCapacity: true)
    state.withLock { [batch] state in
      if state.spare.capacity < batch.capacity { state.spare = batch }
    }
  }

  /// From now on nothing is queued and nothing wakes the loop. Returns what nobody will do.
  func stop() -> [Work] {
    state.withLock { state in
      state.isStopped = true
      state.context = nil
      defer { state.work = [] }
      return state.work
    }
  }
}
