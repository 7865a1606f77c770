import CRDT
import Testing

@testable import WireProtocol

/// Texts on the wire: what editors write is read back, and stays small.
@Suite struct TextCodingTests {
  private static let field = FieldID(rawValue: 1)

  /// Several people write at random; what each writes goes through its encoding.
  private static func write(_ random: inout SplitMix64, rounds: Int) throws -> RecordSnapshot {
    var snapshots = (0..<3).map { _ in RecordSnapshot(record: Identifier(high: 0, low: 1)) }
    for _ in 0..<rounds {
      let states = snapshots.map(\.state)
      for (writer, state) in states.enumerated() {
        let actor = ActorID(rawValue: UInt64(writer + 1))
        let id = ChangeID(actor: actor, number: state.version[actor] + 1)
        var editor = TextEditor(state.text(field))
        for _ in 0..<(random.below(9) + 1) {
          if editor.count == 0 || random.below(3) > 0 {
            editor.insert(
              random.pick(["a", "møde ", "\u{1f9f8}", String(repeating: "ord ", count: 30)]),
              at: random.below(editor.count + 1))
          } else {
            let place = random.below(editor.count)
            editor.delete(min(random.below(9) + 1, editor.count - place), at: place)
          }
        }
        guard let edit = editor.finish() else { continue }
        let payload = Payload(
          salt: random.identifier(), operations: [Operation(field: field, action: .edit(edit))])
        let decoded = try Payload(encoded: payload.encoded)
        #expect(decoded == payload)
        let context = ChangeContext(
          id: id, version: state.version, author: Identifier(high: 9, low: UInt64(writer)),
          writtenAt: random.time(), receivedAt: random.flip() ? random.time() : nil)
        let change = Change(context: context, operations: decoded.operations)
        let head = RecordSnapshot.Head(id: id, digest: random.digest())
        for place in snapshots.indices { try snapshots[place].accept(change, creates: nil, head: head) }
      }
    }
    #expect(snapshots[0].state == snapshots[1].state)
    return snapshots[0]
  }

  @Test func whatEditorsWriteIsReadBack() throws {
    for seed in UInt64(0)..<40 {
      var random = SplitMix64(seed: seed)
      let snapshot = try Self.write(&random, rounds: 10)
      let bytes = snapshot.encoded
      let decoded = try RecordSnapshot(encoded: bytes)
      #expect(decoded.state == snapshot.state, "seed \(seed)")
      #expect(decoded.encoded == bytes, "seed \(seed)")
      let text = snapshot.state.text(Self.field)
      let read = decoded.state.text(Self.field)
      #expect(read.segments == text.segments && read.insertedCount == text.insertedCount)
    }
  }

  /// What one person types in one go costs little more than what is typed.
  @Test func typingIsSmall() throws {
    var editor = TextEditor(TextSequence())
    for place in 0..<200 { editor.insert("x", at: place) }
    for place in (100..<120).reversed() { editor.delete(1, at: place) }
    let edit = try #require(editor.finish())
    #expect(edit.steps.count == 2)
    var writer = ProtobufWriter()
    edit.writeSteps(to: &writer)
    #expect(writer.bytes.count <= 10)
  }

  @Test func longTextsAreCompressed() throws {
    let text = String(repeating: "Mødet er flyttet til torsdag. ", count: 400)
    let payload = Payload(
      salt: Identifier(high: 1, low: 2),
      operations: [Operation(field: Self.field, action: .assign(.text(text)))])
    #expect(payload.encoded.count < text.utf8.count / 20)
    #expect(try Payload(encoded: payload.encoded) == payload)
  }

  /// A section tells its size, which is checked before anything is made of it.
  @Test func noSectionIsLargerThanTold() throws {
    let zeros = [UInt8](repeating: 0, count: 200_000)
    let section = try #require(Compression.deflate(zeros))
    func inflate(to told: UInt64, limit: Int = 300_000) throws -> [UInt8] {
      try section.withUnsafeBytes { try Compression.inflate($0, to: told, limit: limit) }
    }
    #expect(try inflate(to: 200_000) == zeros)
    #expect(throws: ProtocolError(.limitExceeded)) { try inflate(to: 200_000, limit: 199_999) }
    #expect(throws: ProtocolError(.limitExceeded)) { try inflate(to: .max) }
    for told in [0, 1, 199_999, 200_001, 300_000] as [UInt64] {
      #expect(throws: ProtocolError.malformed) { try inflate(to: told) }
    }
    for cut in [0, 1, section.count - 1] {
      #expect(throws: ProtocolError.malformed) {
        try section.prefix(cut).withUnsafeBytes { try Compression.inflate($0, to: 200_000, limit: 300_000) }
      }
    }
  }

  /// A few bytes of a state cannot stand for more characters than a record may have.
  @Test func theCharactersOfAStateAreBounded() throws {
    let actor = ActorID(rawValue: 1)
    let run = TextState.Run(
      change: ChangeID(actor: actor, number: 1), index: 0, length: 1_000, isDeleted: true, parent: nil,
      isLeft: false)
    let content = TextState(runs: [run], text: "", writings: []).encodedContent
    try content.withUnsafeBytes { bytes in
      let state = try TextState(content: bytes, waiting: [], charactersMax: 1_000)
      #expect(state.runs == [run])
      #expect(throws: ProtocolError(.limitExceeded)) {
        try TextState(content: bytes, waiting: [], charactersMax: 999)
      }
    }
  }
}
