public import CRDT

/// A record as read from a replica: the facts of its header, and its state.
public struct CaseRecord: Sendable, Hashable {
  /// Names the record; for a case head it is the case's id too.
  public let id: Identifier
  /// What the record is.
  public let kind: RecordKind
  /// The case that it belongs to, or the alias for the kinds that lie under one; `nil` in the register.
  public let caseID: Identifier?
  /// Milliseconds since 1970 at which it was created, by its author's clock; shown, never evidence.
  public let created: Int64
  /// Milliseconds since 1970 at which the server received the change that created it; `nil` for one that it
  /// has not received yet.
  public let receivedAt: Int64?
  /// The person whose account created it; `nil` when that is not known here.
  public let creator: Identifier?
  /// The persons whose data it holds.
  public let about: [Identifier]
  /// What sort of information it holds.
  public let informationType: InformationType
  /// The tenant where it was created; `nil` where that is not asked for.
  public let origin: Identifier?
  /// The values of its fields.
  public let state: RecordState

  /// Describes a record.
  public init(
    id: Identifier, kind: RecordKind, caseID: Identifier?, created: Int64, receivedAt: Int64?,
    creator: Identifier?, about: [Identifier], informationType: InformationType,
    origin: Identifier? = nil, state: RecordState
  ) {
    self.id = id
    self.kind = kind
    self.caseID = caseID
    self.created = created
    self.receivedAt = receivedAt
    self.creator = creator
    self.about = about
    self.informationType = informationType
    self.origin = origin
    self.state = state
  }

  /// What policy needs to know of the record.
  public var reference: RecordReference {
    RecordReference(
      id: id, kind: kind, caseID: caseID, creator: creator, about: about, informationType: informationType,
      receivedAt: receivedAt)
  }
}
