import Collections
import CRDT
import CaseModel
import WireProtocol

/// What one device is still to be sent, and what it was sent and has not confirmed.
///
/// Records wait by name, not by content: a record that changes ten times while its reader is slow is sent
/// once, as it then stands, and a queue never holds more than the reader's records.
struct DeliveryQueue: Sendable {
  /// A delivery on its way.
  private struct Outstanding {
    let number: UInt64
    let holdings: [Holding]
  }

  private(set) var waiting: OrderedDictionary<Identifier, OutstandingRecord> = [:]
  private var outstanding: Deque<Outstanding> = []
  private(set) var nextNumber: UInt64

  init(confirmed: UInt64) { nextNumber = confirmed + 1 }

  /// Whether another delivery may be sent before one is confirmed.
  var isOpen: Bool { outstanding.count < Limits.outstandingDeliveries }

  /// Adds a record, unless it waits already: what it is sent then will contain this too. One that is to enter
  /// stays one that is to enter.
  mutating func enqueue(_ record: OutstandingRecord) {
    guard let already = waiting[record.reference.id] else {
      waiting[record.reference.id] = record
      return
    }
    if already.heldUpTo != nil, record.heldUpTo == nil { waiting[record.reference.id] = record }
  }

  mutating func popFirst() -> OutstandingRecord? {
    waiting.isEmpty ? nil : waiting.removeFirst().value
  }

  /// Puts back in front what did not fit of a record.
  mutating func putBack(_ record: OutstandingRecord) {
    waiting.updateValue(record, forKey: record.reference.id, insertingAt: 0)
  }

  /// Numbers a delivery that is about to be sent.
  mutating func send(entering holdings: [Holding]) -> UInt64 {
    defer { nextNumber += 1 }
    outstanding.append(Outstanding(number: nextNumber, holdings: holdings))
    return nextNumber
  }

  /// Takes in a confirmation; it covers all deliveries before.
  ///
  /// - Returns: what the device holds by it; `nil` when no such delivery was sent.
  mutating func confirm(_ number: UInt64) -> [Holding]? {
    guard number < nextNumber else { return nil }
    var holdings: [Holding] = []
    while let first = outstanding.first, first.number <= number {
      holdings += first.holdings
      outstanding.removeFirst()
    }
    return holdings
  }
}
