public import CRDT

/// Reading single values. A field that holds several concurrent values gives the one that is shown first; a
/// value of another type than the field's reads as none, and stays in the state for versions that understand
/// it.
extension CaseRecord {
  /// The value that is shown: of a register the first, of an arbitrated field the one that stands, of a text
  /// its characters unless there are none.
  public func value(_ field: FieldDefinition) -> Value? {
    guard field.kind == .text else {
      return state.value(field.id, field.kind == .arbitrated ? .arbitrated : .register)
    }
    let text = state.text(field.id)
    return text.count > 0 ? .text(text.string) : nil
  }

  /// The text, label or code of a field; `nil` when none was written or it was cleared.
  public func text(_ field: FieldDefinition) -> String? {
    guard case .text(let text)? = value(field) else { return nil }
    return text
  }

  /// The whole number of a field.
  public func integer(_ field: FieldDefinition) -> Int64? {
    guard case .integer(let integer)? = value(field) else { return nil }
    return integer
  }

  /// The calendar day of a field; `nil` also for a number that is no day of the years 1900–2199.
  public func day(_ field: FieldDefinition) -> CalendarDay? {
    integer(field).flatMap { try? CalendarDay(dayNumber: $0) }
  }

  /// The truth value of a field.
  public func boolean(_ field: FieldDefinition) -> Bool? {
    guard case .boolean(let boolean)? = value(field) else { return nil }
    return boolean
  }

  /// The identifier of a field.
  public func identifier(_ field: FieldDefinition) -> Identifier? {
    guard case .identifier(let identifier)? = value(field) else { return nil }
    return identifier
  }

  /// The texts of a set, in the order of their additions.
  public func texts(_ field: FieldDefinition) -> [String] {
    state.elements(field.id).compactMap { if case .text(let text) = $0 { text } else { nil } }
  }

  /// The identifiers of a set, in the order of their additions.
  public func identifiers(_ field: FieldDefinition) -> [Identifier] {
    state.elements(field.id).compactMap { if case .identifier(let id) = $0 { id } else { nil } }
  }

  /// The whole numbers of a set, in the order of their additions.
  public func integers(_ field: FieldDefinition) -> [Int64] {
    state.elements(field.id).compactMap { if case .integer(let integer) = $0 { integer } else { nil } }
  }

  /// Whether a set has any element, of whatever type: what restricts does so however it is written.
  public func hasElements(_ field: FieldDefinition) -> Bool { !state.elements(field.id).isEmpty }

  /// The day on which what the record tells happened: the first of its day fields that holds one, in order of
  /// number.
  public var happenedOn: CalendarDay? {
    for field in kind.definition?.happeningFields ?? [] {
      if let day = day(field) { return day }
    }
    return nil
  }
}
