extension RecordState {
  /// All concurrent values of a register, the one that is shown first in front. More than one is a conflict
  /// that a person settles by writing with all of them seen.
  public func values(_ field: FieldID) -> [LiveOperation] { operations(field, .register) }

  /// The value of a register that is shown first; `nil` when none was ever written.
  public func value(_ field: FieldID) -> Value? { values(field).first?.value }

  /// The elements of a set, each once, in the order of their first live addition.
  public func elements(_ field: FieldID) -> [Value] {
    var seen: Set<Value> = []
    return operations(field, .set).reversed().map(\.value).filter { seen.insert($0).inserted }
  }

  /// The value that stands in an arbitrated field; `nil` when none was decided.
  public func decided(_ field: FieldID) -> LiveOperation? { operations(field, .arbitrated).first }

  /// The registers that hold more than one value, in order of field.
  public var conflicts: [FieldID] {
    fields.filter { $0.key.kind == .register && $0.value.count > 1 }.keys.map(\.field).sorted()
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
}
