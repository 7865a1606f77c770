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
  private static let byteCountMax = Limits.messageBytes - frameBytes

  /// Adds a record as far as it fits: its state if it enters, otherwise what is new since the device was last
  /// sent it.
  ///
  /// - Returns: what is left of it for the next delivery; `nil` when nothing is.
  mutating func add(_ record: OutstandingRecord, from context: DeliveryContext) throws -> OutstandingRecord? {
    if let heldUpTo = record.heldUpTo { return try add(record, heldUpTo: heldUpTo, from: context) }
    let id = record.reference.id
    guard let content = try context.source.enterContent(id) else { return nil }
    let size = content.count + Self.enterFrameBytes
    if !isEmpty, byteCount + size > Self.byteCountMax { return record }
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

  private mutating func add(
    _ record: OutstandingRecord, heldUpTo: UInt64, from context: DeliveryContext
  ) throws -> OutstandingRecord? {
    let id = record.reference.id
    // What was just committed goes to many, and is encoded once.
    if let (run, first) = context.recent.run(of: id, after: heldUpTo) {
      let end = changes.append(
        run, from: first + record.changesSent, limit: Self.byteCountMax, stop: Limits.batchBytes,
        besides: enterBytes)
      return end < run.changes.count ? record.sending(after: end - first) : nil
    }
    var sent = record.changesSent
    for change in try context.source.changes(of: id, after: heldUpTo).dropFirst(sent) {
      let isTooMuch = !isEmpty && byteCount + change.packedByteCountMax > Self.byteCountMax
      if isFull || isTooMuch { return record.sending(after: sent) }
      changes.append(change)
      sent += 1
    }
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
