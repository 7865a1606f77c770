import CRDT
import WireProtocol

/// Random parts of changes, extremes more often than chance would have them.
extension SplitMix64 {
  mutating func identifier() -> Identifier { Identifier(high: next(), low: next()) }

  mutating func actor() -> ActorID { ActorID(rawValue: flip() ? next() : UInt64(below(4))) }

  mutating func digest() -> Digest { Samples.digest(bytes(32)) }

  /// Times around today, ten years off, and what no clock should say.
  mutating func time() -> Int64 {
    let tenYears: Int64 = 315_576_000_000
    let today: Int64 = 1_780_000_000_000
    return pick([0, 1, -1, today, today + tenYears, today - tenYears, .min, .max, .max - 1, .min + 1])
  }

  mutating func number() -> UInt64 { flip() ? UInt64(below(5) + 1) : pick([127, 128, Limits.highestNumber]) }

  mutating func version() -> VersionVector {
    var version = VersionVector()
    for _ in 0..<below(4) { version[setting: actor()] = number() }
    return version
  }

  mutating func facts() -> RecordFacts {
    RecordFacts(
      tenant: identifier(), caseID: flip() ? identifier() : nil, kind: UInt32(below(40)), created: time(),
      about: (0..<below(3)).map { _ in identifier() }, informationType: UInt32(below(9)))
  }

  mutating func header(creates: RecordFacts? = nil) -> ChangeHeader {
    ChangeHeader(
      record: identifier(), id: ChangeID(actor: actor(), number: number()), author: identifier(),
      writtenAt: time(), version: version(), creates: creates,
      audienceSeen: below(4) == 0 ? audienceSeen() : [])
  }

  private mutating func audienceSeen() -> [AudienceVersion] {
    let records = Set((0...below(3)).map { _ in identifier() }).sorted()
    return records.map { record in
      var version = version()
      version.insert(ChangeID(actor: actor(), number: number()))
      return AudienceVersion(record: record, version: version)
    }
  }

  mutating func value() -> Value {
    switch below(8) {
    case 0: .null
    case 1: .boolean(flip())
    case 2: .integer(time())
    case 3: .text(pick(Samples.texts))
    case 4: .bytes(bytes(below(200)))
    case 5: .identifier(identifier())
    case 6: .unknown(Samples.unknownValue)
    default: .text(String(repeating: "æ", count: below(100)))
    }
  }

  mutating func operation() -> Operation {
    let field = FieldID(rawValue: pick([1, 2, 3, 127, 128, .max]))
    switch below(7) {
    case 0: return Operation(field: field, action: .assign(value()))
    case 1: return Operation(field: field, action: .add(value()))
    case 2: return Operation(field: field, action: .remove(value()))
    case 3: return Operation(field: field, action: .decide(value()))
    case 4: return Operation(field: field, action: .rank(pick(Rank.evenly(300))))
    case 5: return Operation(field: field, action: .edit(edit()))
    default:
      let unknown = flip() ? Samples.unknownOperation(value: value()) : Samples.bareOperation
      return Operation(
        field: FieldID(rawValue: 9), action: .unknown(kind: unknown.kind, encoding: unknown.bytes))
    }
  }

  mutating func payload() -> Payload {
    var operations: [Operation] = []
    for _ in 0..<below(6) {
      operations.append(operation())
      // A change edits a field once.
      if RecordState.secondEdit(in: operations) != nil { operations.removeLast() }
    }
    return Payload(salt: identifier(), operations: operations)
  }

  /// An edit of characters that may be anywhere or nowhere.
  mutating func edit() -> TextEdit {
    var steps: [TextStep] = []
    var inserted = 0
    let changes = (0..<3).map { _ in ChangeID(actor: actor(), number: number()) }
    for _ in 0..<(below(5) + 1) {
      let length = UInt32(below(3) + 1)
      let change: ChangeID? = inserted > 0 && flip() ? nil : pick(changes)
      let index = change == nil ? UInt32(below(inserted)) : pick([0, 1, 127, 128, 1 << 20])
      switch below(4) {
      case 0: steps.append(TextStep(.insertAtStart, length: length))
      case 1: steps.append(TextStep(.insertBefore, change: change, index: index, length: length))
      case 2: steps.append(TextStep(.insertAfter, change: change, index: index, length: length))
      default:
        steps.append(TextStep(.delete, change: change, index: index, length: change == nil ? 1 : length))
      }
      if steps.last?.isInsertion == true { inserted += Int(length) }
    }
    let text = (0..<inserted).map { _ in pick(["a", "\u{e6}", "\u{20ac}", "\u{1f9f8}"]) }.joined()
    guard let edit = TextEdit(steps: steps, text: text) else { preconditionFailure("an edit is none") }
    return edit
  }

  mutating func seal(epoch: Identifier) -> Seal {
    Seal(epoch: epoch, sealedPosition: next(), mac: identifier())
  }
}
