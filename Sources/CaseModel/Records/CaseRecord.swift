public import CRDT

/// A record as read from a replica: the facts of its header, and its state.
///
/// To copy one costs a count, whatever it holds: case stocks of many thousands are sorted, filtered and
/// handed on.
public struct CaseRecord: Sendable, Hashable {
  private struct Content: Sendable, Hashable {
    let id: Identifier
    let kind: RecordKind
    let caseID: Identifier?
    let created: Int64
    let receivedAt: Int64?
    let creator: Identifier?
    let about: [Identifier]
    let informationType: InformationType
    let origin: Identifier?
    let state: RecordState
  }

  private let content: Shared<Content>

  /// Names the record; for a case head it is the case's id too.
  public var id: Identifier { content.value.id }
  /// What the record is.
  public var kind: RecordKind { content.value.kind }
  /// The case that it belongs to, or the alias for the kinds that lie under one; `nil` in the register.
  public var caseID: Identifier? { content.value.caseID }
  /// Milliseconds since 1970 at which it was created, by its author's clock; shown, never evidence.
  public var created: Int64 { content.value.created }
  /// Milliseconds since 1970 at which the server received the change that created it; `nil` for one that it
  /// has not received yet.
  public var receivedAt: Int64? { content.value.receivedAt }
  /// The person whose account created it; `nil` when that is not known here.
  public var creator: Identifier? { content.value.creator }
  /// The persons whose data it holds.
  public var about: [Identifier] { content.value.about }
  /// What sort of information it holds.
  public var informationType: InformationType { content.value.informationType }
  /// The tenant where it was created; `nil` where that is not asked for.
  public var origin: Identifier? { content.value.origin }
  /// The values of its fields.
  public var state: RecordState { content.value.state }

  /// Describes a record.
  public init(
    id: Identifier, kind: RecordKind, caseID: Identifier?, created: Int64, receivedAt: Int64?,
    creator: Identifier?, about: [Identifier], informationType: InformationType,
    origin: Identifier? = nil, state: RecordState
  ) {
    content = Shared(
      Content(
        id: id, kind: kind, caseID: caseID, created: created, receivedAt: receivedAt, creator: creator,
        about: about, informationType: informationType, origin: origin, state: state))
  }

  /// What policy needs to know of the record.
  public var reference: RecordReference {
    RecordReference(
      id: id, kind: kind, caseID: caseID, creator: creator, about: about, informationType: informationType,
      receivedAt: receivedAt)
  }
}
