/// The materialised state of a record: what was taken in, and every operation that still has effect.
///
/// A value is superseded exactly by an operation on the same field whose author had seen it, or by a later
/// operation of the same change. Every order that keeps each actor's own gives the same state, equal in every
/// byte.
public struct RecordState: Hashable, Sendable {
  /// A field together with the kind that operations take it to be. Operations that disagree on a field's kind
  /// never meet, so none can make another vanish.
  public struct Key: Hashable, Sendable, Comparable {
    /// The field.
    public let field: FieldID
    /// The kind that its operations name.
    public let kind: FieldKind

    /// Names a field as one kind.
    public init(field: FieldID, kind: FieldKind) {
      self.field = field
      self.kind = kind
    }

    /// By field, then kind.
    public static func < (left: Key, right: Key) -> Bool {
      left.field == right.field ? left.kind < right.kind : left.field < right.field
    }
  }

  /// Everything that was applied or is void.
  public private(set) var version: VersionVector
  /// The live operations of each field, in order of dot. No entry is empty.
  public private(set) var fields: [Key: [LiveOperation]]
  /// The texts, which are no live operations but characters. None is without any, deleted or not.
  public private(set) var texts: [FieldID: TextSequence]
  /// Changes that were applied before something that they name, in order of id. After a restore a device may
  /// name what the server still awaits; when it comes, these supersede it as if it had come first.
  public private(set) var ahead: [Change]

  /// The state of a record before its first change.
  public init() {
    version = VersionVector()
    fields = [:]
    texts = [:]
    ahead = []
  }

  /// Restores a state from its parts, as decoded from a store or a peer; `nil` when they do not fit: a list
  /// is empty or not in ascending order, or something is live that the version does not contain.
  public init?(
    version: VersionVector, fields: [Key: [LiveOperation]], texts: [FieldID: TextSequence] = [:],
    ahead: [Change] = []
  ) {
    for (key, live) in fields {
      guard key.kind != .text else { return nil }
      guard !live.isEmpty, live.allSatisfy({ version.contains($0.context.id) && $0.context.id.number > 0 }),
        zip(live, live.dropFirst()).allSatisfy({ $0.dot < $1.dot })
      else { return nil }
    }
    guard ahead.allSatisfy({ version.contains($0.id) && !$0.context.namesNothing(beyond: version) }),
      zip(ahead, ahead.dropFirst()).allSatisfy({ $0.id < $1.id })
    else { return nil }
    guard texts.values.allSatisfy({ !$0.isBlank && $0.changes.allSatisfy(version.contains) }) else {
      return nil
    }
    self.version = version
    self.fields = fields
    self.texts = texts
    self.ahead = ahead
  }

  /// Whether the change is the next of its actor, which `apply` and `applyVoid` require of one that is not
  /// here yet.
  public func isNext(_ change: ChangeID) -> Bool {
    change.number > 0 && version[change.actor] == change.number - 1
  }

  /// Whether the change is the next of its actor and everything that it names is here.
  public func isReady(for change: ChangeContext) -> Bool {
    isNext(change.id) && change.namesNothing(beyond: version)
  }

  /// Applies a change that is the next of its actor. One that was applied before, or is void, changes
  /// nothing.
  ///
  /// - Precondition: Nothing is left out: a change that is not here yet `isNext`. To go on after a gap would
  ///   lose, without a word, what fills the gap later.
  /// - Complexity: O(live operations of the touched fields × log actors); for texts see `TextSequence.apply`.
  public mutating func apply(_ change: Change) {
    precondition(
      version.contains(change.id) || isNext(change.id),
      "\(change.id.actor) goes from \(version[change.id.actor]) to \(change.id.number)")
    overlay(change)
  }

  /// Notes that a change is void: it has no effect, now or ever, but its number counts as seen.
  ///
  /// - Precondition: As for `apply`.
  public mutating func applyVoid(_ change: ChangeID) {
    precondition(
      version.contains(change) || isNext(change),
      "\(change.actor) goes from \(version[change.actor]) to \(change.number)")
    version.insert(change)
    forgetCaughtUp()
  }

  /// Applies a change to a state that is only shown, where something before it may be missing.
  mutating func overlay(_ change: Change) {
    guard version.insert(change.id) else { return }
    for index in change.operations.indices {
      apply(change.operations[index], index: UInt32(truncatingIfNeeded: index), of: change.context)
    }
    let isAhead = !change.context.namesNothing(beyond: version)
    guard isAhead || !ahead.isEmpty else { return }
    for early in ahead where early.context.hasSeen(change.context) {
      for (index, operation) in early.operations.enumerated() {
        supersede(by: operation, index: UInt32(truncatingIfNeeded: index), of: early.context)
      }
    }
    if isAhead { ahead.insert(change, at: ahead.firstIndex { $0.id > change.id } ?? ahead.endIndex) }
    forgetCaughtUp()
  }

  /// The live operations of a field, the one that is shown first in front.
  public func operations(_ field: FieldID, _ kind: FieldKind) -> [LiveOperation] {
    let live = fields[Key(field: field, kind: kind), default: []]
    return live.count < 2 ? live : live.sorted { $0.isShown(before: $1) }
  }

  private mutating func apply(_ operation: Operation, index: UInt32, of context: ChangeContext) {
    if case .edit(let edit) = operation.action {
      if let place = texts.index(forKey: operation.field) {
        texts.values[place].apply(edit, index: index, of: context)
      } else {
        var text = TextSequence()
        text.apply(edit, index: index, of: context)
        texts[operation.field] = text
      }
      return
    }
    supersede(by: operation, index: index, of: context)
    guard let value = operation.keptValue else { return }
    let live = LiveOperation(index: index, value: value, context: context)
    fields[Key(field: operation.field, kind: operation.kind), default: []].insertInOrder(live)
  }

  /// Takes away what the operation supersedes.
  private mutating func supersede(by operation: Operation, index: UInt32, of context: ChangeContext) {
    guard let place = fields.index(forKey: Key(field: operation.field, kind: operation.kind)) else { return }
    switch operation.reach {
    case .nothing: return
    case .field: fields.values[place].removeAll { $0.isSuperseded(by: context, at: index) }
    case .element(let element):
      fields.values[place].removeAdditions(of: element, supersededBy: context, at: index)
    }
    if fields.values[place].isEmpty { fields.remove(at: place) }
  }

  private mutating func forgetCaughtUp() {
    if ahead.isEmpty { return }
    ahead.removeAll { $0.context.namesNothing(beyond: version) }
  }
}
