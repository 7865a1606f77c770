import CRDT
import Testing
import WireProtocol

@testable import Replication

/// A history names the tenants by which a record came here: with these its older chains start (R51).
@Suite struct HistoryTenantsTests {
  private static let epoch = Identifier(high: 1, low: 1)
  private static let record = Identifier(high: 1, low: 2)

  private func page(_ request: UInt64, _ tenants: [[UInt8]], isLast: Bool = true) -> WireHistory {
    .with {
      $0.request = request
      $0.changes = .init(ChangePacker(epoch: Self.epoch).encoded)
      $0.complete = isLast
      $0.tenants = tenants.map { .init($0) }
    }
  }

  @Test func theyAreKnownOnceTheHistoryIsWhole() throws {
    let one = Identifier(high: 2, low: 1)
    var inquiry = HistoryInquiry(of: [Self.record, Self.record], from: 1)
    #expect(try inquiry.receive(page(1, [one.bytes, one.bytes]), epoch: Self.epoch)?.tenants == [one])
    // The next one has its own.
    #expect(try inquiry.receive(page(2, []), epoch: Self.epoch)?.tenants == [])
  }

  @Test func whatIsNoTenantOrTooManyIsRefused() {
    let many = (0..<65).map { Identifier(high: 3, low: UInt64($0)).bytes }
    for tenants in [[[1, 2, 3]], many] {
      var inquiry = HistoryInquiry(of: [Self.record], from: 1)
      #expect(throws: ProtocolError.malformed) {
        try inquiry.receive(page(1, tenants), epoch: Self.epoch)
      }
    }
  }
}
