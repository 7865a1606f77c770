import CRDT

/// The steps of an edit as `Operation.steps` holds them (`Protocol/text.md` §3): the changes that they name,
/// then one column after the other.
extension TextEdit {
  /// Writes the steps.
  func writeSteps(to writer: inout ProtobufWriter) {
    var names = ChangeNames()
    var references = ProtobufWriter(capacity: 3 * steps.count)
    var inserted: UInt32 = 0
    for step in steps {
      names.writeReference(of: step, inserted: inserted, to: &references)
      if step.isInsertion { inserted += step.length }
    }
    names.write(to: &writer)
    writer.varint(UInt64(steps.count))
    for step in steps { writer.varint(UInt64(step.length) << 2 | UInt64(step.kind.rawValue)) }
    writer.append(references.bytes)
  }

  /// Reads steps, to which the text belongs.
  ///
  /// - Throws: `ProtocolError` `MALFORMED` when the bytes are none.
  init(steps bytes: UnsafeRawBufferPointer, text: String) throws {
    var reader = ProtobufReader(bytes)
    var names = try ChangeNames(from: &reader)
    let count = try reader.count()
    var columns = reader
    for _ in 0..<count { _ = try columns.varint() }
    var steps: [TextStep] = []
    steps.reserveCapacity(count)
    var inserted: UInt64 = 0
    for _ in 0..<count {
      let head = try reader.varint()
      guard let kind = TextStep.Kind(rawValue: UInt8(truncatingIfNeeded: head & 3)),
        let length = UInt32(exactly: head >> 2), inserted + UInt64(length) <= UInt64(UInt32.max)
      else { throw ProtocolError.malformed }
      let (change, index) = try names.readReference(
        kind, length: length, inserted: UInt32(inserted), from: &columns)
      steps.append(TextStep(kind, change: change, index: index, length: length))
      if kind != .delete { inserted += UInt64(length) }
    }
    guard columns.remaining == 0, let edit = TextEdit(steps: steps, text: text) else {
      throw ProtocolError.malformed
    }
    self = edit
  }
}

/// The changes that the steps of one edit name, with where in each of them a step is expected to be.
private struct ChangeNames {
  private struct Entry {
    /// `nil` stands for the edit's own change.
    var change: ChangeID?
    /// The character that was named last.
    var expected: UInt32 = 0
  }

  /// Most edits name one change beside their own: they take no list.
  private var own = Entry()
  private var first = Entry()
  private var rest: [Entry] = []
  private var count = 0
  private var places: [ChangeID: Int] = [:]
  /// The change that was named last: 0 is the own one.
  private var current = 0

  init() {}

  init(from reader: inout ProtobufReader) throws {
    let count = try reader.count()
    var actor: ActorID?
    for _ in 0..<count {
      let head = try reader.varint()
      if head & 1 == 0 { actor = ActorID(rawValue: try reader.fixed64(.fixed64)) }
      guard let actor, head >> 1 > 0, head >> 1 <= Limits.highestNumber else { throw ProtocolError.malformed }
      append(ChangeID(actor: actor, number: head >> 1))
    }
  }

  private mutating func append(_ change: ChangeID) {
    if count == 0 { first.change = change } else { rest.append(Entry(change: change)) }
    count += 1
  }

  private subscript(place: Int) -> Entry {
    get { place == 0 ? own : place == 1 ? first : rest[place - 2] }
    set {
      switch place {
      case 0: own = newValue
      case 1: first = newValue
      default: rest[place - 2] = newValue
      }
    }
  }

  func write(to writer: inout ProtobufWriter) {
    writer.varint(UInt64(count))
    var actor: ActorID?
    for place in 0..<count {
      guard let change = self[place + 1].change else { continue }
      writer.varint(change.number << 1 | (change.actor == actor ? 1 : 0))
      if change.actor != actor { writer.fixed64(change.actor.rawValue) }
      actor = change.actor
    }
  }

  mutating func writeReference(of step: TextStep, inserted: UInt32, to writer: inout ProtobufWriter) {
    if step.kind != .insertAtStart {
      let place = place(of: step.change)
      let isSame = place == current
      let difference = Int64(step.index) - Int64(self[place].expected)
      writer.varint(UInt64(zigzag: difference) << 1 | (isSame ? 0 : 1))
      if !isSame { writer.varint(UInt64(place)) }
      current = place
    }
    note(step.kind, step.index, step.length, inserted)
  }

  mutating func readReference(
    _ kind: TextStep.Kind, length: UInt32, inserted: UInt32, from reader: inout ProtobufReader
  ) throws -> (change: ChangeID?, index: UInt32) {
    if kind == .insertAtStart {
      note(kind, 0, length, inserted)
      return (nil, 0)
    }
    let head = try reader.varint()
    if head & 1 == 1 {
      let place = try reader.varint()
      guard place <= UInt64(count) else { throw ProtocolError.malformed }
      current = Int(place)
    }
    let entry = self[current]
    guard let index = UInt32(exactly: Int64(entry.expected) + Int64(zigzag: head >> 1)) else {
      throw ProtocolError.malformed
    }
    note(kind, index, length, inserted)
    return (entry.change, index)
  }

  /// After an insertion its last character is expected; after a deletion the one before it.
  private mutating func note(_ kind: TextStep.Kind, _ index: UInt32, _ length: UInt32, _ inserted: UInt32) {
    if kind == .delete {
      self[current].expected = index == 0 ? 0 : index - 1
    } else {
      if kind != .insertAtStart { self[current].expected = index }
      current = 0
      own.expected = inserted &+ length &- 1
    }
  }

  private mutating func place(of change: ChangeID?) -> Int {
    guard let change else { return 0 }
    if self[current].change == change { return current }
    if let place = places[change] { return place }
    append(change)
    places[change] = count
    return count
  }
}

extension UInt64 {
  /// A signed number as one that is small when the number is near 0.
  init(zigzag value: Int64) { self = UInt64(bitPattern: value << 1 ^ value >> 63) }
}

extension Int64 {
  /// A number from its `zigzag` form.
  init(zigzag value: UInt64) { self = Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
}

extension ProtobufReader {
  /// Reads how many items follow, each of which takes a byte at least.
  mutating func count() throws -> Int {
    let count = try varint()
    guard count <= UInt64(remaining) else { throw ProtocolError.malformed }
    return Int(count)
  }
}
