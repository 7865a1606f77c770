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
    /// Writes a text: characters put in and taken out.
    case edit(TextEdit)
    /// Gives a rank.
    case rank(Rank)
    /// Decides an arbitrated field.
    case decide(Value)
    /// Something that a later version does to a field of a kind that is not known here (`FieldKind.isKnown`),
    /// kept as it came. A decoder refuses an unknown action on a known kind.
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
    case .edit: .text
    case .rank: .rank
    case .decide: .arbitrated
    case .unknown(let kind, _): kind
    }
  }

  /// What stays of the operation while nothing supersedes it; `nil` for a removal and for an edit of a text,
  /// whose characters are kept as a `TextSequence`.
  public var keptValue: Value? {
    switch action {
    case .assign(let value), .add(let value), .decide(let value): value
    case .rank(let rank): .bytes(rank.bytes)
    case .remove, .edit: nil
    case .unknown(_, let encoding): .unknown(encoding)
    }
  }

  /// What the operation supersedes of that which its author had seen.
  var reach: Reach {
    switch action {
    case .assign, .decide, .rank: .field
    case .add(let element), .remove(let element): .element(element)
    case .edit, .unknown: .nothing
    }
  }

  /// How much of a field an operation may supersede.
  enum Reach {
    /// An operation of a kind that is not known here takes nothing away; an edit of a text names what it
    /// does.
    case nothing
    /// All earlier values.
    case field
    /// All earlier additions of one element.
    case element(Value)
  }
}
