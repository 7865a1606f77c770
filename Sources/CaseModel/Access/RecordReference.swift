public import CRDT

/// What policy needs to know of a record: its header, and nothing of its content.
///
/// No argument has a default: whoever leaves out whose data a record holds would have it judged as another.
public struct RecordReference: Sendable, Hashable {
  /// Names the record.
  public let id: Identifier
  /// What the record is.
  public let kind: RecordKind
  /// The case that it belongs to, or the alias for the kinds that lie under one; `nil` in the register.
  public let caseID: Identifier?
  /// The person whose account created it; `nil` when not known.
  public let creator: Identifier?
  /// The persons whose data it holds, as its header says.
  public let about: [Identifier]
  /// What sort of information it holds, as its header says.
  public let informationType: InformationType
  /// Milliseconds since 1970 by the server's clock at which it received the change that created the record;
  /// `nil` for one that is being created now.
  public let receivedAt: Int64?

  /// Refers to a record.
  public init(
    id: Identifier, kind: RecordKind, caseID: Identifier?, creator: Identifier?, about: [Identifier],
    informationType: InformationType, receivedAt: Int64?
  ) {
    self.id = id
    self.kind = kind
    self.caseID = caseID
    self.creator = creator
    self.about = about
    self.informationType = informationType
    self.receivedAt = receivedAt
  }

  /// The same, by whomever.
  var withoutCreator: RecordReference {
    RecordReference(
      id: id, kind: kind, caseID: caseID, creator: nil, about: about, informationType: informationType,
      receivedAt: receivedAt)
  }
}
