import CRDT
import WireProtocol

/// A record as the definition has it: of all accepted changes, a value stands if nothing accepted that had
/// seen it took its place. Slow, and obviously right; it shares nothing with the product but the values.
struct NaiveRecord {
  struct Accepted {
    let change: WrittenChange
    let receivedAt: Int64
  }

  struct Standing: Hashable {
    let field: FieldID
    let kind: FieldKind
    let dot: Dot
    let value: Value
    let shownAt: Int64
  }

  let accepted: [Accepted]

  /// What stands, by field and then as it is shown: later first, then by dot.
  var standing: [Standing] {
    var found: [Standing] = []
    for item in accepted {
      let header = item.change.change.header
      for (index, operation) in item.change.operations.enumerated() {
        guard let value = Self.kept(operation), !isSuperseded(operation, index, of: item.change) else {
          continue
        }
        found.append(
          Standing(
            field: operation.field, kind: Self.kind(operation),
            dot: Dot(change: header.id, index: UInt32(index)), value: value,
            shownAt: min(item.change.change.origin?.header.writtenAt ?? header.writtenAt, item.receivedAt)))
      }
    }
    return found.sorted { Self.isBefore($0, $1) }
  }

  private static func isBefore(_ left: Standing, _ right: Standing) -> Bool {
    if left.field != right.field { return left.field < right.field }
    if left.kind != right.kind { return left.kind < right.kind }
    if left.shownAt != right.shownAt { return left.shownAt > right.shownAt }
    return left.dot > right.dot
  }

  private func isSuperseded(_ operation: Operation, _ index: Int, of change: WrittenChange) -> Bool {
    accepted.contains { later in
      let isSame = later.change.digest == change.digest
      guard isSame || Self.hasSeen(later.change.change, change.change) else { return false }
      return later.change.operations.enumerated().contains { place, other in
        (!isSame || place > index) && Self.takesPlace(other, of: operation)
      }
    }
  }

  /// Whether a change's author had seen another change, as `Protocol/merge.md` §8 has it.
  private static func hasSeen(_ later: EncodedChange, _ earlier: EncodedChange) -> Bool {
    guard let origin = later.origin else { return later.header.version.contains(earlier.header.id) }
    if sees(later, earlier.header.id) { return true }
    guard let other = earlier.origin, later.header.version.contains(earlier.header.id) else { return false }
    let isBefore =
      other.header.id.actor == origin.header.id.actor
      && other.header.id.number < origin.header.id.number
    return sees(later, other.header.id) || (later.header.id.actor == earlier.header.id.actor && isBefore)
  }

  /// Whether the original's author had seen a change, under what both branches of an actor have.
  private static func sees(_ change: EncodedChange, _ other: ChangeID) -> Bool {
    let cap = change.header.originCaps.first { $0.actor == other.actor }?.number ?? .max
    return other.number <= cap && change.origin?.header.version.contains(other) == true
  }

  private static func takesPlace(_ later: Operation, of earlier: Operation) -> Bool {
    guard later.field == earlier.field else { return false }
    return switch (later.action, earlier.action) {
    case (.assign, .assign), (.decide, .decide), (.rank, .rank): true
    case (.add(let new), .add(let old)), (.remove(let new), .add(let old)): isSame(new, old)
    default: false
    }
  }

  /// Byte for byte: what looks the same may be written otherwise.
  private static func isSame(_ left: Value, _ right: Value) -> Bool {
    if case .text(let left) = left, case .text(let right) = right {
      return Array(left.utf8) == Array(right.utf8)
    }
    return left == right
  }

  private static func kept(_ operation: Operation) -> Value? {
    switch operation.action {
    case .assign(let value), .add(let value), .decide(let value): value
    case .rank(let rank): .bytes(rank.bytes)
    case .unknown(_, let encoding): .unknown(encoding)
    // A text's characters are no operations; that replicas agree on them is checked with their states.
    case .remove, .edit: nil
    }
  }

  private static func kind(_ operation: Operation) -> FieldKind {
    switch operation.action {
    case .assign: .register
    case .add, .remove: .set
    case .edit: .text
    case .rank: .rank
    case .decide: .arbitrated
    case .unknown(let kind, _): kind
    }
  }
}
