import Replication
import Storage
import WireProtocol

/// What was shown on this device, told to the server beside the changes on the same connection.
extension Session {
  /// Tells what waits, unless an answer is to come before.
  func pushOpenings() {
    guard !isOver, openings.isIdle else { return }
    do {
      let waiting = try store.waitingOpenings(limit: Limits.openedRows)
      guard let rows = openings.next(of: waiting.map(\.opening)) else { return }
      pushedOpenings = waiting
      let message: [UInt8] = try WireClientMessage.with { $0.opened = rows }.serializedBytes()
      traffic.sentBytes += message.count
      client?.send(message)
    } catch let error as StorageError where error.code == .damaged {
      // A row that was altered is for `verify` to tell of: it holds up nobody's work.
      return
    } catch {
      end(error)
    }
  }

  /// The server has what was told it, or takes it later.
  func received(_ taken: WireOpenedTaken) throws {
    let isTaken: Bool
    do {
      isTaken = try openings.received(taken)
    } catch {
      // Which rows it has is not known: the next session tells them again, and they stand in the log once.
      return giveUp(error.code.name)
    }
    if isTaken {
      let offset = try store.meta().clockOffset
      try store.noteTaken(openings: pushedOpenings, at: SystemSource.now &+ offset)
      pushOpenings()
    }
    tellIfUpToDate()
  }
}
