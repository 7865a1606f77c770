public import CRDT

/// What policy needs to know of a record: its header, and nothing of its content.
public struct RecordReference: Sendable, Hashable {
  /// Names the record.
  public let id: Identifier
  /// What the record is.
  public let kind: RecordKind
  /// The case that it belongs to, or the alias for the kinds that lie under one; `nil` in the register.
  public let caseID: Identifier?
  /// The person whose account created it; `nil` when not known.
  public let creator: Identifier?

  /// Refers to a record.
  public init(id: Identifier, kind: RecordKind, caseID: Identifier?, creator: Identifier?) {
    self.id = id
    self.kind = kind
    self.caseID = caseID
    self.creator = creator
  }
}
