public import CRDT

/// What a command wants to write to one record: the content of one change, before it has an author or a
/// number.
///
/// A command returns the drafts of one act, to be sent as one journal entry that is accepted or refused
/// whole. A new record's draft stands before drafts that refer to it.
public struct RecordDraft: Sendable, Hashable {
  /// Names the record.
  public let id: Identifier
  /// What the record is.
  public let kind: RecordKind
  /// The case or the alias that it belongs to; `nil` in the register.
  public let caseID: Identifier?
  /// The persons whose data it holds; for a record of a case never empty. A family of which no person is
  /// recorded yet is named by the case id.
  public let about: [Identifier]
  /// What sort of information it holds.
  public let informationType: InformationType
  /// Whether the change creates the record.
  public let isNew: Bool
  /// What the change does, in order.
  public var operations: [Operation]

  /// Drafts a change.
  public init(
    id: Identifier, kind: RecordKind, caseID: Identifier?, about: [Identifier],
    informationType: InformationType, isNew: Bool, operations: [Operation] = []
  ) {
    self.id = id
    self.kind = kind
    self.caseID = caseID
    self.about = about
    self.informationType = informationType
    self.isNew = isNew
    self.operations = operations
  }

  /// Drafts a new record. Without `about` a record of a case is about the family as a whole, which the case
  /// id names; without `informationType` it gets its kind's.
  public static func new(
    _ kind: RecordKind, id: Identifier, in caseID: Identifier?, about: [Identifier] = [],
    informationType: InformationType? = nil
  ) -> RecordDraft {
    let home = kind.home
    let subjects = about.isEmpty && home == .caseFile ? [caseID].compactMap { $0 } : about
    return RecordDraft(
      id: id, kind: kind, caseID: caseID, about: subjects,
      informationType: informationType ?? kind.definition?.informationType ?? .none, isNew: true)
  }

  /// Drafts a change of a record that exists.
  public static func change(_ record: CaseRecord) -> RecordDraft {
    RecordDraft(
      id: record.id, kind: record.kind, caseID: record.caseID, about: record.about,
      informationType: record.informationType, isNew: false)
  }

  /// What policy needs to know of the record, once `creator` creates or has created it.
  ///
  /// - Parameter receivedAt: when the server received the change that created it; `nil` for a new one.
  public func reference(creator: Identifier?, receivedAt: Int64?) -> RecordReference {
    RecordReference(
      id: id, kind: kind, caseID: caseID, creator: creator, about: about, informationType: informationType,
      receivedAt: receivedAt)
  }

  /// What the draft asks policy for.
  public var action: Action { isNew ? .create(operations) : .write(operations) }
}
