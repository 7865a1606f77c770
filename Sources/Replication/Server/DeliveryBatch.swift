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
  var isFull: Bool { enterBytes + changes.byteCount >= Limits.batchBytes }

  /// Adds a record: its state if it enters, otherwise what is new since the device was last sent it.
  mutating func add(_ record: OutstandingRecord, from context: DeliveryContext) throws {
    let id = record.reference.id
    if let heldUpTo = record.heldUpTo {
      for change in try context.changes(of: id, after: heldUpTo) { changes.append(change) }
      return
    }
    guard let content = try context.source.enterContent(id) else { return }
    enters.append(
      .with {
        $0.generation = record.nextGeneration
        $0.state = .init(content)
      })
    enterBytes += content.count
    holdings.append(
      Holding(actor: actor, record: id, generation: record.nextGeneration, position: context.position))
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
