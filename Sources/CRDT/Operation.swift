/// Names a field within records of one kind. Numbers are given once and never reused, as in Protocol Buffers.
public struct FieldID: RawRepresentable, Hashable, Sendable, Comparable {
  /// The field's number, at least 1.
  public let rawValue: UInt32

  /// Names field `rawValue`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  public static func < (left: FieldID, right: FieldID) -> Bool { left.rawValue < right.rawValue }
}

/// How concurrent operations on a field merge (`Protocol/merge.md`).
///
/// Kinds that this version does not know are kept whole and none of their operations is superseded, so that an old
/// client loses nothing that a newer one wrote.
public struct FieldKind: RawRepresentable, Hashable, Sendable, Comparable {
  /// The kind's number on the wire.
  public let rawValue: UInt32

  /// Names kind `rawValue`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Keeps every concurrent value (a multi-value register).
  public static let register = FieldKind(rawValue: 1)
  /// Keeps every element whose addition no removal has seen (an add-wins observed-remove set).
  public static let set = FieldKind(rawValue: 2)
  /// Reserved: a sequence of characters.
  public static let text = FieldKind(rawValue: 3)
  /// Reserved: a fractional index.
  public static let rank = FieldKind(rawValue: 4)
  /// Accepted by the server only from an author who had seen the value that stands.
  public static let arbitrated = FieldKind(rawValue: 5)

  public static func < (left: FieldKind, right: FieldKind) -> Bool { left.rawValue < right.rawValue }
}

/// One operation of a change on one field.
public struct Operation: Hashable, Sendable {
  /// What an operation does.
  public enum Action: Hashable, Sendable {
    /// Writes a register.
    case assign(Value)
    /// Adds an element to a set.
    case add(Value)
    /// Removes an element from a set, as far as the author had seen it.
    case remove(Value)
    /// Decides an arbitrated field.
    case decide(Value)
    /// Something that a later version does to a field of a kind or with an action unknown here, kept as it came.
    case unknown(kind: FieldKind, encoding: [UInt8])
  }

  /// The field that the operation is on.
  public let field: FieldID
  /// What it does there.
  public let action: Action

  /// Makes an operation.
  public init(field: FieldID, action: Action) {
    self.field = field
    self.action = action
  }

  /// The kind that the operation takes its field to be.
  public var kind: FieldKind {
    switch action {
    case .assign: .register
    case .add, .remove: .set
    case .decide: .arbitrated
    case .unknown(let kind, _): kind
    }
  }
}
