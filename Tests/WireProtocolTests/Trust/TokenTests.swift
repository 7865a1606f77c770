import CRDT
import Testing

@testable import WireProtocol

/// A session token is the server's word on which session it is for, and on whether the device was confirmed.
@Suite struct TokenTests {
  private static let key = StampKey(secret: [UInt8](repeating: 7, count: 32))
  private static let actor = ActorID(rawValue: 9)

  @Test(arguments: [0, 1, 2, 0xff_ffff, 0x1ff_ffff, .max] as [UInt64])
  func itSaysWhetherTheDeviceWasConfirmed(nonce: UInt64) {
    for isConfirmed in [true, false] {
      let token = Self.key.token(session: 5, nonce: nonce, isConfirmed: isConfirmed, actor: Self.actor)
      #expect(Self.key.session(of: token, actor: Self.actor) == 5)
      #expect(Self.key.wasConfirmed(token, actor: Self.actor) == isConfirmed)
      let other = ActorID(rawValue: 10)
      #expect(Self.key.session(of: token, actor: other) == nil && !Self.key.wasConfirmed(token, actor: other))
      for bit in 0..<64 {
        let altered = Identifier(high: token.high ^ 1 << UInt64(bit), low: token.low)
        #expect(!Self.key.wasConfirmed(altered, actor: Self.actor))
        #expect(Self.key.session(of: altered, actor: Self.actor) == nil)
      }
    }
  }
}
