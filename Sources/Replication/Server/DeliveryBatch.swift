import CRDT
import WireProtocol

/// One delivery while it is put together.
struct DeliveryBatch {
  private let actor: ActorID
  private var enters: [WireEnter] = []
  private var changes = ChangePacker()
  private var enterBytes = 0
  /// What the device holds once it has confirmed.
  private(set) var holdings: [Holding] = []

  init(actor: ActorID) { self.actor = actor }

  var isEmpty: Bool { enters.isEmpty && changes.byteCount == 0 }
  var isFull: Bool { byteCount >= Limits.batchBytes }
  var byteCount: Int { enterBytes + changes.byteCount }

  /// Leaves room for the delivery's own fields and the frames around what is in it.
  private static let contentBytesMax = Limits.messageBytes - 1_024

  /// Adds a record: its state if it enters, otherwise what is new since the device was last sent it.
  ///
  /// - Returns: what is left of the record because a message has no room for it; `nil` when nothing is. A
  ///   batch with nothing else in it takes at least a part.
  mutating func add(_ record: OutstandingRecord, from context: DeliveryContext) throws -> OutstandingRecord? {
    let id = record.reference.id
    if let heldUpTo = record.heldUpTo {
      var last: DeliveredChange?
      for change in try context.changes(of: id, after: heldUpTo) {
        if isFull || !isEmpty && byteCount + change.byteCountMax > Self.contentBytesMax {
          let sent = try last.map { try context.position(of: $0) }
          return OutstandingRecord(
            reference: record.reference, heldUpTo: sent ?? heldUpTo, nextGeneration: record.nextGeneration)
        }
        changes.append(change)
        last = change
      }
      return nil
    }
    guard let content = try context.source.enterContent(id) else { return nil }
    if !isEmpty, byteCount + content.count + 32 > Self.contentBytesMax { return record }
    enters.append(
      .with {
        $0.generation = record.nextGeneration
        $0.state = .init(content)
      })
    enterBytes += content.count + 32
    holdings.append(
      Holding(actor: actor, record: id, generation: record.nextGeneration, position: context.position))
    return nil
  }

  func message(number: UInt64, cursor: [UInt8]?, caughtUp: Bool) -> WireDelivery {
    .with {
      $0.number = number
      $0.enters = enters
      $0.changes = .init(changes.encoded)
      if let cursor { $0.cursor = .init(cursor) }
      $0.caughtUp = caughtUp
    }
  }
}

extension DeliveredChange {
  /// No encoding of the change takes more.
  fileprivate var byteCountMax: Int { (payload?.count ?? 0) + 22 * header.version.entries.count + 1_024 }
}

extension DeliveryContext {
  /// Where a change that was read from the log stands in it.
  fileprivate func position(of change: DeliveredChange) throws -> UInt64 {
    let digest = try source.digest(of: change.header.id, in: change.header.record)
    let position = digest.flatMap {
      tenant.stampKey.position(
        in: change.seal, receivedAt: change.receivedAt, isAccepted: change.payload != nil, digest: $0)
    }
    guard let position else { preconditionFailure("a change of the log without a stamp of the log") }
    return position
  }
}
