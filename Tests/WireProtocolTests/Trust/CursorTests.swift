import CRDT
import Testing

@testable import WireProtocol

/// A cursor is opened by the server that sealed it, for the device that it was sealed for, and unchanged.
@Suite struct CursorTests {
  private static let key = StampKey(secret: [UInt8](repeating: 7, count: 32))
  private static let epoch = Identifier(high: 5, low: 6)
  private static let actor = ActorID(rawValue: 9)

  @Test func opens() throws {
    for position in [0, 1, 255, 256, 1 << 40, .max] as [UInt64] {
      let cursor = Self.key.sealCursor(
        .init(position: position, epoch: Self.epoch, mark: 11, givenAt: 12), actor: Self.actor)
      let opened = try Self.key.openCursor(cursor, actor: Self.actor)
      #expect(opened.position == position && opened.epoch == Self.epoch && opened.mark == 11)
      #expect(opened.givenAt == 12)
      #expect(
        cursor
          == Self.key.sealCursor(
            .init(position: position, epoch: Self.epoch, mark: 11, givenAt: 12), actor: Self.actor))
      #expect(cursor.count == 56)
    }
  }

  @Test func refusesWhatIsNotIts() {
    let cursor = Self.key.sealCursor(
      .init(position: 300, epoch: Self.epoch, mark: 11, givenAt: 12), actor: Self.actor)
    #expect(throws: ProtocolError.malformed) {
      try Self.key.openCursor(cursor, actor: ActorID(rawValue: 10))
    }
    #expect(throws: ProtocolError.malformed) {
      try StampKey(secret: [UInt8](repeating: 8, count: 32)).openCursor(cursor, actor: Self.actor)
    }
    for bit in 0..<(cursor.count * 8) {
      var other = cursor
      other[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(throws: ProtocolError.malformed) { try Self.key.openCursor(other, actor: Self.actor) }
    }
    for end in cursor.indices {
      #expect(throws: ProtocolError.malformed) {
        try Self.key.openCursor(Array(cursor[..<end]), actor: Self.actor)
      }
    }
    #expect(throws: ProtocolError.malformed) { try Self.key.openCursor(cursor + [0], actor: Self.actor) }
  }

  /// Cursors that follow each other have nothing in common that tells how far they are apart.
  @Test func tellNothing() {
    let cursors = (0..<100).map {
      Self.key.sealCursor(
        .init(position: UInt64($0), epoch: Self.epoch, mark: 11, givenAt: 12), actor: Self.actor)
    }
    #expect(Set(cursors.map { Array($0.prefix(12)) }).count == 100)
  }
}
