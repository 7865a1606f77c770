import CRDT
import WireProtocol

/// One delivery while it is put together.
struct DeliveryBatch {
  private let actor: ActorID
  private var enters: [WireEnter] = []
  private var changes: ChangePacker
  private var enterBytes = 0
  /// What the device holds once it has confirmed.
  private(set) var holdings: [Holding] = []

  /// - Parameter epoch: the session's.
  init(actor: ActorID, epoch: Identifier) {
    self.actor = actor
    changes = ChangePacker(epoch: epoch)
  }

  var isEmpty: Bool { enters.isEmpty && changes.byteCount == 0 }
  var isFull: Bool { byteCount >= Limits.batchBytes }
  var byteCount: Int { enterBytes + changes.byteCount }

  /// The fields around one state, and those around everything: a message holds no more than its limit less
  /// these.
  private static let enterFrameBytes = 16
  private static let frameBytes = 256

  /// Adds a record as far as it fits: its state if it enters, otherwise what is new since the device was last
  /// sent it.
  ///
  /// - Returns: what is left of it for the next delivery; `nil` when nothing is.
  mutating func add(_ record: OutstandingRecord, from context: DeliveryContext) throws -> OutstandingRecord? {
    let id = record.reference.id
    if let heldUpTo = record.heldUpTo {
      var sent = record.changesSent
      for change in try context.changes(of: id, after: heldUpTo).dropFirst(sent) {
        let size = byteCount + change.packedByteCountMax
        let isTooMuch = !isEmpty && size > Limits.messageBytes - Self.frameBytes
        if isFull || isTooMuch { return record.sending(after: sent) }
        changes.append(change)
        sent += 1
      }
      return nil
    }
    guard let content = try context.source.enterContent(id) else { return nil }
    let size = content.count + Self.enterFrameBytes
    if !isEmpty, byteCount + size > Limits.messageBytes - Self.frameBytes { return record }
    enters.append(
      .with {
        $0.generation = record.nextGeneration
        $0.state = .init(content)
      })
    enterBytes += size
    holdings.append(
      Holding(actor: actor, record: id, generation: record.nextGeneration, position: context.position))
    return nil
  }

  func message(number: UInt64, cursor: [UInt8]?, caughtUp: Bool) -> WireDelivery {
    .with {
      $0.number = number
      $0.setEnters(enters, byteCount: enterBytes)
      $0.changes = .init(changes.encoded)
      if let cursor { $0.cursor = .init(cursor) }
      $0.caughtUp = caughtUp
    }
  }
}
