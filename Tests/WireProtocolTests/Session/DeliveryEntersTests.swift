import CRDT
import Testing

@testable import WireProtocol

/// Records that enter, sent as they are or compressed.
@Suite struct DeliveryEntersTests {
  private static func enters(_ count: Int) -> [WireEnter] {
    var random = SplitMix64(seed: 3)
    return (0..<count).map { number in
      .with {
        $0.generation = UInt64(number + 1)
        $0.state = .init(random.snapshot().encoded)
      }
    }
  }

  private static func delivery(_ enters: [WireEnter]) -> WireDelivery {
    .with { $0.setEnters(enters, byteCount: enters.reduce(0) { $0 + $1.state.count }) }
  }

  private static func refusal(_ change: (inout WireDelivery) -> Void) -> ErrorCode? {
    var delivery = delivery(enters(60))
    change(&delivery)
    do {
      _ = try delivery.allEnters()
      return nil
    } catch {
      return (error as? ProtocolError)?.code
    }
  }

  @Test func fewAreSentAsTheyAreAndManyCompressed() throws {
    let few = Self.delivery(Self.enters(1))
    #expect(few.enters.count == 1 && few.compressedEnters.isEmpty)
    let many = Self.delivery(Self.enters(60))
    #expect(many.enters.isEmpty && many.compressedEnters.count < many.inflatedBytes)
    #expect(try few.allEnters() == Self.enters(1))
    #expect(try many.allEnters() == Self.enters(60))
    #expect(try WireDelivery().allEnters().isEmpty)
  }

  @Test func whatIsNoneIsRefused() {
    #expect(Self.refusal { _ in } == nil)
    #expect(Self.refusal { $0.enters = Self.enters(1) } == .malformed)
    #expect(Self.refusal { $0.inflatedBytes = 0 } == .malformed)
    #expect(Self.refusal { $0.inflatedBytes += 1 } == .malformed)
    #expect(Self.refusal { $0.inflatedBytes -= 1 } == .malformed)
    #expect(Self.refusal { $0.compressedEnters = .init() } == .malformed)
    #expect(Self.refusal { $0.compressedEnters.removeLast() } == .malformed)
    #expect(Self.refusal { $0.compressedEnters.append(0) } == .malformed)
    #expect(Self.refusal { $0.inflatedBytes = UInt64(Limits.messageBytes) + 1 } == .limitExceeded)
    #expect(Self.refusal { $0.inflatedBytes = .max } == .limitExceeded)
  }
}
