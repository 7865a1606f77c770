import Synchronization

/// How much was posted for each connection and not yet written, so that a sender on any thread learns at once
/// that it should hold back. Connections without a backlog cost nothing.
final class BacklogLedger: Sendable {
  private struct Entry {
    var byteCount = 0
    var messageCount = 0
    var isFull = false
  }

  private let limits: ConnectionLimits
  private let entries = Mutex<[ConnectionID: Entry]>([:])

  init(limits: ConnectionLimits) {
    self.limits = limits
  }

  /// A message was posted. False: the queue is above its high-water mark, and `wrote` will tell when it is
  /// low.
  func posted(_ byteCount: Int, to id: ConnectionID) -> Bool {
    entries.withLock { entries in
      var entry = entries[id] ?? Entry()
      entry.byteCount += byteCount
      entry.messageCount += 1
      if entry.byteCount > limits.highWaterBytes || entry.messageCount > limits.highWaterMessages {
        entry.isFull = true
      }
      entries[id] = entry
      return !entry.isFull
    }
  }

  /// Messages were written. True: the queue was full and is low now.
  func wrote(_ messageCount: Int, byteCount: Int, to id: ConnectionID) -> Bool {
    entries.withLock { entries in
      guard var entry = entries[id] else { return false }
      entry.byteCount -= byteCount
      entry.messageCount -= messageCount
      let isLow = entry.byteCount <= limits.lowWaterBytes && entry.messageCount <= limits.lowWaterMessages
      let isCleared = entry.isFull && isLow
      if isCleared { entry.isFull = false }
      entries[id] = entry.messageCount > 0 ? entry : nil
      return isCleared
    }
  }

  /// The connection is gone.
  func forget(_ id: ConnectionID) {
    entries.withLock { $0[id] = nil }
  }
}
