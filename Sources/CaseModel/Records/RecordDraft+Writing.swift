public import CRDT

/// Adding operations. Each follows the field's definition, so that a draft never takes a field for another
/// kind than it has; `nil` writes nothing.
extension RecordDraft {
  /// Writes a register, or decides an arbitrated field. Of a text it puts all characters in at the start, as
  /// a new record has none yet.
  public mutating func write(_ field: FieldDefinition, _ value: Value?) {
    guard let value else { return }
    if field.kind == .text {
      guard case .text(let text) = value else { preconditionFailure("a text is written with characters") }
      var editor = TextEditor(TextSequence())
      editor.insert(text, at: 0)
      return edit(field, editor.finish())
    }
    let action: Operation.Action = field.kind == .arbitrated ? .decide(value) : .assign(value)
    operations.append(Operation(field: field.id, action: action))
  }

  /// Edits a text; nothing when there is no edit.
  public mutating func edit(_ field: FieldDefinition, _ edit: TextEdit?) {
    precondition(field.kind == .text, "\(field.name) is no text")
    if let edit { operations.append(Operation(field: field.id, action: .edit(edit))) }
  }

  /// Writes a text, label or code.
  public mutating func write(_ field: FieldDefinition, _ text: String?) {
    write(field, text.map(Value.text))
  }

  /// Writes a calendar day.
  public mutating func write(_ field: FieldDefinition, _ day: CalendarDay?) {
    write(field, day.map { Value.integer(Int64($0.dayNumber)) })
  }

  /// Writes a whole number.
  public mutating func write(_ field: FieldDefinition, _ integer: Int?) {
    write(field, integer.map { Value.integer(Int64($0)) })
  }

  /// Writes true or false.
  public mutating func write(_ field: FieldDefinition, _ boolean: Bool?) {
    write(field, boolean.map(Value.boolean))
  }

  /// Writes an identifier.
  public mutating func write(_ field: FieldDefinition, _ identifier: Identifier?) {
    write(field, identifier.map(Value.identifier))
  }

  /// Clears a register.
  public mutating func clear(_ field: FieldDefinition) { write(field, Value.null) }

  /// Adds texts to a set.
  public mutating func add(_ field: FieldDefinition, _ texts: [String]) {
    operations += texts.map { Operation(field: field.id, action: .add(.text($0))) }
  }

  /// Adds identifiers to a set.
  public mutating func add(_ field: FieldDefinition, _ identifiers: [Identifier]) {
    operations += identifiers.map { Operation(field: field.id, action: .add(.identifier($0))) }
  }

  /// Adds whole numbers to a set.
  public mutating func add(_ field: FieldDefinition, _ integers: [Int64]) {
    operations += integers.map { Operation(field: field.id, action: .add(.integer($0))) }
  }

  /// Adds information types to a set, by their numbers.
  public mutating func add(_ field: FieldDefinition, _ types: [InformationType]) {
    add(field, types.map { Int64($0.rawValue) })
  }

  /// Adds roles to a set, by their numbers.
  public mutating func add(_ field: FieldDefinition, _ roles: [Role]) {
    add(field, roles.map { Int64($0.rawValue) })
  }

  /// Writes an instant, in milliseconds since 1970.
  public mutating func write(_ field: FieldDefinition, instant: Int64?) {
    write(field, instant.map(Value.integer))
  }

  /// Takes an element out of a set.
  public mutating func remove(_ field: FieldDefinition, _ element: Value) {
    operations.append(Operation(field: field.id, action: .remove(element)))
  }
}
