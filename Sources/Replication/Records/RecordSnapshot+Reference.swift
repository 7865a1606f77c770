public import CRDT
public import CaseModel
public import WireProtocol

extension RecordSnapshot {
  /// What policy needs to know of the record; `nil` as long as no accepted change created it.
  ///
  /// - Parameter person: the person behind an account, if known.
  public func reference(person: (_ account: Identifier) -> Identifier?) -> RecordReference? {
    facts.map { facts in
      RecordReference(
        id: record, kind: RecordKind(rawValue: facts.kind), caseID: facts.caseID,
        creator: creator.flatMap(person), about: facts.about,
        informationType: InformationType(rawValue: facts.informationType),
        receivedAt: receivedAt == 0 ? nil : receivedAt)
    }
  }
}

extension RecordFacts {
  /// What policy needs to know of a record that is being created now.
  ///
  /// - Parameter creator: the person who creates it.
  public func reference(creating record: Identifier, by creator: Identifier) -> RecordReference {
    RecordReference(
      id: record, kind: RecordKind(rawValue: kind), caseID: caseID, creator: creator, about: about,
      informationType: InformationType(rawValue: informationType), receivedAt: nil)
  }
}
