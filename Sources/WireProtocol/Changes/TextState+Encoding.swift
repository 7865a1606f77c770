import CRDT

/// A text's state as `TextContent` in `change.proto` holds it (`Protocol/text.md` §4): tables of what is
/// named often, then columns.
extension TextState {
  /// The encoding of the message.
  var encodedContent: [UInt8] {
    let table = ChangeTable(self)
    var writer = ProtobufWriter(capacity: text.utf8.count + 6 * runs.count + 64)
    writer.field(1, bytes: text.utf8)
    writer.message(2) { for actor in table.actors { $0.fixed64(actor.rawValue) } }
    writer.message(3) { table.writeNumbers(to: &$0) }
    writer.message(4) { writeRuns(table, to: &$0) }
    let authors = Array(Set(writings.map(\.authorship.author))).sorted()
    writer.message(5) { for author in authors { $0.identifier(author) } }
    writer.message(6) { writeWritings(authors, to: &$0) }
    writer.message(7) { columns in
      for alias in aliases {
        columns.fixed64(alias.original.actor.rawValue)
        columns.varint(alias.original.number)
        columns.varint(UInt64(table.places[alias.change] ?? 0))
      }
    }
    return writer.bytes
  }

  /// Lengths, changes, places within them, parents: each a column.
  private func writeRuns(_ table: ChangeTable, to writer: inout ProtobufWriter) {
    writer.varint(UInt64(runs.count))
    for run in runs {
      writer.varint(UInt64(run.length) << 2 | (run.isLeft ? 2 : 0) | (run.isDeleted ? 1 : 0))
    }
    let places = runs.map { table.places[$0.change] ?? 0 }
    var before = 0
    for place in places {
      writer.varint(UInt64(zigzag: Int64(place) - Int64(before)))
      before = place
    }
    var expected = [UInt32](repeating: 0, count: table.places.count)
    for (run, place) in zip(runs, places) {
      writer.varint(UInt64(zigzag: Int64(run.index) - Int64(expected[place])))
      expected[place] = run.index + run.length
    }
    writeParents(table, places, to: &writer)
  }

  /// 0: what stands beside it, on its left or right; 1: the root; otherwise the character is named.
  private func writeParents(_ table: ChangeTable, _ places: [Int], to writer: inout ProtobufWriter) {
    for (offset, run) in runs.enumerated() {
      guard let parent = run.parent else {
        writer.varint(1)
        continue
      }
      if parent == neighbour(of: offset) {
        writer.varint(0)
        continue
      }
      let place = table.places[parent.change] ?? 0
      writer.varint(UInt64(zigzag: Int64(place) - Int64(places[offset])) + 2)
      writer.varint(UInt64(parent.index))
    }
  }

  /// The character before a run, or after it when the run is a left child.
  private func neighbour(of offset: Int) -> Dot? {
    if runs[offset].isLeft {
      guard offset + 1 < runs.count else { return nil }
      return Dot(change: runs[offset + 1].change, index: runs[offset + 1].index)
    }
    guard offset > 0 else { return nil }
    let before = runs[offset - 1]
    return Dot(change: before.change, index: before.index + before.length - 1)
  }

  /// The largest zigzag of a difference that leaves room for 0 and 1, which say something else; a clock that
  /// is wrong by 292 million years makes a larger one.
  static let plainDifferenceMax = UInt64.max - 2

  /// Authors, times of writing and times of receipt: each a column.
  private func writeWritings(_ authors: [Identifier], to writer: inout ProtobufWriter) {
    let places = Dictionary(uniqueKeysWithValues: zip(authors, authors.indices))
    for writing in writings { writer.varint(UInt64(places[writing.authorship.author] ?? 0)) }
    var before: Int64 = 0
    for writing in writings {
      writer.varint(UInt64(zigzag: writing.authorship.writtenAt &- before))
      before = writing.authorship.writtenAt
    }
    for writing in writings {
      guard let received = writing.authorship.receivedAt else {
        writer.varint(0)
        continue
      }
      let difference = UInt64(zigzag: received &- writing.authorship.writtenAt)
      if difference <= Self.plainDifferenceMax {
        writer.varint(difference + 2)
      } else {
        writer.varint(1)
        writer.varint(difference)
      }
    }
  }
}

/// The changes of a text's runs, in order.
private struct ChangeTable {
  let actors: [ActorID]
  let places: [ChangeID: Int]
  private let changes: [ChangeID]

  init(_ state: TextState) {
    changes = Array(Set(state.runs.map(\.change))).sorted()
    places = Dictionary(uniqueKeysWithValues: zip(changes, changes.indices))
    var actors: [ActorID] = []
    for change in changes where change.actor != actors.last { actors.append(change.actor) }
    self.actors = actors
  }

  /// For each actor how many changes it has, then how far each is from the one before.
  func writeNumbers(to writer: inout ProtobufWriter) {
    var counts: [ActorID: UInt64] = [:]
    for change in changes { counts[change.actor, default: 0] += 1 }
    for actor in actors { writer.varint(counts[actor] ?? 0) }
    var before: ChangeID?
    for change in changes {
      writer.varint(change.number - (before?.actor == change.actor ? before?.number ?? 0 : 0))
      before = change
    }
  }
}
