public import CRDT

/// One field of one record kind: its number, name, how it merges, and what its values are.
///
/// Numbers are given once within a kind and never reused; once the protocol is frozen a field's kind never
/// changes.
public struct FieldDefinition: Hashable, Sendable {
  /// What a field's values are, for writing, showing and importing them.
  public enum ValueType: Hashable, Sendable {
    /// Free text of any length, as a person writes it. Never in a milestone.
    case text
    /// A name or label: a few words on one line.
    case label
    /// A stable English code from an open list, which the user's language labels.
    case code
    /// A calendar day, held as days since 1970-01-01.
    case day
    /// A whole number.
    case integer
    /// True or false.
    case boolean
    /// Names a record or a person.
    case identifier
    /// Bytes that mean something to programs only.
    case bytes
  }

  /// The field's number within its record kind.
  public let id: FieldID
  /// The English name that protocol, command line and JSON output use.
  public let name: String
  /// How concurrent operations on the field merge.
  public let kind: FieldKind
  /// What its values are.
  public let valueType: ValueType
  /// The codes that are written into it; empty where the list is open, and where it holds no codes. Others
  /// that a later version wrote are read and kept all the same.
  public let codes: [String]

  /// Defines a field.
  public init(
    _ number: UInt32, _ name: String, _ valueType: ValueType, _ kind: FieldKind = .register,
    codes: [String] = []
  ) {
    self.codes = codes
    id = FieldID(rawValue: number)
    self.name = name
    self.kind = kind
    self.valueType = valueType
  }
}
