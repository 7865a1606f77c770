extension RecordState {
  /// All concurrent values of a register, the one that is shown first in front. More than one is a conflict
  /// that a person settles by writing with all of them seen.
  public func values(_ field: FieldID) -> [LiveOperation] { operations(field, .register) }

  /// The value of a register that is shown first; `nil` when none was ever written.
  public func value(_ field: FieldID) -> Value? { value(field, .register) }

  /// The value of a field, taken to be of a kind, that is shown first; `nil` when nothing lives.
  ///
  /// - Complexity: O(live operations of the field)
  public func value(_ field: FieldID, _ kind: FieldKind) -> Value? {
    guard let live = fields[Key(field: field, kind: kind)] else { return nil }
    // Nearly every field has one, and views ask for fields by the hundred thousand.
    if live.count == 1 { return live.first?.value }
    return live.min { $0.isShown(before: $1) }?.value
  }

  /// The elements of a set, each once, in the order of their first live addition.
  public func elements(_ field: FieldID) -> [Value] {
    var seen: Set<Value> = []
    return operations(field, .set).reversed().map(\.value).filter { seen.insert($0).inserted }
  }

  /// The value that stands in an arbitrated field; `nil` when none was decided.
  public func decided(_ field: FieldID) -> LiveOperation? { operations(field, .arbitrated).first }

  /// The characters of a text; empty when none was ever written.
  public func text(_ field: FieldID) -> TextSequence { texts[field] ?? TextSequence() }

  /// The rank that is shown first; `nil` when none was ever given. Of several that were given at the same
  /// time each would do, and no person is asked.
  public func rank(_ field: FieldID) -> Rank? {
    guard case .bytes(let bytes) = operations(field, .rank).first?.value else { return nil }
    return Rank(bytes: bytes)
  }

  /// The registers that hold more than one value, in order of field.
  public var conflicts: [FieldID] {
    fields.lazy.filter { $0.key.kind == .register && $0.value.count > 1 }.map(\.key.field).sorted()
  }

  /// The first arbitrated field that the change would decide without having seen the value that stands; such
  /// a change is refused. `nil` when there is none.
  public func unseenDecision(in change: Change) -> FieldID? {
    for operation in change.operations {
      guard case .decide = operation.action else { continue }
      let standing = fields[Key(field: operation.field, kind: .arbitrated), default: []]
      if standing.contains(where: { !change.context.hasSeen($0.context) }) { return operation.field }
    }
    return nil
  }

  /// The first text in which the change would name a character that is not here or that its author had not
  /// seen; such a change is refused, since nobody could say where its characters go. `nil` when there is
  /// none.
  ///
  /// - Parameter awaited: changes that are not here and may be named: an edit that names characters of
  /// theirs,
  ///   or of an edit that waits for such, waits.
  public func unknownCharacter(
    in change: Change, awaiting awaited: VersionVector = VersionVector()
  ) -> FieldID? {
    for operation in change.operations {
      guard case .edit(let edit) = operation.action else { continue }
      let text = text(operation.field)
      let areSeen = edit.steps.allSatisfy { $0.change.map { isSeen($0, by: change.context) } ?? true }
      if areSeen, text.namesNothingMissing(edit, of: change.context) { continue }
      guard areSeen, !awaited.isEmpty || !text.waiting.isEmpty,
        let missing = text.missing(in: edit, of: change.context),
        missing.allSatisfy({ awaited.contains($0) || text.isWaiting($0) })
      else { return operation.field }
    }
    return nil
  }

  /// What a change with an origin has seen is what it finds: what its original names, or what stands for
  /// that.
  private func isSeen(_ named: ChangeID, by context: ChangeContext) -> Bool {
    context.origin != nil || context.version.contains(named)
  }

  /// The first field of which the change holds a second edit, which would have no effect.
  public static func secondEdit(in operations: [Operation]) -> FieldID? {
    if operations.count < 2 { return nil }
    var edited: Set<FieldID> = []
    for operation in operations where operation.kind == .text {
      if !edited.insert(operation.field).inserted { return operation.field }
    }
    return nil
  }
}
