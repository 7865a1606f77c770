import Testing

@testable import Storage

/// What is sealed as one value.
@Suite struct SealedCodingTests {
  @Test("A change's content comes back", arguments: 0..<8)
  func changeContent(_ shape: Int) throws {
    let content = ChangeContent(
      header: [1, 2, 3], payload: shape & 1 == 0 ? nil : shape & 4 == 0 ? [] : [9, 8],
      origin: shape & 2 == 0 ? nil : shape & 4 == 0 ? [] : [7])
    let bytes = content.encoded
    #expect(try ChangeContent(encoded: bytes) == content)
    let needed = bytes.count - (content.origin?.count ?? 0)
    for count in 0..<needed {
      #expect(throws: StorageError(.damaged)) { try ChangeContent(encoded: Array(bytes.prefix(count))) }
    }
    if content.origin == nil {
      #expect(throws: StorageError(.damaged)) { try ChangeContent(encoded: bytes + [0]) }
    }
  }

  @Test("Named values come back")
  func meta() throws {
    let rows: [(key: String, value: BoundValue)] = [
      ("a", .null), ("b", .integer(-1)), ("c", .text("æ")), ("d", .blob([1, 2])), ("e", .text("")),
      ("f", .blob([UInt8]())), ("", .integer(Int64.max)),
    ]
    let bytes = MetaCoding.encode(rows)
    let decoded = try MetaCoding.decode(bytes)
    #expect(decoded == Dictionary(uniqueKeysWithValues: rows.map { ($0.key, $0.value) }))
    #expect(throws: StorageError(.damaged)) { try MetaCoding.decode(bytes + bytes) }
  }

  @Test("Random bytes and cut ones give a typed error or values", arguments: 0..<20 as Range<UInt64>)
  func hostileBytes(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let whole = MetaCoding.encode([
      ("name", .text("Kanariefugl")), ("key", .blob([1, 2, 3])), ("n", .integer(Int64(5))),
    ])
    for count in 0..<whole.count { expectTyped { _ = try MetaCoding.decode(Array(whole.prefix(count))) } }
    for _ in 0..<300 {
      let count = Int.random(in: 0...40, using: &random)
      let bytes = (0..<count).map { _ in
        random.oneIn(2)
          ? UInt8.random(in: 0...4, using: &random) : UInt8.random(in: 0 ... .max, using: &random)
      }
      expectTyped { _ = try MetaCoding.decode(bytes) }
      expectTyped { _ = try ChangeContent(encoded: bytes) }
      expectTyped { _ = try DeviceSecrets(encoded: bytes) }
      expectTyped { _ = try SealedValue(stored: bytes) }
    }
  }

  private func expectTyped(_ body: () throws -> Void) {
    do {
      try body()
    } catch {
      #expect(error as? StorageError == StorageError(.damaged))
    }
  }
}
