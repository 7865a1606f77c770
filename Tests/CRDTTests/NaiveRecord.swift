import CRDT

/// A record as the definition has it: it keeps every accepted change for ever, and a value is live if nothing
/// accepted supersedes it. Slow, and obviously right.
struct NaiveRecord {
  private(set) var accepted: [ChangeID: Change] = [:]
  private(set) var voids: Set<ChangeID> = []

  mutating func apply(_ change: Change) {
    if !voids.contains(change.id) && accepted[change.id] == nil { accepted[change.id] = change }
  }

  mutating func applyVoid(_ change: ChangeID) {
    if accepted[change] == nil { voids.insert(change) }
  }

  mutating func apply(_ event: History.Event) {
    switch event {
    case .accepted(let change): apply(change)
    case .void(let original): applyVoid(original.id)
    }
  }

  /// All that was applied or is void, counted out of the changes themselves.
  var version: VersionVector {
    var highest: [ActorID: UInt64] = [:]
    for id in Array(accepted.keys) + Array(voids) {
      highest[id.actor] = max(highest[id.actor] ?? 0, id.number)
    }
    let entries = highest.map { ChangeID(actor: $0.key, number: $0.value) }
    return VersionVector(sorted: entries.sorted { $0.actor.rawValue < $1.actor.rawValue }) ?? VersionVector()
  }

  /// Every live operation, in order of dot.
  var fields: [RecordState.Key: [LiveOperation]] {
    var fields: [RecordState.Key: [LiveOperation]] = [:]
    for change in accepted.values {
      for (index, operation) in change.operations.enumerated() {
        guard let value = Self.kept(operation), !isSuperseded(operation, index, of: change) else { continue }
        let key = RecordState.Key(field: operation.field, kind: operation.kind)
        fields[key, default: []].append(
          LiveOperation(index: UInt32(index), value: value, context: change.context))
      }
    }
    return fields.mapValues { $0.sorted { $0.dot < $1.dot } }
  }

  /// The fields that somebody wrote a text in.
  var textFields: Set<FieldID> {
    Set(accepted.values.flatMap(\.operations).filter { $0.kind == .text }.map(\.field))
  }

  /// The text of a field.
  func text(_ field: FieldID) -> NaiveText { NaiveText(field, Array(accepted.values)) }

  /// The first arbitrated field that the change would decide without its author having seen what stands.
  func unseenDecision(in change: Change) -> FieldID? {
    let standing = fields
    return change.operations.first { operation in
      guard case .decide = operation.action else { return false }
      return standing[RecordState.Key(field: operation.field, kind: .arbitrated), default: []]
        .contains { !Self.hasSeen(change, $0.context) }
    }?.field
  }

  private func isSuperseded(_ operation: Operation, _ index: Int, of change: Change) -> Bool {
    accepted.values.contains { later in
      let isSame = later.id == change.id
      guard isSame || Self.hasSeen(later, change.context) else { return false }
      return later.operations.enumerated().contains { place, other in
        (!isSame || place > index) && Self.reaches(other, operation)
      }
    }
  }

  /// Whether an operation supersedes another one that its author had seen.
  static func reaches(_ later: Operation, _ earlier: Operation) -> Bool {
    guard later.field == earlier.field else { return false }
    return switch (later.action, earlier.action) {
    case (.assign, .assign), (.decide, .decide), (.rank, .rank): true
    case (.add(let new), .add(let old)), (.remove(let new), .add(let old)): new == old
    default: false
    }
  }

  /// Whether the author of a change had seen another: by the origin's version if there is one, in which an
  /// original stands for the change that brought it in, as far as the new change names that one.
  static func hasSeen(_ later: Change, _ earlier: ChangeContext) -> Bool {
    let own = names(later.context.version, earlier.id)
    guard let origin = later.context.origin else { return own }
    if names(origin.version, earlier.id) { return true }
    guard own, let original = earlier.origin?.id else { return false }
    let isEarlierOfSameActor =
      original.actor == origin.id.actor && original.number < origin.id.number
      && earlier.id.actor == later.id.actor
    return names(origin.version, original) || isEarlierOfSameActor
  }

  private static func names(_ version: VersionVector, _ id: ChangeID) -> Bool {
    version.entries.contains { $0.actor == id.actor && $0.number >= id.number }
  }

  private static func kept(_ operation: Operation) -> Value? {
    switch operation.action {
    case .assign(let value), .add(let value), .decide(let value): value
    case .rank(let rank): .bytes(rank.bytes)
    case .unknown(_, let encoding): .unknown(encoding)
    case .remove, .edit: nil
    }
  }
}
