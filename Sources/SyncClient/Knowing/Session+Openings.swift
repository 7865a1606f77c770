import Replication
import Storage
import WireProtocol

/// What was shown on this device, told to the server beside the changes on the same connection.
extension Session {
  /// Tells what waits, unless an answer is to come before.
  func pushOpenings() {
    guard !isOver else { return }
    do {
      guard openings.isIdle, let rows = openings.next(of: try store.waitingOpenings(limit: Limits.openedRows))
      else { return }
      let message: [UInt8] = try WireClientMessage.with { $0.opened = rows }.serializedBytes()
      traffic.sentBytes += message.count
      client?.send(message)
    } catch {
      end(error)
    }
  }

  /// The server has what was told it.
  func received(_ taken: WireOpenedTaken) throws {
    let count: Int
    do {
      count = try openings.received(taken)
    } catch {
      // Which rows it has is not known: the next session tells them again, and they stand in the log once.
      return giveUp(error.code.name)
    }
    try store.noteTaken(openings: count)
    pushOpenings()
    tellIfUpToDate()
  }
}
