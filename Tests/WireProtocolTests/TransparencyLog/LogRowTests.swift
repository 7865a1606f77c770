import CRDT
import Testing

@testable import WireProtocol

/// Rows: one encoding of what they say, and a leaf that stays when they are blinded.
@Suite struct LogRowTests {
  private static func rows(_ seed: UInt64) -> [LogRow] {
    var random = SplitMix64(seed: seed)
    let row = random.row(of: random.pick(LogKind.allCases))
    return [
      row, row.blindingAgent(), row.blindingEvent(), row.blindingAgent().blindingEvent(),
      row.withholding(in: .delivered), .padding(salt: random.identifier()),
    ]
  }

  @Test func roundTrips() throws {
    for seed in UInt64(0)..<200 {
      for row in Self.rows(seed) { #expect(try LogRow(encoded: row.encoded) == row) }
      var random = SplitMix64(seed: seed)
      let (agent, delivered, opened) = (random.agent(), random.delivered(), random.opened())
      #expect(try LogAgent(encoded: agent.encoded) == agent)
      #expect(try DeliveredEvent(encoded: delivered.encoded) == delivered)
      #expect(try OpenedEvent(encoded: opened.encoded) == opened)
    }
  }

  @Test func blindingKeepsTheLeaf() {
    for seed in UInt64(0)..<50 {
      for kind in LogKind.allCases {
        var random = SplitMix64(seed: seed)
        let row = random.row(of: kind)
        let leaf = row.leafHash(in: kind)
        #expect(row.blindingAgent().leafHash(in: kind) == leaf)
        #expect(row.blindingEvent().leafHash(in: kind) == leaf)
        #expect(row.blindingEvent().blindingAgent().blindingEvent().leafHash(in: kind) == leaf)
        #expect(row.withholding(in: kind).leafHash(in: kind) == leaf)
        #expect(row.withholding(in: kind).withholding(in: kind).blindingAgent().leafHash(in: kind) == leaf)
      }
    }
  }

  /// What was blinded is not in the bytes, neither the content nor the salt.
  @Test func blindingLeavesNothing() throws {
    var random = SplitMix64(seed: 1)
    let agent = random.agent()
    let event = OpenedEvent(record: random.identifier(), openedAt: 5, purpose: "kanariefugl")
    let salts = (agent: random.identifier(), event: random.identifier())
    let row = LogRow(recordedAt: 7, agent: agent, opened: event, salts: salts)
    func says(_ row: LogRow, _ bytes: [UInt8]) -> Bool {
      let all = row.encoded
      return all.indices.contains { all[$0...].starts(with: bytes) }
    }
    let who = [agent.person.bytes, agent.account.bytes, salts.agent.bytes]
    let what = [event.record.bytes, Array("kanariefugl".utf8), salts.event.bytes]
    for bytes in who + what { #expect(says(row, bytes)) }
    for bytes in who { #expect(!says(row.blindingAgent(), bytes) && says(row.blindingEvent(), bytes)) }
    for bytes in what { #expect(!says(row.blindingEvent(), bytes) && says(row.blindingAgent(), bytes)) }
    for bytes in who + what { #expect(!says(row.withholding(in: .opened), bytes)) }
  }

  /// Who knows everything but the salt cannot find out what an erased row said by trying.
  @Test func aGuessCannotBeChecked() throws {
    var random = SplitMix64(seed: 2)
    let row = random.row(of: .opened)
    guard case .entry(let time, let agent, .told(_, let content)) = row else {
      Issue.record("not a row")
      return
    }
    let leaf = row.leafHash(in: .opened)
    for salt in [Identifier(high: 0, low: 0), random.identifier()] {
      let guess = LogRow.entry(recordedAt: time, agent: agent, event: .told(salt: salt, content: content))
      #expect(guess.leafHash(in: .opened) != leaf)
    }
  }

  /// Nothing that a row says can be said by another one with the same leaf.
  @Test func everythingCountsInTheLeaf() {
    var random = SplitMix64(seed: 3)
    let row = random.row(of: .delivered)
    guard case .entry(let time, let agent, let event) = row, case .told(let salt, let content) = agent else {
      Issue.record("not a row")
      return
    }
    let others: [LogRow] = [
      .entry(recordedAt: time ^ 1, agent: agent, event: event),
      .entry(recordedAt: time, agent: event, event: agent),
      .entry(recordedAt: time, agent: agent, event: agent),
      .entry(recordedAt: time, agent: event, event: event),
      .entry(recordedAt: time, agent: .told(salt: salt, content: content + [0]), event: event),
      .entry(recordedAt: time, agent: .told(salt: random.identifier(), content: content), event: event),
      .padding(salt: salt),
    ]
    let leaf = row.leafHash(in: .delivered)
    for other in others { #expect(other.leafHash(in: .delivered) != leaf) }
    #expect(row.leafHash(in: .opened) != leaf, "a row of the other log")
    let padding = LogRow.padding(salt: salt)
    #expect(padding.leafHash(in: .opened) != padding.leafHash(in: .delivered))
    // A part is not taken for the other one, whatever they say.
    let part = LogPart.told(salt: salt, content: content)
    #expect(part.digest(as: .agent) != part.digest(as: .event))
  }

  @Test func whatDoesNotBelongTogetherIsRefused() throws {
    let record = Identifier(high: 5, low: 6)
    func event(_ body: (inout ProtobufWriter) -> Void) -> [UInt8] { Samples.encoding(body) }
    func numbers(_ act: UInt64, _ numbers: (UInt32, UInt64)...) -> [UInt8] {
      event {
        $0.field(1, unsigned: act)
        $0.field(2, identifier: record)
        for (field, number) in numbers { $0.field(field, unsigned: number) }
        $0.field(8, bytes: Array("participant".utf8))
      }
    }
    #expect(try DeliveredEvent(encoded: numbers(1, (3, 1))).act == .enter(record: record, generation: 1))
    let malformed: [[UInt8]] = [
      [], event { $0.field(2, identifier: record) }, numbers(1), numbers(2),  // no generation
      event {
        $0.field(1, unsigned: 1); $0.field(3, unsigned: 1)
      },  // no record
      numbers(3), numbers(3, (6, 4)), numbers(3, (5, 5), (6, 4)),  // no numbers, or the last before the first
      numbers(3, (5, 1), (6, Limits.highestNumber + 1)), numbers(3, (5, 1), (6, .max)),
      numbers(4, (5, 1), (6, 1)), numbers(4, (3, 1)),  // another act's fields
      numbers(5, (5, 2), (6, 1)), numbers(5, (6, UInt64(Limits.attachmentBytes) + 1)),
      numbers(6, (5, 1), (6, 1)),
      event {
        $0.field(1, unsigned: 6); $0.field(5, unsigned: 1)
      },
      event { $0.field(1, unsigned: 7) },
      event {
        $0.field(1, unsigned: 7); $0.field(7, bytes: [1, 2])
      },
      numbers(1, (3, 1)).dropLast(13), numbers(4).dropLast(13),  // no rule
      [0x08, 0x81, 0x00] + numbers(1, (3, 1)).dropFirst(2),  // a varint that is longer than it need be
    ]
    for bytes in malformed {
      #expect(throws: ProtocolError.malformed, "\(bytes.hex)") { try DeliveredEvent(encoded: bytes) }
    }
    for number in [UInt64(8), 300, .max] {
      #expect(throws: ProtocolError(.unsupported)) {
        try DeliveredEvent(encoded: event { $0.field(1, unsigned: number) })
      }
    }
    let long = [UInt8](repeating: 0x61, count: Limits.logCodeBytes + 1)
    #expect(throws: ProtocolError(.limitExceeded)) {
      try OpenedEvent(
        encoded: event {
          $0.field(1, identifier: record); $0.field(3, bytes: long)
        })
    }
    #expect(throws: ProtocolError.malformed, "no purpose") {
      try OpenedEvent(encoded: event { $0.field(1, identifier: record) })
    }
    let (salt, digest) = (Identifier(high: 1, low: 1), Digest(hashing: [1]))
    func part(_ body: @escaping (inout ProtobufWriter) -> Void) -> [UInt8] {
      event {
        $0.message(1) {
          $0.message(2) { body(&$0) }; $0.message(3) { $0.field(3, bytes: digest.bytes) }
        }
      }
    }
    #expect(throws: Never.self) { try LogRow(encoded: part { $0.field(3, bytes: digest.bytes) }) }
    for body in [
      {
        $0.field(1, identifier: salt); $0.field(2, bytes: [1]); $0.field(3, bytes: digest.bytes)
      },
      { $0.field(1, identifier: salt) }, { $0.field(2, bytes: [1]) }, { _ in },
      {
        $0.field(1, identifier: salt); $0.field(3, bytes: digest.bytes)
      },
    ] as [(inout ProtobufWriter) -> Void] {
      #expect(throws: ProtocolError.malformed) { try LogRow(encoded: part(body)) }
    }
    #expect(throws: ProtocolError(.limitExceeded)) {
      try LogRow(
        encoded: part {
          $0.field(1, identifier: salt)
          $0.field(2, bytes: [UInt8](repeating: 1, count: Limits.logPartBytes + 1))
        })
    }
    #expect(throws: ProtocolError.malformed, "a row and a padding") {
      try LogRow(
        encoded: event {
          $0.field(2, identifier: salt); $0.field(3, bytes: digest.bytes)
        })
    }
    #expect(throws: ProtocolError(.unsupported)) { try LogRow(encoded: event { $0.field(4, unsigned: 1) }) }
  }

  /// Every encoding cut short, with a bit changed, and any bytes: an error with a code, or the same bytes
  /// again.
  @Test func anyBytes() {
    func probe(_ bytes: [UInt8], _ what: String) {
      let readers: [([UInt8]) throws -> [UInt8]] = [
        { try LogRow(encoded: $0).encoded }, { try LogAgent(encoded: $0).encoded },
        { try DeliveredEvent(encoded: $0).encoded }, { try OpenedEvent(encoded: $0).encoded },
      ]
      for read in readers {
        do { if try read(bytes) != bytes { Issue.record("\(what): another encoding") } } catch {
          if !(error is ProtocolError) { Issue.record("\(what): \(error)") }
        }
      }
    }
    for seed in UInt64(0)..<12 {
      var random = SplitMix64(seed: seed)
      let samples =
        Self.rows(seed).map(\.encoded) + [
          random.agent().encoded, random.delivered().encoded, random.opened().encoded,
        ]
      for sample in samples {
        for end in sample.indices { probe(Array(sample[..<end]), "seed \(seed), \(end) bytes") }
        for index in sample.indices {
          var bytes = sample
          bytes[index] ^= 1 << UInt8(random.below(8))
          probe(bytes, "seed \(seed), byte \(index)")
        }
      }
    }
    for seed in UInt64(0)..<3_000 {
      var random = SplitMix64(seed: seed)
      probe(random.bytes(random.below(80)), "seed \(seed)")
    }
  }
}
