/// The materialised state of a record: what was taken in, and every operation that still has effect.
///
/// Changes are applied in any order that respects causality (each after all that its version vector names); every
/// such order gives the same state. A value is superseded exactly by an operation on the same field whose author had
/// seen it, or by a later operation of the same change.
public struct RecordState: Hashable, Sendable {
  /// A field together with the kind that operations take it to be. Operations that disagree on a field's kind never
  /// meet, so none can make another vanish.
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

    public static func < (left: Key, right: Key) -> Bool {
      left.field == right.field ? left.kind < right.kind : left.field < right.field
    }
  }

  /// Everything that was applied or is void.
  public private(set) var version: VersionVector
  /// The live operations of each field. No entry is empty.
  public private(set) var fields: [Key: [LiveOperation]]

  /// The state of a record before its first change.
  public init() {
    version = VersionVector()
    fields = [:]
  }

  /// Restores a state from its parts, as decoded from a store or a peer.
  public init(version: VersionVector, fields: [Key: [LiveOperation]]) {
    self.version = version
    self.fields = fields.filter { !$0.value.isEmpty }
  }

  /// Whether everything that the change had seen is here, so that it may be applied.
  public func isReady(for change: ChangeContext) -> Bool {
    version[change.id.actor] == change.id.number - 1 && version.contains(change.version)
  }

  /// Applies a change. One that was applied before, or is void, changes nothing.
  ///
  /// - Complexity: O(live operations of the touched fields × log actors)
  public mutating func apply(_ change: Change) {
    guard !version.contains(change.id) else { return }
    version.insert(change.id)
    for (index, operation) in change.operations.enumerated() {
      apply(operation, index: UInt32(truncatingIfNeeded: index), context: change.context)
    }
  }

  /// Notes that a change is void: it has no effect, now or ever, but its number counts as seen.
  public mutating func applyVoid(_ change: ChangeID) { version.insert(change) }

  /// The live operations of a field, the one that is shown first in front.
  public func operations(_ field: FieldID, _ kind: FieldKind) -> [LiveOperation] {
    fields[Key(field: field, kind: kind), default: []].sorted { $0.isShown(before: $1) }
  }

  private mutating func apply(_ operation: Operation, index: UInt32, context: ChangeContext) {
    let key = Key(field: operation.field, kind: operation.kind)
    switch operation.action {
    case .assign(let value), .decide(let value):
      update(key) { live in
        live.removeAll { context.id == $0.context.id || context.hasSeen($0.context) }
        live.append(LiveOperation(index: index, value: value, context: context))
      }
    case .add(let element):
      update(key) { live in
        live.removeAll { $0.value == element && (context.id == $0.context.id || context.hasSeen($0.context)) }
        live.append(LiveOperation(index: index, value: element, context: context))
      }
    case .remove(let element):
      update(key) { live in
        live.removeAll { $0.value == element && (context.id == $0.context.id || context.hasSeen($0.context)) }
      }
    case .unknown(_, let encoding):
      update(key) { $0.append(LiveOperation(index: index, value: .unknown(encoding), context: context)) }
    }
  }

  private mutating func update(_ key: Key, _ body: (inout [LiveOperation]) -> Void) {
    body(&fields[key, default: []])
    if fields[key]?.isEmpty == true { fields[key] = nil }
  }
}
