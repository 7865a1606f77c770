import CRDT
import Replication
import Testing
import WireProtocol

/// Whoever asks who saw a record takes nothing in that is not shown, and is held by nobody for ever.
@Suite struct KnowingInquiryTests {
  private static let record = Identifier(high: 5, low: 5)

  /// A log of eight rows, what is kept of it, and an inquiry whose first question was asked.
  private func inquiry() throws -> (log: LogWatchTests.Log, watch: LogWatch, inquiry: KnowingInquiry) {
    var log = try LogWatchTests.Log()
    log.grow(to: 8)
    let watch = LogWatch(
      tenant: log.tenant, key: try VerifyingKey(bytes: log.key.publicKey), kept: [log.signed])
    var inquiry = KnowingInquiry(of: [Self.record], since: 0)
    let question = inquiry.request(keeping: watch.size)
    let request = try #require(question)
    #expect(request.log == UInt32(LogKind.delivered.rawValue) && request.from == 0 && request.size == 8)
    return (log, watch, inquiry)
  }

  private func page(
    _ log: LogWatchTests.Log, number: UInt64, next: UInt64, _ edit: (inout WireKnowing) -> Void = { _ in }
  ) throws -> WireKnowing {
    var page = WireKnowing()
    page.request = number
    page.checkpoint = try #require(try log.answer(from: 8).logs.first)
    page.next = next
    edit(&page)
    return page
  }

  /// A page may tell nothing of its rows, and says where the next one begins; it must not stand still.
  @Test func aServerThatDoesNotGoOnIsNotAskedForEver() throws {
    for (second, isTaken) in [(3, false), (2, false), (9, false), (4, true)] as [(UInt64, Bool)] {
      var (log, watch, inquiry) = try inquiry()
      _ = try inquiry.receive(page(log, number: 1, next: 3), &watch, at: log.time)
      let question = inquiry.request(keeping: watch.size)
      #expect(question?.from == 3)
      let answer = try page(log, number: 2, next: second)
      if isTaken {
        _ = try inquiry.receive(answer, &watch, at: log.time)
        let next = inquiry.request(keeping: watch.size)
        #expect(next?.from == second)
      } else {
        #expect(throws: ProtocolError.malformed) { try inquiry.receive(answer, &watch, at: log.time) }
      }
    }
  }

  /// A row that does not stand where its proof says, and an answer to another question.
  @Test func whatIsNotShownIsNotTold() throws {
    var (log, watch, inquiry) = try inquiry()
    let row = try page(log, number: 1, next: 8) { page in
      page.rows = [
        .with {
          $0.row = .init(LogRow.padding(salt: Self.record).encoded)
          $0.proof.size = 8
          $0.proof.path = (0..<3).map { .init([UInt8](repeating: $0, count: 32)) }
        }
      ]
      page.complete = true
    }
    var other = inquiry
    #expect(throws: ProtocolError(.badSignature)) { try inquiry.receive(row, &watch, at: log.time) }
    #expect(inquiry.rows.isEmpty)
    #expect(throws: ProtocolError.malformed) {
      try other.receive(page(log, number: 7, next: 8), &watch, at: log.time)
    }
  }

  @Test func ofWhatMayNotBeKnownNothingMoreIsAsked() throws {
    var (log, watch, inquiry) = try inquiry()
    _ = try inquiry.receive(
      page(log, number: 1, next: 0) { $0.code = ErrorCode.notAvailable.rawValue }, &watch, at: log.time)
    let next = inquiry.request(keeping: watch.size)
    #expect(inquiry.unavailable == [Self.record] && next == nil)
  }
}
