import CRDT
import WireProtocol

/// Asks for the histories of some records, one page after the other.
struct HistoryInquiry: Sendable {
  private var records: ArraySlice<Identifier>
  private var received: [DeliveredChange] = []
  private var devices: [ActorID: RecordHistory.Device] = [:]
  private var tenants: Set<Identifier> = []
  /// A record comes through so many tenants at most: for each the chains are gone through once.
  private static let tenantsMax = 64
  private var number: UInt64

  /// - Parameter number: the first request's; each gets one of its own.
  init(of records: [Identifier], from number: UInt64) {
    self.records = records[...]
    self.number = number
  }

  /// What to ask next; `nil` when everything was answered.
  var request: WireHistoryRequest? {
    guard let record = records.first else { return nil }
    return .with {
      $0.request = number
      $0.record = .init(record.bytes)
      $0.skip = UInt64(received.count)
    }
  }

  /// Whether a failure is the answer to what was asked last.
  func isAnswer(_ failure: WireFailure) -> Bool { !records.isEmpty && failure.request == number }

  /// Takes in a page.
  ///
  /// - Returns: the record's whole history, once this was the last page of it.
  /// - Throws: `ProtocolError` when it is not the answer.
  mutating func receive(_ page: WireHistory, epoch: Identifier) throws -> RecordHistory? {
    guard let record = records.first, page.request == number else { throw ProtocolError(.unexpected) }
    let changes = try ChangeUnpacker.delivered(Array(page.changes), epoch: epoch)
    guard changes.allSatisfy({ $0.header.record == record }), page.complete || !changes.isEmpty else {
      throw ProtocolError.malformed
    }
    for bytes in page.tenants {
      guard let tenant = Identifier(bytes: bytes), tenants.count < Self.tenantsMax else {
        throw ProtocolError.malformed
      }
      tenants.insert(tenant)
    }
    for device in page.devices {
      guard let account = Identifier(bytes: device.account) else { throw ProtocolError.malformed }
      devices[ActorID(rawValue: device.actor)] = RecordHistory.Device(account: account, name: device.name)
    }
    received += changes
    number += 1
    guard page.complete else { return nil }
    defer { next() }
    return RecordHistory(record: record, changes: received, devices: devices, tenants: tenants)
  }

  /// The record that was asked for is not there.
  mutating func refused() -> Identifier? {
    defer {
      number += 1
      next()
    }
    return records.first
  }

  private mutating func next() {
    records = records.dropFirst()
    received = []
    devices = [:]
    tenants = []
  }
}
