import CRDT

extension TextState {
  /// Reads a `TextContent` of at most `charactersMax` characters, deleted ones included.
  ///
  /// - Throws: `ProtocolError` when the bytes are not one.
  init(
    content bytes: UnsafeRawBufferPointer, waiting: [TextSequence.WaitingEdit], charactersMax: Int
  ) throws {
    var reader = ProtobufReader(bytes)
    var text = ""
    var columns: [UInt32: UnsafeRawBufferPointer] = [:]
    while let (number, type) = try reader.nextField() {
      switch number {
      case 1: text = try reader.text(type)
      case 2...7: columns[number] = try reader.slice(type)
      default: throw ProtocolError(.unsupported)
      }
    }
    func column(_ number: UInt32) -> ProtobufReader {
      ProtobufReader(columns[number] ?? UnsafeRawBufferPointer(start: nil, count: 0))
    }
    let changes = try Self.readChanges(actors: column(2), numbers: column(3))
    let runs = try Self.readRuns(column(4), changes, charactersMax: charactersMax)
    let shown = Set(runs.filter { !$0.isDeleted }.map(\.change)).sorted()
    self.init(
      runs: runs, text: text,
      writings: try Self.readWritings(authors: column(5), column(6), of: shown),
      aliases: try Self.readAliases(column(7), changes), waiting: waiting)
  }

  private static func readChanges(actors: ProtobufReader, numbers: ProtobufReader) throws -> [ChangeID] {
    var actors = actors
    var numbers = numbers
    var counts: [(actor: ActorID, count: UInt64)] = []
    var last: ActorID?
    while actors.remaining > 0 {
      let actor = ActorID(rawValue: try actors.fixed64(.fixed64))
      guard last.map({ $0 < actor }) ?? true else { throw ProtocolError.malformed }
      counts.append((actor, UInt64(try numbers.count())))
      last = actor
    }
    var changes: [ChangeID] = []
    for (actor, count) in counts {
      var number: UInt64 = 0
      guard count > 0 else { throw ProtocolError.malformed }
      for _ in 0..<count {
        let step = try numbers.varint()
        guard step > 0, step <= Limits.highestNumber - number else { throw ProtocolError.malformed }
        number += step
        changes.append(ChangeID(actor: actor, number: number))
      }
    }
    guard numbers.remaining == 0 else { throw ProtocolError.malformed }
    return changes
  }

  private static func readRuns(
    _ column: ProtobufReader, _ changes: [ChangeID], charactersMax: Int
  ) throws -> [Run] {
    var lengths = column
    guard lengths.remaining > 0 else { return [] }
    let count = try lengths.count()
    var places = lengths
    for _ in 0..<count { _ = try places.varint() }
    var indices = places
    for _ in 0..<count { _ = try indices.varint() }
    var parents = indices
    for _ in 0..<count { _ = try parents.varint() }
    var drafts: [RunDraft] = []
    drafts.reserveCapacity(count)
    var expected = [UInt32](repeating: 0, count: changes.count)
    var place: Int64 = 0
    var characters = 0
    for _ in 0..<count {
      let head = try lengths.varint()
      guard head >> 2 > 0, head >> 2 <= UInt64(charactersMax - characters) else {
        throw ProtocolError(head >> 2 > 0 ? .limitExceeded : .malformed)
      }
      characters += Int(head >> 2)
      place = place &+ Int64(zigzag: try places.varint())
      guard changes.indices.contains(Int(place)) else { throw ProtocolError.malformed }
      let difference = Int64(zigzag: try indices.varint())
      guard abs(difference) <= Int64(UInt32.max),
        let index = UInt32(exactly: Int64(expected[Int(place)]) + difference),
        UInt64(index) + head >> 2 <= UInt64(Limits.textCharacters)
      else { throw ProtocolError.malformed }
      let length = UInt32(head >> 2)
      expected[Int(place)] = index + length
      drafts.append(
        RunDraft(
          place: Int(place), index: index, length: length, isDeleted: head & 1 == 1, isLeft: head & 2 == 2,
          parent: try RunDraft.Parent(from: &parents, place: place, in: changes)))
    }
    guard parents.remaining == 0 else { throw ProtocolError.malformed }
    return try drafts.indices.map { try run($0, drafts, changes) }
  }

  private static func run(_ offset: Int, _ drafts: [RunDraft], _ changes: [ChangeID]) throws -> Run {
    let draft = drafts[offset]
    let parent: Dot?
    switch draft.parent {
    case .root: parent = nil
    case .character(let dot): parent = dot
    case .neighbour:
      let beside = draft.isLeft ? offset + 1 : offset - 1
      guard drafts.indices.contains(beside) else { throw ProtocolError.malformed }
      let index = draft.isLeft ? drafts[beside].index : drafts[beside].index + drafts[beside].length - 1
      parent = Dot(change: changes[drafts[beside].place], index: index)
    }
    return Run(
      change: changes[draft.place], index: draft.index, length: draft.length, isDeleted: draft.isDeleted,
      parent: parent, isLeft: draft.isLeft)
  }

  private static func readWritings(
    authors: ProtobufReader, _ column: ProtobufReader, of changes: [ChangeID]
  ) throws -> [Writing] {
    var authors = authors
    var table: [Identifier] = []
    while authors.remaining > 0 { table.append(try authors.rawIdentifier()) }
    var column = column
    guard changes.count <= column.remaining else { throw ProtocolError.malformed }
    let places = try changes.map { _ -> Int in
      let place = try column.varint()
      guard place < UInt64(table.count) else { throw ProtocolError.malformed }
      return Int(place)
    }
    var time: Int64 = 0
    let written = try changes.map { _ -> Int64 in
      time = time &+ Int64(zigzag: try column.varint())
      return time
    }
    let writings = try changes.indices.map { offset -> Writing in
      let received = try readDifference(from: &column).map { written[offset] &+ $0 }
      return Writing(
        change: changes[offset],
        authorship: Authorship(
          author: table[places[offset]], writtenAt: written[offset], receivedAt: received))
    }
    guard column.remaining == 0 else { throw ProtocolError.malformed }
    return writings
  }

  /// From writing to receipt; `nil` for what was not received.
  private static func readDifference(from column: inout ProtobufReader) throws -> Int64? {
    let head = try column.varint()
    guard head == 1 else { return head == 0 ? nil : Int64(zigzag: head - 2) }
    let difference = try column.varint()
    guard difference > plainDifferenceMax else { throw ProtocolError.malformed }
    return Int64(zigzag: difference)
  }

  private static func readAliases(_ column: ProtobufReader, _ changes: [ChangeID]) throws -> [Alias] {
    var column = column
    var aliases: [Alias] = []
    while column.remaining > 0 {
      let actor = ActorID(rawValue: try column.fixed64(.fixed64))
      let original = ChangeID(actor: actor, number: try column.varint())
      let place = try column.varint()
      guard original.number > 0, place < UInt64(changes.count),
        aliases.last.map({ $0.original < original }) ?? true
      else { throw ProtocolError.malformed }
      aliases.append(Alias(original: original, change: changes[Int(place)]))
    }
    return aliases
  }
}

/// A run as it is read, before what stands beside it is known.
private struct RunDraft {
  enum Parent {
    case neighbour
    case root
    case character(Dot)

    init(from column: inout ProtobufReader, place: Int64, in changes: [ChangeID]) throws {
      let head = try column.varint()
      switch head {
      case 0: self = .neighbour
      case 1: self = .root
      default:
        let named = place &+ Int64(zigzag: head - 2)
        guard changes.indices.contains(Int(named)), let index = UInt32(exactly: try column.varint()) else {
          throw ProtocolError.malformed
        }
        self = .character(Dot(change: changes[Int(named)], index: index))
      }
    }
  }

  let place: Int
  let index: UInt32
  let length: UInt32
  let isDeleted: Bool
  let isLeft: Bool
  let parent: Parent
}

extension ProtobufReader {
  /// Reads 16 bytes.
  fileprivate mutating func rawIdentifier() throws -> Identifier {
    let high = try fixed64(.fixed64).byteSwapped
    return Identifier(high: high, low: try fixed64(.fixed64).byteSwapped)
  }
}
